package org.thurstone.model;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The outputs that a forward pass has to compute.
 *
 * @param training whether {@link Forward#backward} will be called; without it nothing is kept for gradients
 * @param logProbs whether to compute log-probabilities of the scored tokens; statistics come with them
 * @param statistics of the whole distribution at each scored token
 * @param states at each scored token
 * @param reference a pass of another policy over the same trees, open as long as this one; for statistics that compare
 */
public record ForwardRequest(
        boolean training, boolean logProbs, Set<Statistic> statistics, Set<State> states, Optional<Forward> reference) {

    public ForwardRequest {
        statistics = Set.copyOf(statistics);
        states = Set.copyOf(states);
        if (reference.isEmpty() && statistics.stream().anyMatch(Statistic::compares)) {
            throw new IllegalArgumentException(
                    statistics + " compare with a reference, and a pass of the reference is not there");
        }
        if (!logProbs && !statistics.isEmpty()) {
            throw new IllegalArgumentException("statistics come with log-probabilities");
        }
    }

    /** Log-probabilities only. */
    public static ForwardRequest of(boolean training) {
        return new ForwardRequest(training, true, Set.of(), Set.of(), Optional.empty());
    }

    /** Hidden states only. */
    public static ForwardRequest states(boolean training, State state) {
        return new ForwardRequest(training, false, Set.of(), Set.of(state), Optional.empty());
    }

    /** The same question, with or without gradients. */
    public ForwardRequest training(boolean training) {
        return new ForwardRequest(training, logProbs, statistics, states, reference);
    }

    public ForwardRequest with(Statistic... more) {
        Set<Statistic> all = EnumSet.noneOf(Statistic.class);
        all.addAll(statistics);
        all.addAll(Set.of(more));
        return new ForwardRequest(training, logProbs, all, states, reference);
    }

    public ForwardRequest with(State... more) {
        Set<State> all = EnumSet.noneOf(State.class);
        all.addAll(states);
        all.addAll(Set.of(more));
        return new ForwardRequest(training, logProbs, statistics, all, reference);
    }

    public ForwardRequest against(Forward other) {
        return new ForwardRequest(training, logProbs, statistics, states, Optional.of(other));
    }

    /** Whether only log-probabilities are requested. */
    public boolean plain() {
        return logProbs && statistics.isEmpty() && states.isEmpty();
    }
}
