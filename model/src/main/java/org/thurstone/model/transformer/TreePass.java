package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.OutputGradients;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;
import org.thurstone.tensor.DType;
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
    /** With checkpointing, the input of each layer. */
    private final List<Tensor> inputs = new ArrayList<>();
    /** The output of the last layer. */
    private final Tensor last;

    private final ForwardRequest request;
    /** The places whose states are wanted: those that predict, and after these, if they are asked for, the scored tokens' own. */
    private final Tensor read;

    private final Optional<Tensor> hidden;
    private final Tensor states;
    private final Optional<Head.Scores> scores;

    TreePass(Network network, TreeBatch batch, ForwardRequest request, boolean checkpointing) {
        this.network = network;
        this.batch = batch;
        this.request = request;
        this.checkpointing = checkpointing;
        this.attention = network.attention(batch);
        this.read = network.indices(read());
        try (Gradients off = Gradients.off()) {
            this.embedded = network.embed(batch.tokens(), batch.positions());
        }
        if (request.training() && !checkpointing) {
            try (Gradients on = Gradients.on()) {
                embedded.requiresGrad(network.embeddingTrained());
                this.last = layers();
                this.hidden = Optional.of(top(last));
                this.states = hidden.get().detach();
            }
        } else {
            try (Gradients off = Gradients.off()) {
                this.last = layers();
                this.hidden = Optional.empty();
                this.states = top(last);
            }
        }
        try (Gradients off = Gradients.off()) {
            this.scores = request.logProbs()
                    ? Optional.of(network.head().score(before(), network.indices(batch.targets()), request))
                    : Optional.empty();
        }
    }

    private int[] read() {
        int[] predictors = batch.predictors();
        if (!request.states().contains(State.AFTER)) {
            return predictors;
        }
        int[] both = Arrays.copyOf(predictors, 2 * predictors.length);
        System.arraycopy(batch.places(), 0, both, predictors.length, predictors.length);
        return both;
    }

    private long count() {
        return batch.targets().length;
    }

    private Tensor before() {
        return states.narrow(0, 0, count());
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

    /** Hidden states of the places that are read. */
    private Tensor top(Tensor x) {
        return network.finalNorm().apply(x.indexSelect(0, read));
    }

    private Head.Scores scores() {
        return scores.orElseThrow(() -> new IllegalStateException("this pass was asked for states only"));
    }

    @Override
    public Tensor logProbs() {
        return scores().logProbs();
    }

    @Override
    public Tensor statistic(Statistic statistic) {
        return scores().statistic(statistic);
    }

    @Override
    public Tensor distribution(long from, long rows) {
        try (Gradients off = Gradients.off()) {
            return scores().distribution(from, rows);
        }
    }

    @Override
    public Tensor states(State state) {
        if (!request.states().contains(state)) {
            throw new IllegalStateException("this pass was not asked for states " + state);
        }
        return switch (state) {
            case BEFORE -> before();
            case AFTER -> states.narrow(0, count(), count());
            case LAYERS -> {
                Tensor predictors = network.indices(batch.predictors());
                List<Tensor> outputs = new ArrayList<>(inputs.subList(1, inputs.size()));
                outputs.add(last);
                yield Tensor.stack(
                        outputs.stream()
                                .map(x -> x.detach().indexSelect(0, predictors))
                                .toList(),
                        1);
            }
        };
    }

    @Override
    public void backward(Tensor gradient) {
        backward(OutputGradients.of(gradient));
    }

    @Override
    public void backward(OutputGradients gradients) {
        if (count() == 0) {
            return;
        }
        Tensor slope;
        try (Gradients off = Gradients.off()) {
            slope = slope(gradients);
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

    /** Gradients at the positions that are read, in their order. */
    private Tensor slope(OutputGradients gradients) {
        Tensor head;
        if (gradients.logProbs().isPresent() || !gradients.statistics().isEmpty()) {
            Tensor none = Tensor.zeros(DType.FLOAT32, states.device(), count());
            Map<Statistic, Tensor> statistics = new EnumMap<>(Statistic.class);
            gradients.statistics().forEach((statistic, g) -> statistics.put(statistic, g.detach()));
            head = scores().backward(gradients.logProbs().map(Tensor::detach).orElse(none), statistics);
        } else {
            head = Tensor.zeros(states.type(), states.device(), before().shape());
        }
        Tensor before = gradients.states().containsKey(State.BEFORE) ? head.add(given(gradients, State.BEFORE)) : head;
        if (!request.states().contains(State.AFTER)) {
            return before;
        }
        Tensor after = gradients.states().containsKey(State.AFTER)
                ? given(gradients, State.AFTER)
                : Tensor.zeros(states.type(), states.device(), before().shape());
        return Tensor.cat(List.of(before, after), 0);
    }

    private Tensor given(OutputGradients gradients, State state) {
        Tensor slope = gradients.states().get(state);
        if (slope == null || !request.states().contains(state)) {
            throw new IllegalStateException("this pass was not asked for states " + state);
        }
        return slope.detach().to(states.type());
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
