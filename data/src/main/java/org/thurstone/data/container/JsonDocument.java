package org.thurstone.data.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.data.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.TokenBuffer;

/**
 * A JSON array of objects, or objects one after another over any number of lines, read token by token. Broken syntax ends the file:
 * the start of the next row is unknown.
 */
final class JsonDocument implements RowSource {

    private static final int MOST_TOKENS = 5_000_000;

    private final Path path;
    private final InputStream in;
    private final JsonParser parser;
    private boolean begun;
    private boolean array;

    JsonDocument(Path path, InputStream in) {
        this.path = path;
        this.in = in;
        this.parser = Json.MAPPER.createParser(in);
    }

    @Override
    public Optional<RawRow> next() {
        try {
            JsonToken token = parser.nextToken();
            if (!begun && token == JsonToken.START_ARRAY) {
                array = true;
                token = parser.nextToken();
            }
            begun = true;
            if (token == null || (array && token == JsonToken.END_ARRAY)) {
                return atEnd(token);
            }
            long line = parser.currentTokenLocation().getLineNr();
            try (TokenBuffer row = TokenBuffer.forBuffering(parser, parser.objectReadContext())) {
                copy(row);
                return Optional.of(parsed(line, row));
            }
        } catch (JacksonIOException e) {
            throw new UserError(where() + ": the file ends badly: " + Json.reason(e), e);
        } catch (JacksonException e) {
            String at = e.getLocation() == null
                    ? where()
                    : path + ":" + e.getLocation().getLineNr();
            throw new UserError(
                    at + ": not JSON" + Json.column(e) + ": " + Json.reason(e) + "; the rows after it cannot be found",
                    e);
        }
    }

    /** Takes one row over, as far as it can be held. */
    private void copy(TokenBuffer row) {
        int depth = 0;
        int tokens = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw new UserError(where() + ": the last row is never closed; is the file complete?");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            row.copyCurrentEvent(parser);
            tokens++;
            if (tokens > MOST_TOKENS) {
                throw new UserError(where()
                        + String.format(
                                Locale.ROOT,
                                ": a row has more than %,d values; is this a list of rows, or one JSON object a line?",
                                MOST_TOKENS));
            }
            if (depth > 0) {
                parser.nextToken();
            }
        } while (depth > 0);
    }

    private Optional<RawRow> atEnd(JsonToken token) {
        if (array && token == null) {
            throw new UserError(where() + ": the list of rows is never closed with ]; is the file complete?");
        }
        if (array && parser.nextToken() != null) {
            throw new UserError(where() + ": there is text after the closing ] of the list of rows");
        }
        array = false;
        return Optional.empty();
    }

    private static RawRow parsed(long line, TokenBuffer row) {
        try (JsonParser replay = row.asParser()) {
            JsonNode node = Json.TREE.readTree(replay);
            return node instanceof ObjectNode fields
                    ? new RawRow.Fields(line, fields)
                    : new RawRow.Broken(line, "the row is " + Json.kind(node) + ", not a JSON object {…}");
        } catch (JacksonException e) {
            return new RawRow.Broken(line, "not a row: " + Json.reason(e));
        }
    }

    private String where() {
        return path + ":" + parser.currentLocation().getLineNr();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }
}
