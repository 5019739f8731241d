package org.thurstone.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.signal.FrozenLogProbs;

/** All examples of a data set, in batches, once per epoch, each epoch in an order of its own. */
public final class Epochs implements BatchSchedule {

    private final LossTerm data;
    private final TrainingSettings settings;
    private int epoch = -1;
    private int[] order = {};

    public Epochs(LossTerm data, TrainingSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    @Override
    public long steps() {
        return settings.epochs() * stepsPerEpoch();
    }

    @Override
    public long stepsPerEpoch() {
        return Math.ceilDiv(data.examples().size(), settings.batchSize());
    }

    @Override
    public List<LossTerm> batch(long step) {
        int[] visited = order((int) (step / stepsPerEpoch()));
        int size = settings.batchSize();
        int from = (int) (step % stepsPerEpoch()) * size;
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = from; i < Math.min(from + size, visited.length); i++) {
            batch.add(data.examples().get(visited[i]));
        }
        return List.of(data.batch(batch));
    }

    /** Kept while an epoch lasts. */
    private int[] order(int wanted) {
        if (wanted != epoch) {
            int count = data.examples().size();
            order = settings.shuffle()
                    ? EpochOrder.of(count, settings.seed(), wanted)
                    : IntStream.range(0, count).toArray();
            epoch = wanted;
        }
        return order;
    }

    @Override
    public double learningRate(long step) {
        return settings.learningRate() * settings.schedule().at(step, steps());
    }

    @Override
    public boolean evaluates(long step) {
        return step == steps() || step % settings.evaluateEvery().orElse((int) stepsPerEpoch()) == 0;
    }

    /** Stands for data, loss and settings: a saved state of others is not resumed. */
    public String key() {
        return FrozenLogProbs.key(
                List.of(FrozenLogProbs.key("", data.examples()), data.loss().toString(), settings.toString()));
    }
}
