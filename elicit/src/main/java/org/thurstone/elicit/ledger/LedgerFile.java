package org.thurstone.elicit.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.GrowingFile;
import org.thurstone.data.SealedLine;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.BadRow;
import org.thurstone.elicit.RespondentError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of JSON objects, one per line, that only grows. The last key of each line, {@code crc}, is the CRC-32C of the line's bytes before
 * it, in eight hexadecimal digits; the first line says what the file is, and of which run.
 *
 * <p>A line that was being written when the process or the machine stopped has no end, or holds zeros: it is dropped, since no caller has been
 * told that it was kept. Any other line that does not fit its checksum was changed or lost afterwards, and is an error.
 */
final class LedgerFile implements Closeable {

    /** The newest form of the lines that this class reads, and the one that it writes. */
    static final int VERSION = 1;

    /** Takes the lines of a file, without the first. */
    @FunctionalInterface
    interface Reader {
        /** @throws BadRow with what is wrong, if this is not a line of such a file */
        void read(ObjectNode line);
    }

    /**
     * The kind of a file.
     *
     * @param kind its contents: {@code questions}
     * @param remedy what a user can do about a damaged line
     */
    record Kind(String kind, String remedy) {}

    /**
     * A place between two lines.
     *
     * @param lines before it
     */
    record Position(long bytes, long lines) {}

    /** The beginning of a file. */
    static final Position START = new Position(0, 0);

    private final Path path;
    private final GrowingFile growing;
    private final String run;
    private long lines;

    private LedgerFile(Path path, GrowingFile growing, String run) {
        this.path = path;
        this.growing = growing;
        this.run = run;
    }

    /**
     * Opens a file to append to it, after reading what is there. It is made if it is missing.
     *
     * @param run the name of the run; empty to take whichever run the file is of
     * @throws UserError if it is of another run or kind, of a newer version, damaged, or cannot be read or written
     */
    static LedgerFile open(Path path, Kind kind, String run, Reader reader) {
        return open(path, kind, run, START, reader);
    }

    /**
     * Opens a file whose beginning was read before.
     *
     * @param from what was read up to; the file begins anew if it is shorter
     */
    static LedgerFile open(Path path, Kind kind, String run, Position from, Reader reader) {
        try {
            boolean fresh = !Files.exists(path);
            Scan scan = new Scan(path, kind, run, reader);
            if (!fresh && Files.size(path) >= from.bytes) {
                scan.good = from.bytes;
                scan.lines = from.lines;
            }
            if (!fresh) {
                scan.run();
            }
            LedgerFile file = new LedgerFile(path, GrowingFile.open(path), scan.run);
            try {
                file.begin(scan, kind);
                return file;
            } catch (RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    private void begin(Scan scan, Kind kind) {
        growing.cut(scan.good);
        lines = scan.lines;
        if (scan.unended) {
            growing.append("\n");
        }
        if (scan.lines == 0) {
            if (run.isEmpty()) {
                throw new UserError(path + " is empty: its run was stopped before it asked anything; start it again");
            }
            ObjectNode header = Json.MAPPER.createObjectNode();
            header.put("file", kind.kind()).put("version", VERSION).put("run", run);
            append(header);
        }
    }

    /** The name of the run that the file is of. */
    String run() {
        return run;
    }

    /** The end of the file, as this process has written it. */
    Position position() {
        return new Position(growing.length(), lines);
    }

    /** Writes a line; it outlives this process, and once {@linkplain #force forced} the machine. */
    void append(ObjectNode line) {
        growing.append(bytes(line));
        lines++;
        CrashPoint.APPEND.reached();
    }

    /** A line with its checksum and its end. */
    static byte[] bytes(ObjectNode line) {
        return SealedLine.seal(Json.line(line).stripTrailing());
    }

    /** Makes all lines durable. */
    void force() {
        growing.force();
    }

    @Override
    public void close() {
        growing.close();
    }

    /** One reading of a file from its beginning. */
    private static final class Scan {
        private final Path path;
        private final Kind kind;
        private final Reader reader;
        private String run;
        private final byte[] chunk = new byte[1 << 16];
        private int at;
        private int end;
        private byte[] line = new byte[1 << 16];
        private int length;
        private long lines;
        /** Where the last whole line ends. */
        private long good;
        /** Whether that line lacks nothing but its end. */
        private boolean unended;

        Scan(Path path, Kind kind, String run, Reader reader) {
            this.path = path;
            this.kind = kind;
            this.run = run;
            this.reader = reader;
        }

        void run() throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                in.skipNBytes(good);
                boolean ended = true;
                while (ended) {
                    ended = advance(in);
                    if (length == 0 && !ended) {
                        return;
                    }
                    if (!whole()) {
                        if (torn(ended, in)) {
                            return;
                        }
                        throw refused("the line is damaged: it does not fit its checksum");
                    }
                    take();
                    lines++;
                    good += length + (ended ? 1 : 0);
                    unended = !ended;
                }
            }
        }

        /** Reads to the next line feed. @return whether there was one */
        private boolean advance(InputStream in) throws IOException {
            length = 0;
            while (more(in)) {
                int stop = at;
                while (stop < end && chunk[stop] != '\n') {
                    stop++;
                }
                int count = stop - at;
                if (length + count > line.length) {
                    line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
                }
                System.arraycopy(chunk, at, line, length, count);
                length += count;
                at = stop;
                if (stop < end) {
                    at++;
                    return true;
                }
            }
            return false;
        }

        private boolean more(InputStream in) throws IOException {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(chunk));
            }
            return at < end;
        }

        private boolean torn(boolean ended, InputStream in) throws IOException {
            if (!ended) {
                return true;
            }
            for (int i = 0; i < length; i++) {
                if (line[i] == 0) {
                    return !more(in);
                }
            }
            return false;
        }

        private boolean whole() {
            return SealedLine.isSound(line, length);
        }

        private void take() {
            try {
                JsonNode node = Json.MAPPER.readTree(line, 0, length);
                if (!(node instanceof ObjectNode object)) {
                    throw refused("the line is not a JSON object");
                }
                if (lines == 0) {
                    header(object);
                } else {
                    reader.read(object);
                }
            } catch (JacksonException | BadRow | RespondentError | IllegalArgumentException e) {
                throw refused(String.valueOf(e.getMessage()));
            }
        }

        private void header(ObjectNode header) {
            if (!header.path("file").asString("").equals(kind.kind())) {
                throw new UserError(
                        path + " does not hold " + kind.kind() + ", or its first line is missing. " + kind.remedy());
            }
            int version = header.path("version").asInt(0);
            if (version > VERSION) {
                throw new UserError(path + " was written by a newer version of this program (form " + version
                        + "; this one reads up to " + VERSION + "): use that version");
            }
            String of = header.path("run").asString("");
            if (!run.isEmpty() && !of.equals(run)) {
                throw new UserError(path + " belongs to run " + of + ", not to run " + run + ": its " + kind.kind()
                        + " cannot be used here");
            }
            run = of;
        }

        private UserError refused(String what) {
            return new UserError(path + ":" + (lines + 1) + ": " + what + ". " + kind.remedy());
        }
    }
}
