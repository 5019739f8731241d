package org.thurstone.model.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.tensor.gguf.StorageType;

/**
 * What was written.
 *
 * @param tensors how many of each storage type
 * @param modelfile for Ollama; empty for an adapter
 * @param notes what the file does not say as the model did, one sentence each
 */
public record Exported(
        Path file, Map<StorageType, Integer> tensors, long bytes, Optional<Path> modelfile, List<String> notes) {

    public Exported {
        tensors = Map.copyOf(tensors);
        notes = List.copyOf(notes);
    }
}
