package org.thurstone.data.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Comma- or tab-separated values under a header row. Cells are texts; one that holds a JSON list of objects (the turns of a
 * conversation), or a list or object under a key that is one everywhere ({@code completions}, {@code metadata} …), becomes that.
 */
final class CsvRows implements RowSource {

    private static final Set<String> NESTED = Set.of(
            "completions",
            "messages",
            "conversations",
            "history",
            "turns",
            "tools",
            "prompts",
            "ranking",
            "places",
            "values",
            "scores",
            "metadata",
            "answers");

    /** Turns as Python prints a list of dictionaries: {@code [{'role': …}]}. */
    private static final Pattern PYTHON = Pattern.compile("\\s*\\[?\\s*\\{\\s*'(role|from|content|value)'\\s*:");

    /** One turn, as in LLaMA-Factory's preferences. */
    private static final Pattern TURN = Pattern.compile("\\{\\s*\"(role|from|content|value)\"\\s*:.*}", Pattern.DOTALL);

    private static final CsvMapper CSV = new CsvMapper();

    private final Path path;
    private final InputStream in;
    private final JsonParser parser;
    private final List<String> header;
    private final long stripped;

    CsvRows(Path path, InputStream in, char separator) {
        this.path = path;
        this.in = in;
        InputStreamReader characters = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        this.parser = CSV.reader(CsvSchema.emptySchema().withColumnSeparator(separator))
                .createParser(characters);
        List<String> names = cells();
        while (names != null && names.size() == 1 && names.getFirst().isBlank()) {
            names = cells();
        }
        List<String> given = names == null ? List.of() : names;
        this.header = given.stream().map(String::strip).toList();
        this.stripped =
                given.stream().filter(name -> !name.equals(name.strip())).count();
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (!seen.add(name)) {
                throw new UserError(path + ":1: the header names the column '" + name + "' twice");
            }
        }
    }

    @Override
    public Optional<RawRow> next() {
        while (true) {
            long line = line();
            List<String> cells = cells();
            if (cells == null) {
                return Optional.empty();
            }
            if (cells.size() == 1 && cells.getFirst().isBlank() && header.size() > 1) {
                continue;
            }
            if (cells.size() != header.size()) {
                // A line above the header, such as a title, is best known by what it says.
                String title = header.size() == 1 ? " (\"" + header.getFirst() + "\")" : "";
                return Optional.of(new RawRow.Broken(
                        line, "the row has " + cells.size() + " cells, the header " + header.size() + title));
            }
            Optional<String> printed = IntStream.range(0, header.size())
                    .filter(i -> PYTHON.matcher(cells.get(i)).lookingAt())
                    .mapToObj(header::get)
                    .findFirst();
            if (printed.isPresent()) {
                return Optional.of(new RawRow.Broken(
                        line,
                        "'" + printed.get() + "' is a list as Python prints it, and not JSON: write the file with"
                                + " to_json(…, orient=\"records\", lines=True), or the lists with json.dumps"));
            }
            ObjectNode row = Json.MAPPER.createObjectNode();
            for (int i = 0; i < cells.size(); i++) {
                row.set(header.get(i), value(header.get(i), cells.get(i)));
            }
            return Optional.of(new RawRow.Fields(line, row));
        }
    }

    @Override
    public List<String> remarks() {
        return stripped == 0
                ? List.of()
                : List.of("white space around " + stripped + (stripped == 1 ? " column name" : " column names")
                        + " in the header was left out");
    }

    /** The cells of the next row; null at the end. */
    private @Nullable List<String> cells() {
        try {
            if (parser.nextToken() == null) {
                return null;
            }
            List<String> cells = new ArrayList<>();
            for (JsonToken token = parser.nextToken();
                    token != JsonToken.END_ARRAY && token != null;
                    token = parser.nextToken()) {
                cells.add(parser.getString());
            }
            return cells;
        } catch (JacksonException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new UserError(path + ":" + firstForeignLine() + ": not UTF-8; save the file as UTF-8", e);
            }
            throw new UserError(
                    path + ":" + line() + ": not CSV: " + Json.reason(e) + "; the rows after it cannot be found", e);
        }
    }

    /** The parser reads ahead in blocks, so that it cannot say; the file is looked through once more. */
    private long firstForeignLine() {
        try (InputStream raw = Containers.unpacked(path)) {
            LineReader lines = new LineReader(raw);
            long line = 0;
            while (lines.advance()) {
                line++;
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(lines.bytes(), 0, lines.length()));
                } catch (CharacterCodingException e) {
                    return line;
                }
            }
            return line;
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    private long line() {
        return parser.currentLocation().getLineNr();
    }

    private static JsonNode value(String name, String cell) {
        String trimmed = cell.strip();
        boolean turns = (trimmed.startsWith("[{") && trimmed.endsWith("}]"))
                || TURN.matcher(trimmed).matches();
        boolean nested = NESTED.contains(name) && (trimmed.startsWith("[") || trimmed.startsWith("{"));
        if (turns || nested) {
            try {
                return Json.MAPPER.readTree(trimmed);
            } catch (JacksonException e) {
                // It only looks like JSON: a text, then.
                return Json.MAPPER.getNodeFactory().stringNode(cell);
            }
        }
        return Json.MAPPER.getNodeFactory().stringNode(cell);
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
