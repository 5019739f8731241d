package org.thurstone.model.files;

import java.util.Optional;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.gguf.Metadata;

/**
 * How the weights of a Hugging Face directory lie in a GGUF file, and back. Names differ; rows of Llama's queries and keys go in another order, because
 * llama.cpp rotates neighbours and Hugging Face halves; Gemma's norms are stored plus one; GPT-2's projections are turned over; GPT-NeoX's joint matrix has
 * all queries first and not head by head.
 *
 * @param heads of queries
 * @param keyHeads of keys and values
 */
public record GgufLayout(GgufArchitecture architecture, long heads, long keyHeads) {

    /**
     * The layout of a file that is read.
     *
     * @throws org.thurstone.tensor.TensorFileError if its architecture is not known, by its name
     */
    public static GgufLayout of(Metadata metadata) {
        GgufArchitecture architecture = GgufArchitecture.of(metadata);
        ArchitectureKeys keys = ArchitectureKeys.of(metadata);
        return new GgufLayout(architecture, keys.heads(), keys.keyHeads());
    }

    /** The name in a directory of a tensor of the file; empty for one that no directory has. */
    public Optional<String> name(String tensor) {
        return architecture.name(tensor);
    }

    /** The name in the file of a tensor of a directory; empty for one that no file has. */
    public Optional<String> tensor(String name) {
        return architecture.tensor(name);
    }

    /** The shape of one as it is on the other side. */
    public long[] shape(String name, long[] shape) {
        return turned(name, shape) ? new long[] {shape[1], shape[0]} : shape;
    }

    /**
     * A tensor of the file as a directory has it.
     *
     * @param name in a directory
     * @throws IllegalArgumentException if the heads do not share the rows of a query or key
     */
    public Tensor read(String name, Tensor stored) {
        if (turned(name, stored.shape())) {
            return stored.transpose(0, 1).contiguous();
        }
        return switch (architecture) {
            case LLAMA -> reordered(name, stored, 2);
            case GEMMA2, GEMMA3 -> name.endsWith("norm.weight") ? stored.sub(1) : stored;
            case GPTNEOX -> joint(name) ? heads(stored, 3, heads) : stored;
            default -> stored;
        };
    }

    /**
     * A tensor of a directory as the file has it.
     *
     * @param name in the directory
     * @throws IllegalArgumentException if the heads do not share the rows of a query or key
     */
    public Tensor stored(String name, Tensor value) {
        if (turned(name, value.shape())) {
            return value.transpose(0, 1).contiguous();
        }
        return switch (architecture) {
            case LLAMA -> reordered(name, value, 0);
            case GEMMA2, GEMMA3 -> name.endsWith("norm.weight") ? value.add(1) : value;
            case GPTNEOX -> joint(name) ? heads(value, heads, 3) : value;
            default -> value;
        };
    }

    private boolean turned(String name, long[] shape) {
        return architecture == GgufArchitecture.GPT2
                && shape.length == 2
                && name.contains(".c_")
                && name.endsWith(".weight");
    }

    private static boolean joint(String name) {
        return name.contains(".query_key_value.");
    }

    /** Interleaves the two halves of each head's rows for the file (0, h/2, 1, h/2 + 1, …), or puts the first half first for a directory. */
    private Tensor reordered(String name, Tensor tensor, long inner) {
        boolean query = name.contains(".q_proj.");
        if (!query && !name.contains(".k_proj.")) {
            return tensor;
        }
        long count = query ? heads : keyHeads;
        long rows = tensor.size(0);
        if (rows % (2 * count) != 0) {
            throw new IllegalArgumentException(name + " has " + rows + " rows, which " + count + " heads do not share");
        }
        long half = rows / count / 2;
        long columns = tensor.dim() > 1 ? tensor.size(1) : 1;
        return (inner == 2 ? tensor.reshape(count, half, 2, columns) : tensor.reshape(count, 2, half, columns))
                .transpose(1, 2)
                .contiguous()
                .reshape(tensor.shape());
    }

    /** Rows that go by two counts, the other way round. */
    private static Tensor heads(Tensor tensor, long outer, long inner) {
        long columns = tensor.dim() > 1 ? tensor.size(1) : 1;
        return tensor.reshape(outer, inner, tensor.size(0) / outer / inner, columns)
                .transpose(0, 1)
                .contiguous()
                .reshape(tensor.shape());
    }
}
