package org.thurstone.loop.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.thurstone.data.Disk;

/**
 * Writes the rows of a metrics log as TensorBoard event files. TensorBoard draws the runs of a folder over each other, one chart per tag; so the
 * part of a stage's name before its last slash is the run and the rest leads the tag: {@code iteration-1/train} and {@code iteration-2/train} are
 * two curves in the one chart {@code train/loss}.
 */
final class EventFiles implements AutoCloseable {

    private final Path directory;
    private final Instant opened;
    private final Map<Path, EventFile> open = new HashMap<>();

    /** Starts afresh: event files that are there go, and the rows are written again. */
    EventFiles(Path directory, Instant opened, List<MetricsRow> rows) throws IOException {
        this.directory = directory;
        this.opened = opened;
        Disk.createDirectories(directory);
        List<Path> old;
        try (Stream<Path> files = Files.walk(directory)) {
            old = files.filter(EventFile::isEventFile).toList();
        }
        for (Path file : old) Disk.delete(file);
        for (MetricsRow row : rows) write(row);
    }

    void write(MetricsRow row) throws IOException {
        int slash = row.stage().lastIndexOf('/');
        Path run = slash < 0 ? directory : directory.resolve(folder(row.stage().substring(0, slash)));
        EventFile file = open.get(run);
        if (file == null) {
            Disk.createDirectories(run);
            String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.thurstone", opened.getEpochSecond());
            file = new EventFile(run.resolve(name), opened);
            open.put(run, file);
        }
        String lead = row.stage().substring(slash + 1) + "/";
        Map<String, Double> tagged = new TreeMap<>();
        row.values().forEach((name, value) -> tagged.put(lead + name, value));
        file.scalars(row.time(), row.step(), tagged);
    }

    /** A stage's name is not a path: nothing in it may lead out of the folder. */
    private static String folder(String name) {
        String safe = name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return safe.startsWith(".") ? "_" + safe : safe;
    }

    @Override
    public void close() {
        open.values().forEach(EventFile::close);
        open.clear();
    }
}
