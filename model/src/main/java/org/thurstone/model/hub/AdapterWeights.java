package org.thurstone.model.hub;

import java.nio.file.Path;
import java.util.Objects;
import java.util.SequencedMap;
import org.thurstone.data.UserError;
import org.thurstone.model.transformer.Lora;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;

/** A LoRA adapter of PEFT as it lies on disk, for those who need its matrices one by one and not a model that runs. */
public final class AdapterWeights implements AutoCloseable {

    private final Path directory;
    private final Path base;
    private final TransformerConfig config;
    private final Lora lora;
    private final SequencedMap<String, long[]> shapes;
    private final SafeTensors file;

    private AdapterWeights(
            Path directory,
            Path base,
            TransformerConfig config,
            Lora lora,
            SequencedMap<String, long[]> shapes,
            SafeTensors file) {
        this.directory = directory;
        this.base = base;
        this.config = config;
        this.lora = lora;
        this.shapes = shapes;
        this.file = file;
    }

    /** Whether a directory has an adapter and no model. */
    public static boolean isAdapter(Path directory) {
        return Adapters.only(directory);
    }

    /**
     * Maps an adapter.
     *
     * @throws UserError if its base is missing, it does not fit it, or it is of a kind that cannot be read
     */
    public static AdapterWeights open(Path directory) {
        Path base = Adapters.base(directory);
        AdapterBase.requireSame(directory, base);
        TransformerConfig config = Transformers.config(base);
        Lora lora = Adapters.lora(directory);
        SequencedMap<String, long[]> shapes = Adapters.shapes(directory, lora, config);
        SafeTensors file;
        try {
            file = SafeTensors.open(directory.resolve(Adapters.WEIGHTS));
        } catch (TensorFileError e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
        try {
            Adapters.check(directory.resolve(Adapters.WEIGHTS), file, shapes);
            return new AdapterWeights(directory, base, config, lora, shapes, file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The model that it belongs to. */
    public Path base() {
        return base;
    }

    /** The configuration of the base. */
    public TransformerConfig config() {
        return config;
    }

    public Lora lora() {
        return lora;
    }

    /** Whether it changes a weight of the base. */
    public boolean adapts(String weight) {
        return weight.endsWith(".weight") && shapes.containsKey(Lora.up(projection(weight)));
    }

    private static String projection(String weight) {
        return weight.substring(0, weight.length() - ".weight".length());
    }

    /** The matrix that is applied first, (rank, in), in float32 and the current scope. */
    public Tensor down(String weight) {
        return read(Lora.down(projection(weight)));
    }

    /** The matrix that is applied second, (out, rank), in float32 and the current scope. */
    public Tensor up(String weight) {
        return read(Lora.up(projection(weight)));
    }

    /** The shape of {@link #down}. */
    public long[] downShape(String weight) {
        return shape(Lora.down(projection(weight)));
    }

    /** The shape of {@link #up}. */
    public long[] upShape(String weight) {
        return shape(Lora.up(projection(weight)));
    }

    private long[] shape(String name) {
        return Objects.requireNonNull(shapes.get(name)).clone();
    }

    private Tensor read(String name) {
        return WeightFiles.finite(
                directory.resolve(Adapters.WEIGHTS), name, file.tensor(name).to(DType.FLOAT32));
    }

    /** What is added to a weight, in float32, in the shape that the base has it in. */
    public Tensor change(String weight) {
        Tensor change = up(weight).matmul(down(weight)).mul(lora.scale());
        return config.transposed() ? change.transpose(0, 1) : change;
    }

    @Override
    public void close() {
        file.close();
    }
}
