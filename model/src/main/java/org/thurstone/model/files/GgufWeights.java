package org.thurstone.model.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.GgufFile;

/**
 * The weights of a GGUF file by the names of Hugging Face, and as a directory there has them: rows of queries and keys in the order of its rotation,
 * Gemma's norms less one, GPT-2's projections turned over.
 */
final class GgufWeights implements WeightFile {

    /** Constants that follow from the metadata. */
    private static final Set<String> CONSTANTS = Set.of("rope_freqs.weight");

    private final GgufFile file;
    private final GgufArchitecture architecture;
    private final SequencedMap<String, String> names = new LinkedHashMap<>();

    private GgufWeights(GgufFile file) {
        this.file = file;
        this.architecture = GgufArchitecture.of(file.metadata());
        for (String tensor : file.names()) {
            if (!CONSTANTS.contains(tensor)) {
                // A tensor of an unknown name is refused as one that is not expected, by that name.
                names.put(architecture.name(tensor).orElse(tensor), tensor);
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
        long[] shape = file.shape(there(name));
        return turned(name, shape) ? new long[] {shape[1], shape[0]} : shape;
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
        Tensor stored = file.tensor(there(name));
        if (turned(name, stored.shape())) {
            return stored.transpose(0, 1).contiguous();
        }
        return switch (architecture) {
            case LLAMA -> rotated(name, stored);
            case GEMMA2 -> name.endsWith("norm.weight") ? stored.sub(1) : stored;
            default -> stored;
        };
    }

    private boolean turned(String name, long[] shape) {
        return architecture == GgufArchitecture.GPT2
                && shape.length == 2
                && name.contains(".c_")
                && name.endsWith(".weight");
    }

    /** The file has the two halves of each head's rows interleaved: 0, h/2, 1, h/2 + 1, …; here the first half comes first. */
    private Tensor rotated(String name, Tensor stored) {
        boolean query = name.contains(".q_proj.");
        if (!query && !name.contains(".k_proj.")) {
            return stored;
        }
        ArchitectureKeys keys = ArchitectureKeys.of(file.metadata());
        long heads = query ? keys.heads() : keys.keyHeads();
        long rows = stored.size(0);
        long columns = stored.dim() > 1 ? stored.size(1) : 1;
        if (rows % (2 * heads) != 0) {
            throw new TensorFileError(
                    file.file(),
                    String.format(Locale.ROOT, "%s has %d rows, which %d heads do not share", name, rows, heads));
        }
        return stored.reshape(heads, rows / heads / 2, 2, columns)
                .transpose(1, 2)
                .contiguous()
                .reshape(stored.shape());
    }

    @Override
    public void close() {
        file.close();
    }
}
