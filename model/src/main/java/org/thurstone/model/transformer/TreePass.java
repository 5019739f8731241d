package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.model.Forward;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * One pass over trees. Gradients come by hand at both ends, where a dense gradient as large as the vocabulary would be made only to be
 * added to another (embedding, head), and by libtorch between them. With checkpointing only what goes into each layer is kept, and each
 * layer is computed once more on the way back.
 */
final class TreePass implements Forward {

    private final Network network;
    private final TreeBatch batch;
    private final boolean checkpointing;
    private final TreeAttention attention;
    private final Tensor embedded;
    /** With checkpointing: what went into each layer. */
    private final List<Tensor> inputs = new ArrayList<>();
    /** What came out of the last one. */
    private final Tensor last;

    private final Tensor predictors;
    private final Optional<Tensor> hidden;
    private final Head.Scores scores;

    TreePass(Network network, TreeBatch batch, boolean training, boolean checkpointing) {
        this.network = network;
        this.batch = batch;
        this.checkpointing = checkpointing;
        this.attention = network.attention(batch);
        this.predictors = network.indices(batch.predictors());
        try (Gradients off = Gradients.off()) {
            this.embedded = network.embed(batch.tokens(), batch.positions());
        }
        if (training && !checkpointing) {
            try (Gradients on = Gradients.on()) {
                embedded.requiresGrad(network.embeddingTrained());
                this.last = layers();
                this.hidden = Optional.of(top(last));
            }
        } else {
            try (Gradients off = Gradients.off()) {
                this.last = layers();
                this.hidden = Optional.empty();
            }
        }
        try (Gradients off = Gradients.off()) {
            Tensor rows = hidden.isPresent() ? hidden.get().detach() : top(last);
            this.scores = network.head().score(rows, network.indices(batch.targets()), training);
        }
    }

    private Tensor layers() {
        Tensor x = embedded;
        for (Layer layer : network.layers()) {
            inputs.add(x);
            try (Scope scope = Scope.open()) {
                x = scope.keep(layer.forward(x, attention));
            }
        }
        return x;
    }

    /** Hidden states of the places that predict something. */
    private Tensor top(Tensor x) {
        return network.finalNorm().apply(x.indexSelect(0, predictors));
    }

    @Override
    public Tensor logProbs() {
        return scores.logProbs();
    }

    @Override
    public void backward(Tensor gradient) {
        if (batch.targets().length == 0) {
            return;
        }
        Tensor slope;
        try (Gradients off = Gradients.off()) {
            slope = scores.backward(gradient.detach());
        }
        if (checkpointing) {
            recompute(slope);
        } else {
            Tensor top = hidden.orElseThrow(
                    () -> new IllegalStateException("this pass was not made for training: nothing was kept"));
            if (top.requiresGrad()) {
                top.backward(slope);
            }
            embedded.grad().ifPresent(this::embeddingGradient);
        }
    }

    private void recompute(Tensor slope) {
        Tensor down = through(last, slope, this::top);
        List<Layer> layers = network.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            down = through(inputs.get(i), down, x -> layer.forward(x, attention));
        }
        if (network.embeddingTrained()) {
            embeddingGradient(down);
        }
    }

    private interface Step {
        Tensor apply(Tensor x);
    }

    /** The gradient of a step's input from that of its output; parameters on the way get theirs. */
    private static Tensor through(Tensor input, Tensor slope, Step step) {
        try (Scope scope = Scope.open();
                Gradients on = Gradients.on()) {
            Tensor x = input.detach().requiresGrad(true);
            step.apply(x).backward(slope);
            return scope.keep(x.grad().orElseThrow());
        }
    }

    private void embeddingGradient(Tensor slope) {
        try (Gradients off = Gradients.off()) {
            network.embedBackward(batch.tokens(), batch.positions(), slope);
        }
    }
}
