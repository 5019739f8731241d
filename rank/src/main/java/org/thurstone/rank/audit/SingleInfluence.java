package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Standing;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.rank.pairs.BattleInfluence.Pull;
import org.thurstone.statistics.Quantiles;

/**
 * How far a single annotator, prompt or opponent moves an item: the largest change of a rating without it, in units of the median difference of
 * neighbours. All groups are ranked by one Newton step; the first of them, and the busiest, are left out in turn and the rest is
 * fitted again, which is the figure. Its
 * interval is that of independent votes of the same number, all groups and items considered together.
 *
 * @param kind annotators, prompts or opponents
 * @param threshold the largest change that is no flag; at 1, an item moves as far as to its neighbour
 */
record SingleInfluence(GroupKind kind, double threshold) implements Probe {

    private static final int REFITTED = 5;
    private static final int BUSIEST = 2;

    @Override
    public String name() {
        return "one-" + kind.word();
    }

    @Override
    public String question() {
        return "Largest change without one " + kind.word() + " (differences of neighbours)";
    }

    @Override
    public Probe withThreshold(double other) {
        return new SingleInfluence(kind, other);
    }

    @Override
    public boolean tested() {
        return true;
    }

    /** How far one group moves an item, in log-odds; the error is that of independent votes. */
    private record Change(GroupKind.Group group, String item, double by, double error) {}

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        List<GroupKind.Group> groups = kind.groups(fit.battles());
        double step =
                Quantiles.median(fit.neighbours().stream().mapToDouble(fit::gap).toArray());
        if (!(step > 0)) {
            throw new UserError("half of the neighbours have equal ratings, so that there is no unit of change");
        }
        List<Change> all = groups.stream().map(group -> expected(fit, group)).toList();
        // A group whose votes fit the rest exactly has no pull, and may yet be all that holds the items together.
        List<Change> expected = Stream.concat(
                        all.stream()
                                .sorted(Comparator.comparingDouble(c -> -Math.abs(c.by())))
                                .limit(REFITTED),
                        all.stream()
                                .sorted(Comparator.comparingInt(c -> -c.group().battles().length))
                                .limit(BUSIEST))
                .distinct()
                .toList();
        List<Change> changes = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        for (Change change : expected) {
            refitted(votes, fit, change)
                    .ifPresentOrElse(
                            changes::add, () -> needed.add(change.group().name()));
        }
        if (!needed.isEmpty()) {
            return Finding.of(
                    this,
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    true,
                    "Without the " + kind.word() + " " + needed.getFirst() + ", the items cannot be compared any more.",
                    needed.stream()
                            .map(name -> Detail.exact(name, Double.POSITIVE_INFINITY))
                            .toList());
        }
        changes.sort(Comparator.comparingDouble(c -> -Math.abs(c.by())));
        Change most = changes.getFirst();
        double quantile = AuditedVotes.quantile(votes.levelPerTest(), (long) groups.size() * fit.ratings().length);
        double figure = Math.abs(most.by()) / step;
        double half = quantile * most.error() / step;
        return Finding.of(
                this,
                figure,
                Math.max(0, figure - half),
                figure + half,
                figure > threshold && figure > half,
                String.format(
                        Locale.ROOT,
                        "Without the %s %s, %s %.1f %% of the votes, %s moves by %.2f times the difference of"
                                + " neighbours.",
                        kind.word(),
                        most.group().name(),
                        kind == GroupKind.ANNOTATOR ? "who has" : kind == GroupKind.PROMPT ? "which has" : "who is in",
                        100.0 * most.group().battles().length / fit.battles().count(),
                        most.item(),
                        figure),
                changes.stream()
                        .map(c -> new Detail(
                                c.group().name(),
                                c.by() / step,
                                (c.by() - quantile * c.error()) / step,
                                (c.by() + quantile * c.error()) / step,
                                c.item()))
                        .toList());
    }

    /** One Newton step from the fit, with the information that is left. */
    private Change expected(Fit fit, GroupKind.Group group) {
        Pull pull = fit.influence().pull(group.battles());
        double rest = 1 - (double) group.battles().length / fit.battles().count();
        double factor = 1 / Math.max(1e-3, rest);
        int most = IntStream.range(0, fit.ratings().length)
                .filter(i -> kind != GroupKind.OPPONENT || !fit.name(i).equals(group.name()))
                .boxed()
                .max(Comparator.comparingDouble(i -> Math.abs(pull.pull()[i])))
                .orElseThrow();
        return new Change(group, fit.name(most), -pull.pull()[most] * factor, pull.error()[most] * factor);
    }

    /** The change by a fit without the group; empty where the rest does not make all items comparable. */
    private Optional<Change> refitted(AuditedVotes votes, Fit fit, Change expected) {
        BitSet dropped = new BitSet();
        Arrays.stream(expected.group().battles()).forEach(dropped::set);
        Battles rest = fit.battles().where(b -> !dropped.get(b));
        if (kind == GroupKind.OPPONENT) {
            rest = rest.compacted();
        }
        if (rest.count() == 0) {
            return Optional.empty();
        }
        Board board;
        try {
            board = votes.model().rank(rest, Inference.NONE);
        } catch (UserError e) {
            return Optional.empty();
        }
        int left = kind == GroupKind.OPPONENT ? fit.ratings().length - 1 : fit.ratings().length;
        boolean apart = board.standings().size() < left
                || board.standings().stream().anyMatch(s -> s.group() > 0 || Double.isNaN(s.rating()));
        if (apart) {
            return Optional.empty();
        }
        Map<String, Double> before = new HashMap<>();
        for (Standing s : board.standings()) {
            before.put(s.item(), fit.ratings()[fit.battles().items().indexOf(s.item())]);
        }
        double mean = before.values().stream().mapToDouble(v -> v).average().orElseThrow();
        double after = board.standings().stream()
                .mapToDouble(Standing::rating)
                .average()
                .orElseThrow();
        Standing most = board.standings().stream()
                .max(Comparator.comparingDouble(
                        s -> Math.abs(s.rating() - after - before.getOrDefault(s.item(), Double.NaN) + mean)))
                .orElseThrow();
        Pull pull = fit.influence().pull(expected.group().battles());
        double kept =
                1 - (double) expected.group().battles().length / fit.battles().count();
        return Optional.of(new Change(
                expected.group(),
                most.item(),
                most.rating() - after - before.getOrDefault(most.item(), Double.NaN) + mean,
                pull.error()[fit.battles().items().indexOf(most.item())] / kept));
    }
}
