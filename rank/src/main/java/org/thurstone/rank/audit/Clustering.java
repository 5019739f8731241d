package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.rank.pairs.BattleInfluence.Clusters;
import org.thurstone.statistics.Quantiles;

/**
 * How much wider standard errors are if the votes of an annotator, or those on a prompt, count as one unit instead of as independent: the ratio of
 * the mean standard error. The interval divides it by what the same ratio is if the votes are dealt to the annotators at random, so that it is 1
 * where there is no clustering.
 *
 * @param kind annotators or prompts
 * @param threshold the largest ratio that is no flag
 */
record Clustering(GroupKind kind, double threshold) implements Probe {

    private static final int SHOWN = 20;

    Clustering {
        if (kind == GroupKind.OPPONENT) {
            throw new IllegalArgumentException("votes are clustered by annotator or by prompt");
        }
    }

    @Override
    public String name() {
        return kind.words();
    }

    @Override
    public String question() {
        return "Standard errors by " + kind.word() + ", as a multiple of those of independent votes";
    }

    @Override
    public Probe withThreshold(double other) {
        return new Clustering(kind, other);
    }

    @Override
    public boolean tested() {
        return true;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        Battles battles = fit.battles();
        List<GroupKind.Group> groups = new ArrayList<>(kind.groups(battles));
        groups.sort(Comparator.comparingInt(g -> -g.battles().length));
        if (groups.getFirst().battles().length == 1) {
            throw new UserError("every " + kind.word() + " has one battle");
        }
        Clusters clusters = kind.clusters(battles);
        double ratio = meanError(fit, clusters) / meanError(fit, Clusters.battles(battles.count()));
        double[] chance = chance(fit, clusters, votes);
        double tail = (1 - votes.levelPerTest()) / 2;
        double low = ratio / Quantiles.reached(chance, 1 - tail);
        double high = ratio / Quantiles.reached(chance, tail);
        int busiest = Math.max(1, groups.size() / 100);
        long theirs = groups.stream()
                .limit(busiest)
                .mapToLong(g -> g.battles().length)
                .sum();
        return Finding.of(
                this,
                ratio,
                low,
                high,
                ratio > threshold && low > 1,
                String.format(
                        Locale.ROOT,
                        "If the votes of one %s count as one unit, standard errors are %.2f times as wide; the busiest"
                                + " %d of %,d %s have %.1f %% of the votes.",
                        kind.word(),
                        ratio,
                        busiest,
                        groups.size(),
                        kind.words(),
                        100.0 * theirs / battles.count()),
                groups.stream()
                        .limit(SHOWN)
                        .map(g -> Detail.exact(g.name(), g.battles().length))
                        .toList());
    }

    private static double meanError(Fit fit, Clusters clusters) {
        double[][] covariance = fit.influence().covariance(clusters);
        return IntStream.range(0, fit.ratings().length)
                .mapToDouble(i -> Math.sqrt(covariance[i][i]))
                .average()
                .orElseThrow();
    }

    /**
     * The ratio for battles that are dealt at random to clusters of the same sizes, in ascending order. It goes by scores, each in units of its
     * item's own, instead of by ratings, which needs no solve for each draw.
     */
    private static double[] chance(Fit fit, Clusters clusters, AuditedVotes votes) {
        Battles battles = fit.battles();
        int count = battles.count();
        int[] left = IntStream.range(0, count).map(battles::left).toArray();
        int[] right = IntStream.range(0, count).map(battles::right).toArray();
        double[] residual =
                IntStream.range(0, count).mapToDouble(fit.influence()::residual).toArray();
        double[] scale = new double[fit.ratings().length];
        for (int b = 0; b < count; b++) {
            scale[left[b]] += residual[b] * residual[b];
            scale[right[b]] += residual[b] * residual[b];
        }
        double independent = 0;
        for (int b = 0; b < count; b++) {
            independent += residual[b] * residual[b] * (1 / scale[left[b]] + 1 / scale[right[b]]);
        }
        double whole = independent;
        int[] sizes =
                Arrays.stream(clusters.members(count)).mapToInt(c -> c.length).toArray();
        SplittableRandom seeds = new SplittableRandom(votes.seed());
        return IntStream.range(0, votes.draws()).mapToObj(d -> seeds.split()).toList().parallelStream()
                .mapToDouble(random -> {
                    int[] dealt = shuffled(count, random);
                    double[] sum = new double[scale.length];
                    double squares = 0;
                    int at = 0;
                    for (int size : sizes) {
                        for (int k = at; k < at + size; k++) {
                            int b = dealt[k];
                            sum[left[b]] += residual[b];
                            sum[right[b]] -= residual[b];
                        }
                        for (int k = at; k < at + size; k++) {
                            for (int item : new int[] {left[dealt[k]], right[dealt[k]]}) {
                                squares += sum[item] * sum[item] / scale[item];
                                sum[item] = 0;
                            }
                        }
                        at += size;
                    }
                    return Math.sqrt(squares / whole);
                })
                .sorted()
                .toArray();
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int k = 0; k < count; k++) {
            int other = random.nextInt(k + 1);
            order[k] = order[other];
            order[other] = k;
        }
        return order;
    }
}
