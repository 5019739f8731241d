package org.thurstone.model.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufPaths;
import org.thurstone.model.files.WeightFile;
import tools.jackson.databind.json.JsonMapper;

/**
 * The weights that an adapter was trained on, in a file next to it. An adapter that was trained on the rounded weights of one file makes another model of the
 * unrounded ones, and nothing in PEFT's files tells.
 */
final class AdapterBase {

    private static final String FILE = "base_model.json";
    private static final String DIGEST = "sha256";
    private static final String TYPES = "storage";

    /** Digests by path, size and time of change, as an adapter is saved many times in a run. */
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private AdapterBase() {}

    /** Notes a base; one that is not there any more, or has no weights, is left out. */
    static void record(Path adapter, Path base) {
        if (!ModelFiles.isModel(base) || Adapters.only(base)) {
            return;
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put(DIGEST, digest(base));
        said.put(TYPES, types(base));
        AtomicFile.write(adapter.resolve(FILE), JsonMapper.shared().writeValueAsString(said) + "\n");
    }

    /**
     * Refuses a base with other weights than those that were noted.
     *
     * @throws UserError if there is a note, and it says otherwise
     */
    static void requireSame(Path adapter, Path base) {
        Path file = adapter.resolve(FILE);
        if (!Files.exists(file)) {
            return;
        }
        ConfigJson noted = ConfigJson.read(file);
        String found = digest(base);
        if (!noted.text(DIGEST).equals(found)) {
            throw new UserError("the adapter " + adapter + " was trained on other weights than those of " + base
                    + ": SHA-256 " + start(noted.text(DIGEST)) + " (" + String.join(", ", noted.texts(TYPES))
                    + "), not " + start(found) + " (" + String.join(", ", types(base))
                    + "); to use it on these all the same, delete " + file);
        }
    }

    private static String start(String digest) {
        return digest.substring(0, Math.min(12, digest.length())) + "…";
    }

    private static List<Path> files(Path base) {
        return WeightFiles.files(base).stream()
                .flatMap(file -> GgufPaths.parts(file).stream())
                .toList();
    }

    private static String digest(Path base) {
        return Fingerprint.ofText(files(base).stream().map(AdapterBase::ofFile).collect(Collectors.joining(" ")))
                .sha256();
    }

    private static String ofFile(Path file) {
        java.io.File there = file.toFile();
        String key = file.toAbsolutePath() + " " + there.length() + " " + there.lastModified();
        return KNOWN.computeIfAbsent(key, k -> Fingerprint.of(file).sha256());
    }

    private static List<String> types(Path base) {
        TreeSet<String> types = new TreeSet<>();
        for (Path file : WeightFiles.files(base)) {
            try (WeightFile weights = WeightFile.open(file)) {
                weights.names().forEach(name -> types.add(weights.storage(name)));
            }
        }
        return List.copyOf(types);
    }
}
