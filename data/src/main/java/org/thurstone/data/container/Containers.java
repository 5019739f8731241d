package org.thurstone.data.container;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;
import tools.jackson.core.JacksonException;

/** Opens a file of rows by what its first bytes say; the name decides only between CSV and JSON, where it ends as one of these. */
public final class Containers {

    private static final int HEAD = 1 << 16;

    /** What may separate the cells of a CSV file: the one that its header has most of. */
    private static final String SEPARATORS = ",;\t|";

    private static final Pattern JSON = Pattern.compile("\\.(json|jsonl|ndjson)$");

    private static final Pattern SPREADSHEET = Pattern.compile("\\.(xlsx|xlsm|ods|numbers)$");

    private Containers() {}

    /**
     * The rows of a file.
     *
     * @throws UserError if it is missing, unreadable, or of a kind that is not known here
     */
    public static RowSource open(Path path) {
        try {
            byte[] head = head(path);
            if (starts(head, "PAR1")) {
                return parquet(path, head);
            }
            refuseOtherCompression(path, head);
            InputStream in = unpacked(path);
            try {
                return text(path, in);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    /**
     * The beginning of a CSV file whose rows need no parser, which is faster where rows are very many; empty for other kinds of files. Where it
     * ends early, {@link #open} has the rest.
     *
     * @throws UserError if it is missing or unreadable
     */
    public static Optional<PlainCsv> plainCsv(Path path) {
        try {
            byte[] start = head(path);
            if (starts(start, "PAR1")
                    || !(name(path).endsWith(".csv") || name(path).endsWith(".tsv"))) {
                return Optional.empty();
            }
            refuseOtherCompression(path, start);
            InputStream in = unpacked(path);
            try {
                byte[] head = peek(in, HEAD);
                if (mark(head)) {
                    in.skipNBytes(3);
                }
                return Optional.of(new PlainCsv(path, in, separator(path, head)));
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
    }

    /** Whether it begins with the mark of UTF-8. */
    private static boolean mark(byte[] head) {
        return head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
    }

    private static char separator(Path path, byte[] head) {
        return name(path).endsWith(".tsv") ? '\t' : separator(head);
    }

    /** Its bytes, those inside where it is gzipped. */
    static InputStream unpacked(Path path) throws IOException {
        byte[] head = head(path);
        boolean gzip = head.length > 1 && head[0] == 0x1f && head[1] == (byte) 0x8b;
        InputStream raw = InputFile.open(path);
        try {
            return new BufferedInputStream(gzip ? new GZIPInputStream(raw, HEAD) : raw, HEAD);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static RowSource text(Path path, InputStream in) throws IOException {
        byte[] head = peek(in, HEAD);
        int at = 0;
        if (mark(head)) {
            at = 3;
            in.skipNBytes(3);
        } else if (wide(head)) {
            throw new UserError(path + " is UTF-16; save it as UTF-8");
        }
        String name = name(path);
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return new CsvRows(path, in, separator(path, head));
        }
        while (at < head.length && Character.isWhitespace(head[at])) {
            at++;
        }
        if (!JSON.matcher(name).find() && tabular(head)) {
            return new CsvRows(path, in, separator(head));
        }
        boolean array = at < head.length && head[at] == '[';
        boolean spread = name.endsWith(".json") && at < head.length && head[at] == '{' && !wholeLine(head, at);
        return array || spread ? new JsonDocument(path, in) : new JsonLines(path, in);
    }

    /** Whether it is UTF-16: by its mark, or because every other byte is 0, as in texts that are mostly ASCII. */
    private static boolean wide(byte[] head) {
        if (head.length >= 2 && (head[0] & head[1]) == (byte) 0xFE && head[0] != head[1]) {
            return true;
        }
        int[] zeros = new int[2];
        for (int at = 0; at < head.length; at++) {
            zeros[at % 2] += head[at] == 0 ? 1 : 0;
        }
        return Math.max(zeros[0], zeros[1]) > head.length / 4;
    }

    /** Whether the first two lines with anything in them are no JSON and have as many separators. */
    private static boolean tabular(byte[] head) {
        List<String> lines = new String(head, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .limit(2)
                .toList();
        if (lines.size() < 2 || "{[".indexOf(lines.getFirst().strip().charAt(0)) >= 0) {
            return false;
        }
        char separator = separator(head);
        long cells = count(lines.getFirst(), separator);
        return cells > 0 && cells == count(lines.getLast(), separator);
    }

    /** How often a separator occurs outside quotes. */
    private static long count(String line, char separator) {
        long count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            quoted ^= line.charAt(i) == '"';
            count += !quoted && line.charAt(i) == separator ? 1 : 0;
        }
        return count;
    }

    /** Spreadsheets write semicolons where the comma is the decimal sign, and some files hold tabs whatever they are called; the header tells. */
    private static char separator(byte[] head) {
        String header = new String(head, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
        int most = 0;
        for (int which = 1; which < SEPARATORS.length(); which++) {
            most = count(header, SEPARATORS.charAt(which)) > count(header, SEPARATORS.charAt(most)) ? which : most;
        }
        return SEPARATORS.charAt(most);
    }

    /** Whether the first line is a complete JSON value, or too long to tell: then the lines are rows, whatever the name says. */
    private static boolean wholeLine(byte[] head, int at) {
        int end = at;
        while (end < head.length && head[end] != '\n') {
            end++;
        }
        if (end == HEAD) {
            return true;
        }
        try {
            Json.TREE.readTree(head, at, end - at);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static RowSource parquet(Path path, byte[] head) {
        return ServiceLoader.load(BinaryContainer.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(container -> container.recognises(head))
                .findFirst()
                .orElseThrow(() -> new UserError(path
                        + " is a Parquet file, and the reader for those is an extra: add the dependency"
                        + " org.thurstone:thurstone-parquet, or convert the file to .jsonl"))
                .open(path);
    }

    private static void refuseOtherCompression(Path path, byte[] head) {
        String kind = head.length >= 4 && head[0] == 0x28 && head[1] == (byte) 0xB5 && head[2] == 0x2F
                ? "zstd"
                : starts(head, "BZh")
                        ? "bzip2"
                        : starts(head, "\u00FD7zXZ") ? "xz" : starts(head, "PK\u0003") ? "zip" : "";
        if (kind.equals("zip") && SPREADSHEET.matcher(name(path)).find()) {
            throw new UserError(path + " is a spreadsheet; save the sheet as CSV");
        }
        if (!kind.isEmpty()) {
            throw new UserError(path + " is compressed with " + kind + "; unpack it first (gzip is read as it is)");
        }
    }

    private static boolean starts(byte[] head, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= bytes.length && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = InputFile.open(path)) {
            return in.readNBytes(16);
        }
    }

    private static byte[] peek(InputStream in, int count) throws IOException {
        in.mark(count);
        byte[] head = in.readNBytes(count);
        in.reset();
        return head;
    }
}
