package org.thurstone.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Parts of an output that is still being computed, appended and synced one by one. After each part comes a line with its number and a
 * checksum; what follows the last such line belongs to a part that was not finished, and is cut off.
 */
public final class PartFile implements Closeable {

    private static final String OF = "# of ";
    private static final String END = "# part ";

    private record Part(long begin, long end) {}

    private final Path path;
    private final GrowingFile file;
    private final List<Part> parts = new ArrayList<>();
    private String of = "";

    private PartFile(Path path, GrowingFile file) {
        this.path = path;
        this.file = file;
    }

    /** The file for the parts of a target, next to it: {@code .NAME.parts}. */
    public static Path beside(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".parts");
    }

    /**
     * Opens a file of parts, which is made if it is missing, and keeps others from it until it is closed.
     *
     * @throws UserError if a part is damaged, if the file cannot be read or written, or if another process has it open
     */
    public static PartFile open(Path path) {
        PartFile parts = new PartFile(path, GrowingFile.open(path));
        try {
            if (!parts.file.lock()) {
                throw new UserError(path + " is being written by another process");
            }
            parts.file.cut(parts.scan());
            return parts;
        } catch (IOException e) {
            parts.close();
            throw UserError.reading(path, e);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** Finds the parts. @return where the last one ends */
    private long scan() throws IOException {
        long at = 0;
        long good = 0;
        CRC32C sum = new CRC32C();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(file.contents(), 1 << 16)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                at++;
                if (next != '\n') {
                    continue;
                }
                byte[] bytes = line.toByteArray();
                line.reset();
                String text = bytes[0] == '#' ? new String(bytes, StandardCharsets.UTF_8).strip() : "";
                if (text.startsWith(OF) && at == bytes.length) {
                    of = text.substring(OF.length());
                    good = at;
                } else if (text.startsWith(END)) {
                    if (!text.equals(end(parts.size(), sum))) {
                        throw new UserError("part " + parts.size() + " in " + path
                                + " is damaged: delete the file to compute its parts again");
                    }
                    parts.add(new Part(good, at - bytes.length));
                    good = at;
                    sum.reset();
                } else {
                    sum.update(bytes);
                }
            }
        }
        return good;
    }

    private static String end(int number, CRC32C sum) {
        return END + number + " " + Long.toHexString(sum.getValue());
    }

    /** What the file said that its parts are of, when it was begun; empty if it did not. */
    public String of() {
        return of;
    }

    /** Forgets all parts, and says what those are of that follow. */
    public void begin(String of) {
        parts.clear();
        file.cut(0);
        file.append(OF + of + "\n");
        file.force();
        this.of = of;
    }

    /** The number of finished parts. */
    public int finished() {
        return parts.size();
    }

    /** The text of a finished part. */
    public String part(int number) {
        Part part = parts.get(number);
        return new String(file.read(part.begin, Math.toIntExact(part.end - part.begin)), StandardCharsets.UTF_8);
    }

    /** Appends a part, durably. Lines of it that begin with {@code #} do not begin with {@code # part}. */
    public void append(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        long begin = file.length();
        file.append(part + end(parts.size(), sum) + "\n");
        file.force();
        parts.add(new Part(begin, begin + bytes.length));
        CrashPoint.APPEND.reached();
    }

    @Override
    public void close() {
        file.close();
    }
}
