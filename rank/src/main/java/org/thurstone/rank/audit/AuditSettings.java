package org.thurstone.rank.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings of an audit.
 *
 * @param level confidence, within (0, 1): the probability that a sound board gets no flag by chance
 * @param draws of simulated errors, boards and permutations, at least 100
 * @param seed of all draws
 * @param probes the questions, in the order of the report
 */
public record AuditSettings(double level, int draws, long seed, List<Probe> probes) {

    /** All probes with their usual thresholds, at 95 %. */
    public static final AuditSettings DEFAULT = new AuditSettings(
            0.95,
            1000,
            1,
            List.of(
                    new NeighbourSeparation(0.1),
                    new PlaceMovement(1.5),
                    new Connectivity(1),
                    new BattleSpread(0.5),
                    new FewestBattles(30),
                    new FirstPosition(0.05),
                    new FirstPositionOrder(0),
                    new TieRules(0),
                    new Cycles(0.02),
                    new Clustering(GroupKind.ANNOTATOR, 1.15),
                    new Clustering(GroupKind.PROMPT, 1.15),
                    new SingleInfluence(GroupKind.ANNOTATOR, 1),
                    new SingleInfluence(GroupKind.PROMPT, 1),
                    new SingleInfluence(GroupKind.OPPONENT, 1),
                    new Drift(0.2),
                    new VotesNeeded(0.25)));

    public AuditSettings {
        probes = List.copyOf(probes);
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level of an audit is " + level + ", not between 0 and 1");
        }
        if (draws < 100) {
            throw new IllegalArgumentException(draws + " draws are too few for an audit; it needs 100 or more");
        }
    }

    /**
     * Another threshold of one probe.
     *
     * @throws IllegalArgumentException if there is no such probe, or the threshold is not a finite number of at least 0
     */
    public AuditSettings with(String probe, double threshold) {
        if (probes.stream().noneMatch(p -> p.name().equals(probe))) {
            throw new IllegalArgumentException("there is no probe \"" + probe + "\"; there are: "
                    + probes.stream().map(Probe::name).collect(Collectors.joining(", ")));
        }
        if (!(threshold >= 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException(
                    "the threshold of " + probe + " is " + threshold + ", not a finite number of at least 0");
        }
        return new AuditSettings(
                level,
                draws,
                seed,
                probes.stream()
                        .map(p -> p.name().equals(probe) ? p.withThreshold(threshold) : p)
                        .toList());
    }

    public AuditSettings withSeed(long other) {
        return new AuditSettings(level, draws, other, probes);
    }

    public AuditSettings withLevel(double other) {
        return new AuditSettings(other, draws, seed, probes);
    }

    /** The level of a single test: the error rate is shared equally among the probes that chance could raise (Bonferroni). */
    double levelPerTest() {
        long tests = probes.stream().filter(Probe::tested).count();
        return 1 - (1 - level) / Math.max(1, tests);
    }
}
