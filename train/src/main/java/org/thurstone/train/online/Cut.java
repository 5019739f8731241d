package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.train.Learner;
import org.thurstone.train.example.TrainingExample;

/** Cuts what a step learns from into batches. */
final class Cut {

    private Cut() {}

    static Learner.Term shuffled(Learner.Term term, RandomGenerator random) {
        List<TrainingExample> order = new ArrayList<>(term.batch());
        for (int last = order.size() - 1; last > 0; last--) {
            Collections.swap(order, last, random.nextInt(last + 1));
        }
        return new Learner.Term(term.loss(), order, term.frozen());
    }

    static Learner.Term part(Learner.Term term, int part, int of) {
        long size = term.batch().size();
        List<? extends TrainingExample> batch =
                term.batch().subList((int) (size * part / of), (int) (size * (part + 1) / of));
        return new Learner.Term(term.loss(), batch, term.frozen());
    }
}
