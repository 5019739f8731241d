package org.thurstone.model.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.GgufFile;

/** The weights of a GGUF file by the names of Hugging Face, and as a directory there has them. */
final class GgufWeights implements WeightFile {

    /** Constants that follow from the metadata. */
    private static final Set<String> CONSTANTS = Set.of("rope_freqs.weight");

    private final GgufFile file;
    private final GgufLayout layout;
    private final SequencedMap<String, String> names = new LinkedHashMap<>();

    private GgufWeights(GgufFile file) {
        this.file = file;
        this.layout = GgufLayout.of(file.metadata());
        for (String tensor : file.names()) {
            if (!CONSTANTS.contains(tensor)) {
                // A tensor of an unknown name is refused as one that is not expected, by that name.
                names.put(layout.name(tensor).orElse(tensor), tensor);
            }
        }
    }

    /** @throws TensorFileError if the file is damaged or its architecture is one that cannot be read */
    @SuppressWarnings("MustBeClosedChecker") // closed with the weights, or here on failure
    static GgufWeights open(Path path) {
        GgufFile file = GgufFile.open(path);
        try {
            return new GgufWeights(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Set<String> names() {
        return names.sequencedKeySet();
    }

    @Override
    public long[] shape(String name) {
        return layout.shape(name, file.shape(there(name)));
    }

    @Override
    public String storage(String name) {
        return file.type(there(name)).name();
    }

    @Override
    public DType type(String name) {
        return file.type(there(name)).exact();
    }

    private String there(String name) {
        String tensor = names.get(name);
        if (tensor == null) {
            throw new TensorFileError(
                    file.file(),
                    "has no tensor for " + name + "; it has "
                            + List.copyOf(file.names())
                                    .subList(0, Math.min(5, file.names().size())) + " …");
        }
        return tensor;
    }

    @Override
    public Tensor tensor(String name) {
        try {
            return layout.read(name, file.tensor(there(name)));
        } catch (IllegalArgumentException e) {
            throw new TensorFileError(file.file(), String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
