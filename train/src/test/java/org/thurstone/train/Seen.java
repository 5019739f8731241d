package org.thurstone.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.model.Policy;
import org.thurstone.train.loss.Memory;

/** A loss over examples as a trainer sees it, with nothing stepped. */
record Seen(Policy policy, SignalReaders readers, LossTerm term, TrainingSettings settings) {

    static Seen of(Policy policy, LossTerm term, TrainingSettings settings) {
        return new Seen(
                policy,
                new SignalReaders(term.loss().signals(), policy, term.inputs().reference(), settings.seed()),
                term,
                settings);
    }

    BatchResult learn(Memory memory) {
        return BatchLoss.learn(policy, readers, term, settings, memory);
    }

    BatchResult look(Memory memory) {
        return BatchLoss.look(policy, readers, term, settings, memory);
    }

    /** Trains, and returns the loss of each step. */
    static List<Double> losses(Policy policy, LossTerm data, TrainingSettings settings) {
        List<Double> losses = new ArrayList<>();
        Trainer.train(policy, data, settings, new TrainingObserver() {
            @Override
            public void step(StepMetrics metrics) {
                losses.add(metrics.loss());
            }
        });
        return losses;
    }

    /** Makes some steps by hand. */
    static List<Double> losses(Trainer trainer, BatchSchedule schedule, long from, long to) {
        List<Double> losses = new ArrayList<>();
        for (long at = from; at < to; at++) {
            losses.add(trainer.step(schedule, at, Optional.empty()).loss());
        }
        return losses;
    }
}
