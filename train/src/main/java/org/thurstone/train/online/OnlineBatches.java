package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.train.BatchSchedule;
import org.thurstone.train.LossTerm;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.example.TrainingExample;

/** The batches of one step of an online method: all its samples, for the epochs of the settings. */
final class OnlineBatches implements BatchSchedule {

    private final TrainingSettings settings;
    private final boolean restarts;
    private final long methodStep;
    private final long methodSteps;
    private final int updates;
    private final List<List<LossTerm>> epochs = new ArrayList<>();

    /**
     * @param terms cut into as many batches as the first has full or begun batches
     * @param restarts whether the learning rate runs through its whole course here, and not over all steps of the method
     * @param methodStep steps that the method has made
     * @param methodSteps that it will make
     * @param random of the order of examples
     */
    OnlineBatches(
            List<LossTerm> terms,
            TrainingSettings settings,
            boolean restarts,
            long methodStep,
            long methodSteps,
            RandomGenerator random) {
        this.settings = settings;
        this.restarts = restarts;
        this.methodStep = methodStep;
        this.methodSteps = methodSteps;
        this.updates = Math.ceilDiv(terms.getFirst().examples().size(), settings.batchSize());
        List<LossTerm> order = terms;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            if (updates > 1 && settings.shuffle()) {
                order = order.stream().map(t -> shuffled(t, random)).toList();
            }
            epochs.add(order);
        }
    }

    private static LossTerm shuffled(LossTerm term, RandomGenerator random) {
        List<TrainingExample> order = new ArrayList<>(term.examples());
        for (int last = order.size() - 1; last > 0; last--) {
            Collections.swap(order, last, random.nextInt(last + 1));
        }
        return term.batch(order);
    }

    @Override
    public long steps() {
        return (long) updates * settings.epochs();
    }

    @Override
    public long stepsPerEpoch() {
        return updates;
    }

    @Override
    public List<LossTerm> batch(long step) {
        long part = step % updates;
        return epochs.get((int) (step / updates)).stream()
                .map(t -> part(t, part))
                .filter(t -> !t.examples().isEmpty())
                .toList();
    }

    private LossTerm part(LossTerm term, long part) {
        long size = term.examples().size();
        return term.batch(term.examples().subList((int) (size * part / updates), (int) (size * (part + 1) / updates)));
    }

    @Override
    public double learningRate(long step) {
        double factor = restarts
                ? settings.schedule().at(step, steps())
                : settings.schedule().at(methodStep, methodSteps);
        return settings.learningRate() * factor;
    }

    @Override
    public double progress(long step) {
        return (double) methodStep / methodSteps;
    }

    @Override
    public long number(long step) {
        return methodStep + 1;
    }
}
