package org.thurstone.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of JSON rows that takes long to compute. Its parts are appended to {@code .NAME.parts} next to it, so that a stopped process continues
 * after its last finished part; the file itself is created when it is complete.
 */
public final class RowsInParts implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NOTE = "# note ";

    private final Path target;
    private final Path aside;
    private final PartFile parts;
    private final String restarted;
    private boolean done;

    private RowsInParts(Path target, Path aside, PartFile parts, String restarted) {
        this.target = target;
        this.aside = aside;
        this.parts = parts;
        this.restarted = restarted;
    }

    /**
     * Begins a file, or resumes what an earlier process has left of it.
     *
     * @param target what it will be called; compressed if the name ends in {@code .gz}
     * @param of all that decides the rows, by name: what is left of other rows is not used
     * @throws UserError if the file cannot be written, if what is left of it is damaged, or if another process is writing it
     */
    public static RowsInParts open(Path target, SequencedMap<String, String> of) {
        AtomicFile.open(target).close(); // fails where nothing can be written, before anything is computed
        Path aside = aside(target);
        PartFile parts = PartFile.open(aside);
        try {
            String now = JSON.writeValueAsString(of);
            String restarted = "";
            if (!parts.of().equals(now)) {
                restarted = parts.finished() == 0 ? "" : differences(parts.of(), of);
                parts.begin(now);
            }
            if (parts.finished() == 0) {
                SideFiles.add(aside); // nothing to resume yet
            }
            return new RowsInParts(target, aside, parts, restarted);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static String differences(String then, SequencedMap<String, String> now) {
        JsonNode before;
        try {
            before = JSON.readTree(then);
        } catch (JacksonException e) {
            before = JSON.createObjectNode();
        }
        ObjectNode old = before instanceof ObjectNode object ? object : JSON.createObjectNode();
        return Stream.concat(now.keySet().stream(), old.propertyNames().stream())
                .distinct()
                .filter(key -> !old.path(key).asString("").equals(now.getOrDefault(key, "")))
                .collect(Collectors.joining(", "));
    }

    /** Whether a process that was stopped has left parts of a file. */
    public static boolean begun(Path target) {
        return Files.exists(aside(target));
    }

    private static Path aside(Path target) {
        return PartFile.beside(target.toAbsolutePath());
    }

    /** What differs from what an earlier process had begun, so that its parts are dropped; empty if nothing is dropped. */
    public String restarted() {
        return restarted;
    }

    /** The number of parts that are finished. */
    public int finished() {
        return parts.finished();
    }

    /** What was noted about a finished part. */
    public String note(int part) {
        return parts.part(part)
                .lines()
                .findFirst()
                .filter(line -> line.startsWith(NOTE))
                .map(line -> line.substring(NOTE.length()))
                .orElse("");
    }

    /**
     * Appends a part, durably.
     *
     * @param note a line about it that is not a row
     * @param rows lines of JSON, each with its end
     */
    public void append(String note, String rows) {
        parts.append(NOTE + note + "\n" + rows);
        SideFiles.finished(aside);
    }

    /** Puts the whole file under its name. */
    public void commit() {
        AtomicFile.write(target, to -> {
            OutputStream out = target.toString().endsWith(".gz") ? new GZIPOutputStream(to, 1 << 16) : to;
            for (int i = 0; i < parts.finished(); i++) {
                String part = parts.part(i);
                out.write(part.substring(part.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8));
            }
            out.close();
        });
        done = true;
    }

    /** What is not complete stays for the next process, if there is any of it. */
    @Override
    public void close() {
        try {
            if (done || parts.finished() == 0) {
                Disk.delete(aside);
                SideFiles.finished(aside);
            }
        } catch (IOException e) {
            throw UserError.writing(aside, e);
        } finally {
            parts.close();
        }
    }
}
