package org.thurstone.data.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.thurstone.data.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one JSON object per line; blank lines are skipped, and an invalid line affects no other row. */
final class JsonLines implements RowSource {

    private final Path path;
    private final InputStream in;
    private final LineReader lines;
    private long line;

    JsonLines(Path path, InputStream in) {
        this.path = path;
        this.in = in;
        this.lines = new LineReader(in);
    }

    @Override
    public Optional<RawRow> next() {
        try {
            while (lines.advance()) {
                line++;
                if (!lines.blank()) {
                    return Optional.of(parsed());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UserError(path + " ends badly after line " + line + ": " + e.getMessage(), e);
        }
    }

    private RawRow parsed() {
        if (lines.tooLong()) {
            return new RawRow.Broken(line, "the line is longer than " + (LineReader.LONGEST >> 20) + " MiB");
        }
        try {
            JsonNode node = Json.TREE.readTree(lines.bytes(), 0, lines.length());
            return node instanceof ObjectNode fields
                    ? new RawRow.Fields(line, fields)
                    : new RawRow.Broken(line, "the row is " + Json.kind(node) + ", not a JSON object {…}");
        } catch (JacksonException e) {
            return new RawRow.Broken(
                    line,
                    carriageReturnsAlone()
                            ? "the lines of the file end with a carriage return (CR) alone; save it with LF or CRLF"
                            : "not JSON" + Json.column(e) + ": " + Json.reason(e));
        }
    }

    /** Whether rows stand in one line with only a CR between them. */
    private boolean carriageReturnsAlone() {
        boolean closed = false;
        for (int i = 0; i < lines.length(); i++) {
            byte b = lines.bytes()[i];
            if (closed && b == '\r') {
                return true;
            }
            closed = b == '}' || (closed && (b == ' ' || b == '\t'));
        }
        return false;
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
