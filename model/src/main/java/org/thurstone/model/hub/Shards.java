package org.thurstone.model.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.thurstone.data.AtomicFile;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Tensor;
import tools.jackson.databind.json.JsonMapper;

/** Writes weights as one file, or as shards with the index that Hugging Face's libraries read. */
final class Shards {

    private static final Map<String, String> FORMAT = Map.of("format", "pt");

    private Shards() {}

    /**
     * Writes the weights in their order; a tensor that is larger than a shard has a file of its own.
     *
     * @param maxBytes of tensors per file; one file if empty
     */
    static void write(Map<String, Tensor> weights, Path directory, OptionalLong maxBytes) {
        List<SequencedMap<String, Tensor>> shards = split(weights, maxBytes.orElse(Long.MAX_VALUE));
        if (shards.size() == 1) {
            SafeTensors.write(directory.resolve("model.safetensors"), weights, FORMAT);
            return;
        }
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            SafeTensors.write(directory.resolve(name), shards.get(i), FORMAT);
            shards.get(i).keySet().forEach(tensor -> map.put(tensor, name));
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put(
                "metadata",
                Map.of(
                        "total_size",
                        weights.values().stream().mapToLong(Shards::bytes).sum()));
        index.put("weight_map", map);
        AtomicFile.write(
                directory.resolve("model.safetensors.index.json"),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(index) + "\n");
    }

    private static List<SequencedMap<String, Tensor>> split(Map<String, Tensor> weights, long maxBytes) {
        List<SequencedMap<String, Tensor>> shards = new ArrayList<>(List.of(new LinkedHashMap<>()));
        long filled = 0;
        for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
            long bytes = bytes(weight.getValue());
            if (filled > 0 && filled + bytes > maxBytes) {
                shards.add(new LinkedHashMap<>());
                filled = 0;
            }
            shards.getLast().put(weight.getKey(), weight.getValue());
            filled += bytes;
        }
        return shards;
    }

    private static long bytes(Tensor tensor) {
        return tensor.count() * tensor.type().bytes();
    }
}
