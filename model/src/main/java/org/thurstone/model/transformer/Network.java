package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/** The layers, the embedding below and the last norm and head above them. The parameters are owned by the caller. */
final class Network implements AutoCloseable {

    private final TransformerConfig config;
    private final NumberTypes types;
    private final Tensor embedding;
    private final Optional<Tensor> positions;
    private final List<Layer> layers = new ArrayList<>();
    private final Norm finalNorm;
    private final Head head;
    private final RotaryTables turns;

    /** @param adapter what is added to the projection of this name */
    Network(
            TransformerConfig config,
            Parameters parameters,
            Function<String, Optional<DenseProjection.Adapter>> adapter,
            NumberTypes types) {
        this.config = config;
        this.types = types;
        Names names = config.names();
        this.embedding = parameters.get(names.embedding());
        this.positions = names.positions().map(parameters::get);
        for (int i = 0; i < config.layers().size(); i++) {
            layers.add(new Layer(config, i, new Weights(config, i, parameters, adapter, types.products())));
        }
        this.finalNorm = Norm.of(parameters, names.finalNorm(), config);
        this.head = new Head(config.tied() ? embedding : parameters.get(names.head()), types, config.logitCap());
        this.turns = new RotaryTables(config.context(), types.stream(), embedding.device());
    }

    TransformerConfig config() {
        return config;
    }

    List<Layer> layers() {
        return layers;
    }

    Norm finalNorm() {
        return finalNorm;
    }

    Head head() {
        return head;
    }

    RotaryTables turns() {
        return turns;
    }

    Device device() {
        return embedding.device();
    }

    /** The type of the residual stream. */
    DType type() {
        return types.stream();
    }

    NumberTypes types() {
        return types;
    }

    TreeAttention attention(TreeBatch batch) {
        return new TreeAttention(config, batch, turns, device());
    }

    /** As {@link #attention}, by one call for each tree, whatever the others are. */
    TreeAttention attentionByTree(TreeBatch batch) {
        return new TreeAttention(config, batch, turns, device(), false);
    }

    Tensor indices(int[] values) {
        return Tensor.of(values, values.length).to(device());
    }

    /** (tokens, width): what goes into the first layer. */
    Tensor embed(int[] tokens, int[] places) {
        Tensor x = embedding.embedding(indices(tokens)).to(type());
        if (config.embeddingScale() != 1) {
            x = x.mul(scale());
        }
        return positions.isPresent()
                ? x.add(positions.get().embedding(indices(places)).to(type()))
                : x;
    }

    /** As a tensor of the model's type, because checkpoints were trained with the scale rounded to it. */
    private Tensor scale() {
        return Tensor.scalar(config.embeddingScale(), type()).to(device());
    }

    boolean embeddingTrained() {
        return embedding.requiresGrad() || positions.map(Tensor::requiresGrad).orElse(false);
    }

    /** Adds to the embeddings' gradients. */
    void embedBackward(int[] tokens, int[] places, Tensor slope) {
        if (embedding.requiresGrad()) {
            Tensor scaled = config.embeddingScale() == 1 ? slope : slope.mul(scale());
            embedding.gradient().indexAdd_(0, indices(tokens), scaled.to(embedding.type()));
        }
        if (positions.isPresent() && positions.get().requiresGrad()) {
            positions
                    .get()
                    .gradient()
                    .indexAdd_(0, indices(places), slope.to(positions.get().type()));
        }
    }

    @Override
    public void close() {
        turns.close();
    }
}
