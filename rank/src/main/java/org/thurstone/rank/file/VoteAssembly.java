package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.BattlesBuilder;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Tally;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.Votes;

/** Turns the rows of a table into votes, once all are read: what codes and times mean, what is left out, and what a reader should know of it. */
final class VoteAssembly {

    /** What separates battles of one time that have an order, in seconds: too little to matter to any method. */
    private static final double STEP = 1e-3;

    /** More battles than this, written out one by one, would fill the memory. */
    private static final double MOST_BATTLES = 5e8;

    private final VoteTable table;
    private final VoteReadOptions options;
    private final Verdict[] verdicts;
    private final double[] times;
    private final BitSet counted = new BitSet();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final int highest;

    VoteAssembly(VoteTable table, VoteReadOptions options) {
        this.table = table;
        this.options = options;
        remarks.addAll(table.answers.remarks());
        remarks.addAll(table.endings.remarks(options.selection().walkovers()));
        WinnerCodes.Decision winners = table.winners.decide();
        this.verdicts = winners.verdicts();
        remarks.addAll(winners.remarks());
        if (table.timed()) {
            table.times.none(table.size());
            TimeColumn.Decision decided = table.times.decide();
            this.times = decided.seconds();
            remarks.addAll(decided.remarks());
        } else {
            this.times = new double[0];
        }
        this.highest = Arrays.stream(verdicts)
                .mapToInt(v -> v instanceof Verdict.Decided d ? d.grade() : 0)
                .max()
                .orElse(0);
        select();
        sayGrades();
    }

    /** All votes. */
    Votes votes() {
        return votes(counted);
    }

    /** How many votes there are: rows as often as they were seen. */
    long size() {
        return (long) counted.stream().mapToDouble(table::count).sum();
    }

    /** The votes of each stratum; none if the rows have no strata. */
    SortedMap<String, Votes> strata() {
        SortedMap<String, BitSet> rows = new TreeMap<>();
        counted.stream()
                .forEach(row -> table.stratum(row)
                        .ifPresent(s ->
                                rows.computeIfAbsent(s, key -> new BitSet()).set(row)));
        SortedMap<String, Votes> votes = new TreeMap<>();
        rows.forEach((stratum, of) -> votes.put(stratum, votes(of)));
        return votes;
    }

    /** How cells were read, then what was left out; a sentence each. */
    List<String> remarks() {
        return Stream.concat(remarks.stream(), warnings.stream()).toList();
    }

    private void select() {
        int size = table.size();
        double all = 0;
        double bothBad = 0;
        long weightless = 0;
        boolean skipBad = options.bothBad() == VoteReadOptions.BothBad.SKIP;
        for (int row = 0; row < size; row++) {
            Verdict verdict = verdicts[table.verdict(row)];
            all += table.count(row);
            if (verdict instanceof Verdict.LeftOut) {
                continue;
            }
            if (table.weight(row) * table.count(row) == 0) {
                weightless++;
                continue;
            }
            if (verdict instanceof Verdict.Decided d && d.outcome() == Outcome.BOTH_BAD) {
                bothBad += table.count(row);
                if (skipBad) {
                    continue;
                }
            }
            counted.set(row);
        }
        if (bothBad > 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "In %,.0f of %,.0f battles both were bad; they are %s",
                    bothBad,
                    all,
                    skipBad ? "left out" : "counted as ties"));
        }
        if (weightless > 0) {
            warnings.add(Count.of(
                    weightless, "row of weight or count 0 is left out", "rows of weight or count 0 are left out"));
        }
        duplicates();
        fewBattles();
        alike();
    }

    private void duplicates() {
        SeenKeys seen = new SeenKeys();
        boolean drop = options.selection().duplicates() == VoteReadOptions.Duplicates.DROP;
        long repeated = 0;
        for (int row = counted.nextSetBit(0); row >= 0; row = counted.nextSetBit(row + 1)) {
            var key = table.key(row);
            if (key.isEmpty()) {
                continue;
            }
            if (!seen.add(key.get())) {
                repeated++;
                if (drop) {
                    counted.clear(row);
                }
            }
        }
        if (repeated > 0) {
            warnings.add(Count.of(
                            repeated,
                            "row repeats the annotator, prompt and pair of an earlier one",
                            "rows repeat the annotator, prompt and pair of an earlier one")
                    + (drop ? "; left out" : "; they count, and --duplicates drop leaves them out"));
        }
    }

    private void fewBattles() {
        int least = options.selection().minBattles();
        BitSet out = new BitSet();
        for (boolean changed = least > 1; changed; ) {
            double[] battles = new double[table.items.size()];
            counted.stream().forEach(row -> {
                battles[table.left(row)] += table.count(row);
                battles[table.right(row)] += table.count(row);
            });
            int before = counted.cardinality();
            for (int row = counted.nextSetBit(0); row >= 0; row = counted.nextSetBit(row + 1)) {
                for (int item : new int[] {table.left(row), table.right(row)}) {
                    if (battles[item] < least) {
                        out.set(item);
                        counted.clear(row);
                    }
                }
            }
            changed = counted.cardinality() < before;
        }
        if (!out.isEmpty()) {
            BitSet left = new BitSet();
            counted.stream().forEach(row -> {
                left.set(table.left(row));
                left.set(table.right(row));
            });
            warnings.add(Count.of(table.items.size() - left.cardinality(), "item", "items") + " with fewer than "
                    + least + " battles among those that stay " + (out.cardinality() == 1 ? "is" : "are")
                    + " left out");
        }
    }

    private void alike() {
        warnings.addAll(LookAlikes.of(table.items.texts()));
        warnings.addAll(LookAlikes.missing(table.items.texts()));
    }

    private void sayGrades() {
        boolean shares = Arrays.stream(verdicts).anyMatch(Verdict.Share.class::isInstance);
        if (highest > 1) {
            remarks.add("Wins are graded from 1 to " + highest + "; "
                    + options.meanings().grades().toText(highest)
                    + (options.meanings().grades().rule() == Grades.Rule.DEFAULT
                            ? " (--grades share or, say, --grades 1,3 counts how much better)"
                            : ""));
        }
        if (shares) {
            remarks.add(
                    switch (options.meanings().grades().rule()) {
                        case DEFAULT, SHARE ->
                            "A preference by degrees counts as a part of a win of each, by its share"
                                    + " (--grades equal: as one win of the better); intervals treat the parts as"
                                    + " independent, and are too wide rather than too narrow";
                        case EQUAL -> "A preference by degrees counts as one win of the better";
                        case WEIGHTS ->
                            throw new UserError("--grades gives weights of grades, and the preferences are shares;"
                                    + " use --grades share or --grades equal");
                    });
        }
    }

    private double time(int row) {
        return row < times.length ? times[row] : Double.NaN;
    }

    private Votes votes(BitSet rows) {
        if (options.keep() == VoteReadOptions.Keep.BATTLES || !names().isEmpty()) {
            return battles(rows);
        }
        Tally tally = counts(rows);
        boolean enough = options.keep() == VoteReadOptions.Keep.COUNTS || tally.unweighted();
        return enough ? tally : battles(rows);
    }

    /** A part of a vote: one battle, or the win of one of two that share it. */
    private interface Part {
        void add(int row, Outcome outcome, double weight, boolean first);
    }

    private void parts(int row, Part to) {
        Grades grades = options.meanings().grades();
        double weight = table.weight(row);
        Verdict verdict = verdicts[table.verdict(row)];
        double share = Double.NaN;
        switch (verdict) {
            case Verdict.Decided d -> {
                if (grades.rule() != Grades.Rule.SHARE || d.grade() == 0 || d.grade() == highest) {
                    to.add(row, d.outcome(), weight * grades.weight(d.grade()), true);
                } else {
                    double better = 0.5 + 0.5 * d.grade() / highest;
                    share = d.outcome() == Outcome.LEFT ? better : 1 - better;
                }
            }
            case Verdict.Share s -> share = s.left();
            case Verdict.LeftOut l -> {}
        }
        if (Double.isNaN(share)) {
            return;
        }
        if (grades.rule() == Grades.Rule.EQUAL) {
            to.add(row, share > 0.5 ? Outcome.LEFT : Outcome.RIGHT, weight, true);
        } else {
            to.add(row, Outcome.LEFT, weight * share, true);
            to.add(row, Outcome.RIGHT, weight * (1 - share), false);
        }
    }

    private Tally counts(BitSet rows) {
        TallyCounter counter = new TallyCounter();
        int[] numbers = new int[table.items.size()];
        Arrays.fill(numbers, -1);
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            int left = number(numbers, table.left(row), counter);
            int right = number(numbers, table.right(row), counter);
            parts(row, (r, outcome, weight, first) -> {
                double often = table.count(r);
                counter.add(left, right, outcome, weight * often, weight * weight * often, first ? (long) often : 0);
            });
        }
        return counter.tally();
    }

    private int number(int[] numbers, int item, TallyCounter counter) {
        if (numbers[item] < 0) {
            numbers[item] = counter.item(table.items.text(item));
        }
        return numbers[item];
    }

    private Battles battles(BitSet rows) {
        double all = rows.stream().mapToDouble(table::count).sum();
        if (all > MOST_BATTLES) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "the counts come to %,.0f battles, which do not fit one by one; use a method, and intervals, that need"
                            + " counts only, such as --method bradley-terry without --bootstrap",
                    all));
        }
        BattlesBuilder builder = new BattlesBuilder(names());
        table.tournaments.texts().forEach(builder::tournament);
        int[] order = inOrder(rows);
        double[] steps = steps(order);
        for (int k = 0; k < order.length; k++) {
            double time = time(order[k]) + steps[k];
            parts(order[k], (row, outcome, weight, first) -> {
                Battle battle = new Battle(
                        table.items.text(table.left(row)),
                        table.items.text(table.right(row)),
                        outcome,
                        weight,
                        time,
                        table.annotator(row),
                        table.group(row),
                        covariates(row),
                        margin(row),
                        table.tournament(row));
                for (double n = table.count(row); n > 0; n--) {
                    builder.add(battle);
                }
            });
        }
        return builder.battles();
    }

    /** By how much the winner won: the grade of the verdict. */
    private int margin(int row) {
        return verdicts[table.verdict(row)] instanceof Verdict.Decided d ? Math.max(1, d.grade()) : 1;
    }

    /** The names of the covariates. */
    private List<String> names() {
        List<String> names = new ArrayList<>(options.columns().controls());
        if (table.hasNeutral()) {
            names.add(Battles.HOME_ADVANTAGE);
        }
        return names;
    }

    private List<Double> covariates(int row) {
        int width = options.columns().controls().size();
        if (width == 0 && !table.hasNeutral()) {
            return List.of();
        }
        List<Double> values = new ArrayList<>();
        for (int k = 0; k < width; k++) {
            values.add(table.covariate(row, k, width));
        }
        if (table.hasNeutral()) {
            values.add(table.home(row));
        }
        return List.copyOf(values);
    }

    /** The rows as they were read; by time and order where there is an order. */
    private int[] inOrder(BitSet rows) {
        if (!table.ordered()) {
            return rows.stream().toArray();
        }
        return rows.stream()
                .boxed()
                .sorted((a, b) -> {
                    int byTime = Double.compare(time(a), time(b));
                    return byTime != 0 ? byTime : Double.compare(table.order(a), table.order(b));
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** What is added to the times, so that battles of one time are in their order, and only those of one order are at once. */
    private double[] steps(int[] order) {
        double[] steps = new double[order.length];
        for (int k = 1; k < order.length && table.ordered(); k++) {
            boolean together = time(order[k]) == time(order[k - 1]);
            boolean equal = table.order(order[k]) == table.order(order[k - 1]);
            steps[k] = together ? steps[k - 1] + (equal ? 0 : STEP) : 0;
        }
        return steps;
    }
}
