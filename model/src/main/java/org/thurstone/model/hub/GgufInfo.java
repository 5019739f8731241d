package org.thurstone.model.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufPaths;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.GgufFile;
import org.thurstone.tensor.gguf.Metadata;

/**
 * Describes a GGUF file by its metadata and list of tensors alone, so that also one that cannot be used is described.
 *
 * @param architecture as the file names it; empty where it does not
 * @param name of the model
 * @param parameters numbers in all tensors
 * @param tensors how many there are of each storage type
 * @param files of the model: 1, or parts
 * @param tokenizer kind and pre-tokenizer, such as {@code gpt2, smollm}
 * @param chatTemplates names of those that there are
 */
public record GgufInfo(
        String architecture,
        String name,
        long parameters,
        SortedMap<String, Integer> tensors,
        int files,
        long bytes,
        String tokenizer,
        long tokens,
        List<String> chatTemplates,
        String licence) {

    private static final String TEMPLATE = "tokenizer.chat_template";

    /**
     * Reads a file.
     *
     * @throws UserError if it is damaged, or the path is no GGUF file
     */
    public static GgufInfo of(Path model) {
        Path path = GgufPaths.of(model).orElseThrow(() -> new UserError(model + " is no GGUF file"));
        try (GgufFile file = GgufFile.open(path)) {
            Metadata metadata = file.metadata();
            SortedMap<String, Integer> tensors = new TreeMap<>();
            long parameters = 0;
            for (String tensor : file.names()) {
                tensors.merge(file.type(tensor).name(), 1, Integer::sum);
                long count = 1;
                for (long size : file.shape(tensor)) {
                    count *= size;
                }
                parameters += count;
            }
            List<String> templates = new ArrayList<>();
            if (metadata.has(TEMPLATE)) {
                templates.add("default");
            }
            metadata.keys().stream()
                    .filter(key -> key.startsWith(TEMPLATE + "."))
                    .map(key -> key.substring(TEMPLATE.length() + 1))
                    .forEach(templates::add);
            String kind = metadata.shown("tokenizer.ggml.model");
            String pre = metadata.shown("tokenizer.ggml.pre");
            return new GgufInfo(
                    metadata.shown("general.architecture"),
                    metadata.shown("general.name"),
                    parameters,
                    tensors,
                    file.files().size(),
                    file.files().stream()
                            .mapToLong(part -> part.toFile().length())
                            .sum(),
                    pre.isEmpty() ? kind : kind + ", " + pre,
                    metadata.length("tokenizer.ggml.tokens"),
                    templates,
                    metadata.shown("general.license"));
        } catch (TensorFileError e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
