package org.thurstone.train.online;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.thurstone.data.UserError;
import org.thurstone.train.Snapshot;

/** Stores the snapshots of policies that an online method needs in later steps. */
final class SnapshotStore implements AutoCloseable {

    private static final String SUFFIX = ".safetensors";

    private final TreeMap<String, Snapshot> kept = new TreeMap<>();

    Optional<Snapshot> get(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    void put(String name, Snapshot policy) {
        Snapshot before = kept.put(name, policy);
        if (before != null) {
            before.close();
        }
    }

    void save(Path directory) {
        kept.forEach((name, policy) -> policy.save(directory.resolve(file(name))));
    }

    /** Takes everything in a directory but one file. */
    void load(Path directory, String except) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(SUFFIX) && !name.equals(except)) {
                    put(name.substring(0, name.length() - SUFFIX.length()), Snapshot.load(file));
                }
            }
        } catch (IOException e) {
            throw new UserError(directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String file(String name) {
        return name + SUFFIX;
    }

    @Override
    public void close() {
        kept.values().forEach(Snapshot::close);
        kept.clear();
    }
}
