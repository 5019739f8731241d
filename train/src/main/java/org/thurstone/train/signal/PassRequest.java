package org.thurstone.train.signal;

import java.util.EnumSet;
import java.util.Set;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;

/**
 * Outputs of forward passes that a signal needs in addition to log-probabilities.
 *
 * @param statistics of the policy's distribution
 * @param states of the policy
 * @param reference whether the reference policy has to run over the same trees
 * @param referenceStates of the reference
 */
public record PassRequest(Set<Statistic> statistics, Set<State> states, boolean reference, Set<State> referenceStates) {

    public static final PassRequest NOTHING = new PassRequest(Set.of(), Set.of(), false, Set.of());

    public PassRequest {
        statistics = Set.copyOf(statistics);
        states = Set.copyOf(states);
        referenceStates = Set.copyOf(referenceStates);
    }

    /** A statistic of the policy's distribution; one that compares needs the reference. */
    public static PassRequest of(Statistic statistic) {
        return new PassRequest(Set.of(statistic), Set.of(), statistic.compares(), Set.of());
    }

    /** Hidden states of the policy. */
    public static PassRequest of(State state) {
        return new PassRequest(Set.of(), Set.of(state), false, Set.of());
    }

    /** Hidden states of the reference. */
    public static PassRequest ofReference(State state) {
        return new PassRequest(Set.of(), Set.of(), true, Set.of(state));
    }

    public PassRequest and(PassRequest other) {
        Set<Statistic> allStatistics = EnumSet.noneOf(Statistic.class);
        allStatistics.addAll(statistics);
        allStatistics.addAll(other.statistics);
        Set<State> allStates = EnumSet.noneOf(State.class);
        allStates.addAll(states);
        allStates.addAll(other.states);
        Set<State> allReferenceStates = EnumSet.noneOf(State.class);
        allReferenceStates.addAll(referenceStates);
        allReferenceStates.addAll(other.referenceStates);
        return new PassRequest(allStatistics, allStates, reference || other.reference, allReferenceStates);
    }
}
