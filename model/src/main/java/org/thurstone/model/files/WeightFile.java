package org.thurstone.model.files;

import java.nio.file.Path;
import java.util.Set;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Tensor;

/** A file of weights, by the names of Hugging Face. It is mapped until closed, and a tensor is copied when it is asked for. */
public interface WeightFile extends AutoCloseable {

    /**
     * Maps a file of safetensors, or of GGUF.
     *
     * @throws org.thurstone.tensor.TensorFileError if it cannot be read
     */
    static WeightFile open(Path file) {
        return GgufPaths.named(file) ? GgufWeights.open(file) : new Tensors(SafeTensors.open(file));
    }

    /** In the order of the file. */
    Set<String> names();

    /** Rows first. */
    long[] shape(String name);

    /** How the elements of a tensor are stored, such as {@code BF16} or {@code Q4_1}. */
    String storage(String name);

    /** The element type in which a tensor is read. */
    DType type(String name);

    /** A tensor in main memory, in the current scope. */
    Tensor tensor(String name);

    @Override
    void close();

    /** A file of safetensors, which has the names already. */
    record Tensors(SafeTensors file) implements WeightFile {

        @Override
        public Set<String> names() {
            return file.names();
        }

        @Override
        public long[] shape(String name) {
            return file.shape(name);
        }

        @Override
        public String storage(String name) {
            return type(name).safetensorsName();
        }

        @Override
        public DType type(String name) {
            return file.type(name);
        }

        @Override
        public Tensor tensor(String name) {
            return file.tensor(name);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
