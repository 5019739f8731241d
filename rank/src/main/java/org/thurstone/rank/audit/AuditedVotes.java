package org.thurstone.rank.audit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Tally;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.pairs.BattleInfluence;
import org.thurstone.rank.pairs.BattleInfluence.Clusters;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.statistics.Normal;

/**
 * Votes that are audited. All probes but the one about connections look at the largest set of items that the votes make comparable, and at one
 * Bradley–Terry fit to their battles. Its covariance takes the votes of an annotator as one unit, where the votes have twenty annotators or more;
 * else those of a prompt, on the same condition; else each battle.
 */
public final class AuditedVotes {

    /** Large groups first; of equally large ones, the one with the first item in alphabetical order. */
    private static final Comparator<List<Integer>> BY_SIZE =
            Comparator.<List<Integer>>comparingInt(group -> -group.size()).thenComparingInt(List::getFirst);

    private static final int FEWEST_CLUSTERS = 20;

    private final Battles all;
    private final BradleyTerry model;
    private final AuditSettings settings;
    private final List<List<Integer>> met;
    private final List<Integer> kept;
    private final Optional<Fit> fit;

    /**
     * A fit to the battles of the comparable items.
     *
     * @param order the items by their ratings, the best first
     * @param unit the independent units of the covariance
     * @param unitName what they are
     */
    record Fit(
            Battles battles,
            BattleInfluence influence,
            double[] ratings,
            int[] order,
            Clusters unit,
            String unitName,
            JointErrors errors) {

        String name(int item) {
            return battles.items().get(item);
        }

        /** The pairs of items next to each other, the better one first. */
        List<int[]> neighbours() {
            return IntStream.range(0, order.length - 1)
                    .mapToObj(k -> new int[] {order[k], order[k + 1]})
                    .toList();
        }

        /** By how much the first item of a pair is better. */
        double gap(int[] pair) {
            return ratings[pair[0]] - ratings[pair[1]];
        }

        double error(int[] pair) {
            return errors.of(pair[0], pair[1]);
        }
    }

    private AuditedVotes(
            Battles all,
            BradleyTerry model,
            AuditSettings settings,
            List<List<Integer>> met,
            List<Integer> kept,
            Optional<Fit> fit) {
        this.all = all;
        this.model = model;
        this.settings = settings;
        this.met = met;
        this.kept = kept;
        this.fit = fit;
    }

    static AuditedVotes of(BradleyTerry model, Battles battles, AuditSettings settings) {
        Tally tally = battles.tally();
        List<List<Integer>> met = met(tally);
        boolean prior = model.ridge() > 0 || model.gamma() > 1;
        List<Integer> kept = prior ? met.getFirst() : largest(Groups.of(tally));
        Optional<Fit> fit = kept.size() < 2 ? Optional.empty() : Optional.of(fit(model, battles, kept, settings));
        return new AuditedVotes(battles, model, settings, met, kept, fit);
    }

    private static Fit fit(BradleyTerry model, Battles battles, List<Integer> kept, AuditSettings settings) {
        BitSet in = new BitSet();
        kept.forEach(in::set);
        Battles within = kept.size() == battles.items().size()
                ? battles
                : battles.where(b -> in.get(battles.left(b)) && in.get(battles.right(b)))
                        .compacted();
        BattleInfluence influence = BattleInfluence.of(model, within, b -> true);
        double[] ratings = influence.ratings();
        int[] order = IntStream.range(0, ratings.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -ratings[i]).thenComparing(within.items()::get))
                .mapToInt(Integer::intValue)
                .toArray();
        Clusters unit;
        String name;
        if (GroupKind.known(within.annotators()) >= FEWEST_CLUSTERS) {
            unit = GroupKind.ANNOTATOR.clusters(within);
            name = "annotator";
        } else if (GroupKind.known(within.groups()) >= FEWEST_CLUSTERS) {
            unit = GroupKind.PROMPT.clusters(within);
            name = "prompt";
        } else {
            unit = Clusters.battles(within.count());
            name = "battle";
        }
        double[][] covariance = ofRatings(influence.covariance(unit), ratings.length);
        return new Fit(
                within,
                influence,
                ratings,
                order,
                unit,
                name,
                JointErrors.of(covariance, settings.draws(), settings.seed()));
    }

    static double[][] ofRatings(double[][] covariance, int items) {
        return Arrays.stream(covariance)
                .limit(items)
                .map(row -> Arrays.copyOf(row, items))
                .toArray(double[][]::new);
    }

    private static List<Integer> largest(Groups groups) {
        return IntStream.range(0, groups.count())
                .mapToObj(groups::members)
                .min(BY_SIZE)
                .orElse(List.of());
    }

    /** The groups of items that chains of battles connect, whatever their outcomes; the largest first. */
    private static List<List<Integer>> met(Tally tally) {
        Tally.Columns all = tally.columns();
        Groups groups = Groups.joined(tally.items().size(), all.left(), all.right());
        return IntStream.range(0, groups.count())
                .mapToObj(groups::members)
                .sorted(BY_SIZE)
                .toList();
    }

    BradleyTerry model() {
        return model;
    }

    /** All battles, those of items that cannot be compared included. */
    Battles all() {
        return all;
    }

    /** The groups of items that met, by their indexes in {@link #all}; the largest first. */
    List<List<Integer>> met() {
        return met;
    }

    /** The items that the other probes look at, by their indexes in {@link #all}. */
    List<Integer> kept() {
        return kept;
    }

    /**
     * The fit.
     *
     * @throws UserError if no two items can be compared
     */
    Fit fit() {
        return fit.orElseThrow(() -> new UserError("the votes make no two items comparable"));
    }

    /** The independent units of standard errors. */
    String unit() {
        return fit.map(Fit::unitName).orElse("battle");
    }

    /** The confidence of the whole audit. */
    double level() {
        return settings.level();
    }

    /** The confidence of one of several tests. */
    double levelPerTest() {
        return settings.levelPerTest();
    }

    int draws() {
        return settings.draws();
    }

    long seed() {
        return settings.seed();
    }

    /** The quantile within which a normal error of one of so many figures lies, all together with a level's probability. */
    static double quantile(double level, long figures) {
        return Normal.quantile(1 - (1 - level) / (2.0 * figures));
    }
}
