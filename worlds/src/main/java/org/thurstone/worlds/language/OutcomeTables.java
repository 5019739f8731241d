package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.loop.evaluation.AnswerOutcome;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.statistics.Estimate;
import org.thurstone.statistics.Quantiles;

/**
 * What became of the answers to the held-out prompts before and after training: by kind of prompt, and where the gain comes from.
 *
 * @param before one per held-out prompt
 * @param after likewise, in the same order
 */
record OutcomeTables(List<AnswerOutcome> before, List<AnswerOutcome> after) {

    private static final int RESAMPLES = 2000;

    OutcomeTables {
        before = List.copyOf(before);
        after = List.copyOf(after);
        if (before.size() != after.size() || before.isEmpty()) {
            throw new IllegalArgumentException(
                    before.size() + " outcomes before and " + after.size() + " after are not of the same prompts");
        }
    }

    /**
     * The difference of the pass rates on the same prompts, with a percentile interval of a bootstrap over prompts.
     *
     * @param which prompts count
     */
    Estimate gain(Predicate<AnswerOutcome> which, SplittableGenerator random) {
        double[] differences = IntStream.range(0, before.size())
                .filter(i -> which.test(before.get(i)))
                .mapToDouble(
                        i -> (after.get(i).passes() ? 1 : 0) - (before.get(i).passes() ? 1 : 0))
                .toArray();
        int n = differences.length;
        if (n == 0) {
            return Estimate.none(0);
        }
        double[] means = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += differences[random.nextInt(n)];
            }
            means[b] = sum / n;
        }
        double mean = Arrays.stream(differences).sum() / n;
        Arrays.sort(means);
        return new Estimate(mean, Quantiles.interpolated(means, 0.025), Quantiles.interpolated(means, 0.975), n);
    }

    /** Pass rates of all prompts, of the kinds in training, and of the others. */
    Table summary(SplittableGenerator random) {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("all", o -> true, random));
        rows.add(row("kinds in training", AnswerOutcome::trained, random));
        rows.add(row("unseen kinds", o -> !o.trained(), random));
        return new Table(
                "Held-out prompts",
                "One sample per prompt, the same prompts before and after. Gain: difference of the pass rates, with the 95 % interval of a bootstrap over"
                        + " prompts. No topic of these prompts occurs in training.",
                List.of(
                        Column.text("prompts"),
                        Column.number("number"),
                        Column.number("pass before"),
                        Column.number("pass after"),
                        Column.number("gain in points"),
                        Column.number("ended before"),
                        Column.number("ended after"),
                        Column.number("words before"),
                        Column.number("words after")),
                rows);
    }

    private List<Cell> row(String what, Predicate<AnswerOutcome> which, SplittableGenerator random) {
        List<AnswerOutcome> first = before.stream().filter(which).toList();
        List<AnswerOutcome> last = after.stream().filter(which).toList();
        Estimate gain = gain(which, random);
        return List.of(
                Cell.text(what),
                Cell.count(first.size()),
                share(first, AnswerOutcome::passes),
                share(last, AnswerOutcome::passes),
                first.isEmpty()
                        ? Cell.missing()
                        : Cell.number(100 * gain.mean(), 100 * gain.low(), 100 * gain.high(), 1),
                share(first, AnswerOutcome::ended),
                share(last, AnswerOutcome::ended),
                mean(first, AnswerOutcome::words),
                mean(last, AnswerOutcome::words));
    }

    private static Cell share(List<AnswerOutcome> of, Predicate<AnswerOutcome> which) {
        if (of.isEmpty()) {
            return Cell.missing();
        }
        Estimate share = Estimate.ofShare((double) of.stream().filter(which).count(), of.size());
        return Cell.percent(share.mean(), share.low(), share.high());
    }

    private static Cell mean(List<AnswerOutcome> of, ToDoubleFunction<AnswerOutcome> value) {
        return of.isEmpty()
                ? Cell.missing()
                : Cell.number(of.stream().mapToDouble(value).average().orElseThrow(), 1);
    }

    /**
     * The pass rate is a product of three shares: of answers that end, of those that obey among these, and of those with substance among these. The gain is
     * divided over the three by the mean over all orders in which they can change (Shapley's value).
     */
    Table sources() {
        double[] first = shares(before);
        double[] last = shares(after);
        double[] parts = contributions(first, last);
        List<String> names = List.of("answers that end", "of these, those that obey", "of these, those with substance");
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(List.of(
                    Cell.text(names.get(i)),
                    Cell.percent(first[i]),
                    Cell.percent(last[i]),
                    Cell.number(100 * parts[i], 1)));
        }
        return new Table(
                "Where the gain comes from",
                "The pass rate is the product of the three shares. Contributions add up to its gain; each is a mean over the orders in which the shares can"
                        + " change. Substance: the answer mentions its topic and has enough words.",
                List.of(
                        Column.text("share"),
                        Column.number("before"),
                        Column.number("after"),
                        Column.number("contribution in points")),
                rows);
    }

    /** The shares of answers that end, of these those that obey, and of these those with substance; a share of nothing is 0. */
    private static double[] shares(List<AnswerOutcome> of) {
        double ended = of.stream().filter(AnswerOutcome::ended).count();
        double obey = of.stream().filter(o -> o.ended() && o.obeys()).count();
        double pass = of.stream().filter(AnswerOutcome::passes).count();
        return new double[] {ended / of.size(), ended == 0 ? 0 : obey / ended, obey == 0 ? 0 : pass / obey};
    }

    /** How much of the change of a product each of three factors makes. */
    static double[] contributions(double[] first, double[] last) {
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        double[] sums = new double[3];
        for (int[] order : orders) {
            double[] now = first.clone();
            for (int factor : order) {
                double product = now[0] * now[1] * now[2];
                now[factor] = last[factor];
                sums[factor] += now[0] * now[1] * now[2] - product;
            }
        }
        return new double[] {sums[0] / orders.length, sums[1] / orders.length, sums[2] / orders.length};
    }

    /** Pass rates by kind, the kinds in training first. */
    Table kinds() {
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < before.size(); i++) {
            places.computeIfAbsent(before.get(i).kind(), kind -> new ArrayList<>())
                    .add(i);
        }
        List<List<Cell>> rows = Stream.of(true, false)
                .flatMap(trained -> places.entrySet().stream()
                        .filter(each -> before.get(each.getValue().getFirst()).trained() == trained))
                .map(each -> kind(each.getKey(), each.getValue()))
                .toList();
        return new Table(
                "By kind of instruction",
                "Pass rates with 95 % intervals. Contributions add up to the gain over all prompts.",
                List.of(
                        Column.text("kind"),
                        Column.text("in training"),
                        Column.number("number"),
                        Column.number("pass before"),
                        Column.number("pass after"),
                        Column.number("contribution in points")),
                rows);
    }

    private List<Cell> kind(String kind, List<Integer> places) {
        List<AnswerOutcome> first = places.stream().map(before::get).toList();
        List<AnswerOutcome> last = places.stream().map(after::get).toList();
        double more = (double) last.stream().filter(AnswerOutcome::passes).count()
                - first.stream().filter(AnswerOutcome::passes).count();
        return List.of(
                Cell.text(kind),
                Cell.text(first.getFirst().trained() ? "yes" : "no"),
                Cell.count(places.size()),
                share(first, AnswerOutcome::passes),
                share(last, AnswerOutcome::passes),
                Cell.number(100 * more / before.size(), 1));
    }
}
