package org.thurstone.model.hub;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufPaths;
import org.thurstone.model.files.WeightFile;
import org.thurstone.tensor.Tensor;

/** The weights of a model: model.safetensors, the shards that model.safetensors.index.json lists, or a GGUF file. */
public final class WeightFiles implements AutoCloseable {

    /** Constants that older checkpoints carry along: causal masks and rotary frequencies. */
    private static final Pattern CONSTANT = Pattern.compile(
            "(.*\\.)?(attn\\.bias|attn\\.masked_bias|attention\\.bias|attention\\.masked_bias|rotary_emb\\.inv_freq)");

    private static final int LISTED = 8;

    private final Path directory;
    private final List<WeightFile> open = new ArrayList<>();
    private final Map<String, WeightFile> files = new LinkedHashMap<>();

    private WeightFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Maps the files of a model.
     *
     * @throws UserError if there are none
     * @throws org.thurstone.tensor.TensorFileError if one cannot be read
     */
    public static WeightFiles open(Path directory) {
        WeightFiles weights = new WeightFiles(directory);
        try {
            for (Path file : files(directory)) {
                WeightFile tensors = WeightFile.open(file);
                weights.open.add(tensors);
                tensors.names().forEach(n -> weights.files.put(n, tensors));
            }
            return weights;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** The files of a directory's weights, whole or shards. */
    static List<Path> files(Path directory) {
        Optional<Path> gguf = GgufPaths.of(directory);
        if (gguf.isPresent()) {
            return List.of(gguf.get());
        }
        Path single = directory.resolve("model.safetensors");
        if (Files.exists(single)) {
            return List.of(single);
        }
        Path index = directory.resolve("model.safetensors.index.json");
        if (!Files.exists(index)) {
            boolean pickled = Files.exists(directory.resolve("pytorch_model.bin"));
            throw new UserError("there is neither model.safetensors nor model.safetensors.index.json in " + directory
                    + (pickled
                            ? ": pytorch_model.bin can run code when it is read, so it is not; save the model as"
                                    + " safetensors first"
                            : ""));
        }
        ConfigJson map = ConfigJson.read(index)
                .object("weight_map")
                .orElseThrow(() -> new UserError(index + " has no \"weight_map\""));
        return map.keys().stream()
                .map(map::text)
                .distinct()
                .sorted()
                .map(name -> shard(index, directory, name))
                .toList();
    }

    /** A shard lies in the model's directory or below it: a model that was given away cannot name a file of the user who loads it. */
    private static Path shard(Path index, Path directory, String name) {
        try {
            Path shard = Path.of(name);
            boolean inside = !name.isEmpty()
                    && !shard.isAbsolute()
                    && shard.getRoot() == null
                    && !name.contains("\\")
                    && StreamSupport.stream(shard.spliterator(), false)
                            .noneMatch(part -> part.toString().equals(".."));
            if (inside) {
                return directory.resolve(shard);
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new UserError(index + " names the file \"" + name
                + "\": a shard is named relative to the model's directory and lies inside of it");
    }

    /**
     * Finds each expected tensor, with or without the family's prefix, and refuses what does not fit, all in one message.
     *
     * @param prefix of the base model, which checkpoints saved without a head lack
     * @param tied a head that the embedding stands for, if any: it may be in the file or not
     * @return the file's name of each expected tensor
     */
    public Map<String, String> match(SequencedMap<String, long[]> expected, String prefix, Set<String> tied) {
        Map<String, String> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> misshaped = new ArrayList<>();
        expected.forEach((name, shape) -> {
            String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
            String there = files.containsKey(name) ? name : bare;
            WeightFile file = files.get(there);
            if (file == null) {
                missing.add(name + " " + Arrays.toString(shape));
            } else if (!Arrays.equals(file.shape(there), shape)) {
                misshaped.add(there + " is " + Arrays.toString(file.shape(there)) + " in the file, "
                        + Arrays.toString(shape) + " by config.json");
            } else {
                found.put(name, there);
            }
        });
        Set<String> used = new HashSet<>(found.values());
        List<String> unexpected = files.keySet().stream()
                .filter(n -> !used.contains(n) && !expected.containsKey(n) && !expected.containsKey(prefix + n))
                .filter(n -> !tied.contains(n) && !CONSTANT.matcher(n).matches())
                .toList();
        List<String> faults = new ArrayList<>();
        fault(faults, "missing", missing);
        fault(faults, "of another shape", misshaped);
        fault(faults, "not expected", unexpected);
        if (!faults.isEmpty()) {
            throw new UserError(
                    "the weights in " + directory + " do not fit its config.json: " + String.join("; ", faults));
        }
        return found;
    }

    private static void fault(List<String> faults, String kind, List<String> names) {
        if (!names.isEmpty()) {
            String more = names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
            faults.add(names.size() + " " + kind + ": "
                    + String.join(", ", names.subList(0, Math.min(LISTED, names.size()))) + more);
        }
    }

    /** How a tensor is stored, by the file's name for it, such as {@code BF16} or {@code Q4_1}. */
    public String storage(String name) {
        return file(name).storage(name);
    }

    private WeightFile file(String name) {
        WeightFile file = files.get(name);
        if (file == null) {
            throw new UserError("there is no tensor \"" + name + "\" in " + directory);
        }
        return file;
    }

    /** A tensor by the file's name for it, in the current scope. */
    public Tensor read(String name) {
        return file(name).tensor(name);
    }

    /**
     * A tensor as it was given; damaged weights would otherwise come to light as a loss of NaN, far from their cause.
     *
     * @throws UserError if an element is NaN or infinite
     */
    public static Tensor finite(Path file, String name, Tensor tensor) {
        if (!tensor.finite()) {
            throw new UserError("the weights in " + file + " are damaged: tensor \"" + name
                    + "\" has NaN or infinity, in the file or as " + tensor.type()
                    + "; restore the file, or choose another --dtype");
        }
        return tensor;
    }

    @Override
    public void close() {
        open.forEach(WeightFile::close);
    }
}
