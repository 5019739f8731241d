package org.thurstone.model.exact;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.OutputGradients;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Tensor;

/** A forward pass of a table: log-probabilities are looked up, and gradients are libtorch's. */
final class TablePass implements Forward {

    private final Tensor table;
    private final Supplier<Tensor> features;
    private final long[] cells;
    private final ForwardRequest request;
    /** (prompts, responses), in the graph. */
    private final Tensor distributions;
    /** (scored), in the graph. */
    private final Tensor logProbs;

    private final Map<Statistic, Tensor> statistics = new EnumMap<>(Statistic.class);

    /** @param cells of the scored responses: prompt · responses + response */
    TablePass(Tensor table, Supplier<Tensor> features, long[] cells, ForwardRequest request) {
        this.table = table;
        this.features = features;
        this.cells = cells;
        this.request = request;
        this.distributions = table.logSoftmax(-1);
        this.logProbs = distributions.reshape(-1).indexSelect(0, index(c -> c));
        if (request.statistics().isEmpty()) {
            return;
        }
        Tensor rows = rows(distributions);
        for (Statistic s : request.statistics()) {
            Tensor reference =
                    s.compares() ? request.reference().orElseThrow().distribution(0, cells.length) : rows.detach();
            statistics.put(s, s.of(rows, reference));
        }
    }

    /** (scored, responses): the distribution that each scored response was of. */
    private Tensor rows(Tensor distributions) {
        long responses = table.size(1);
        return distributions.indexSelect(0, index(c -> c / responses));
    }

    private Tensor index(java.util.function.LongUnaryOperator of) {
        return Tensor.of(Arrays.stream(cells).map(of).toArray(), cells.length);
    }

    @Override
    public Tensor logProbs() {
        return logProbs.detach();
    }

    @Override
    public Tensor statistic(Statistic statistic) {
        return graph(statistic).detach();
    }

    private Tensor graph(Statistic statistic) {
        Tensor values = statistics.get(statistic);
        if (values == null) {
            throw new IllegalStateException("this pass was not asked for " + statistic);
        }
        return values;
    }

    @Override
    public Tensor distribution(long from, long count) {
        return rows(distributions.detach()).narrow(0, from, count);
    }

    /** Before its response, a prompt is known by its number only; a state has no gradient. */
    @Override
    public Tensor states(State state) {
        if (!request.states().contains(state)) {
            throw new IllegalStateException("this pass was not asked for states " + state);
        }
        try (Gradients off = Gradients.off()) {
            Tensor prompts = Table.oneHot(table.size(0)).indexSelect(0, index(c -> c / table.size(1)));
            return switch (state) {
                case BEFORE -> prompts;
                case AFTER -> features.get().indexSelect(0, index(c -> c));
                case LAYERS -> prompts.unsqueeze(1);
            };
        }
    }

    @Override
    public void backward(Tensor gradient) {
        backward(OutputGradients.of(gradient));
    }

    @Override
    public void backward(OutputGradients gradients) {
        if (!request.training()) {
            throw new IllegalStateException("this pass was made without gradients");
        }
        try (Gradients on = Gradients.on()) {
            Tensor sum = Tensor.zeros(DType.FLOAT64, Device.CPU);
            if (gradients.logProbs().isPresent()) {
                sum = sum.add(product(logProbs, gradients.logProbs().get()));
            }
            for (Map.Entry<Statistic, Tensor> s : gradients.statistics().entrySet()) {
                sum = sum.add(product(graph(s.getKey()), s.getValue()));
            }
            if (sum.requiresGrad()) {
                sum.backward();
            }
        }
    }

    private static Tensor product(Tensor values, Tensor slope) {
        return values.mul(slope.detach().to(values.type())).sum();
    }
}
