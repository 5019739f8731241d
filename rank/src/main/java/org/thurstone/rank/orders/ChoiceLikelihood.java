package org.thurstone.rank.orders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.certainty.Groups;

/**
 * The log-likelihood of orders under Plackett and Luce, with ties as Davidson and Luce have them (Turner, van Etten, Firth and Kosmidis
 * 2020): a block of t items is chosen with a weight of δ_t times the geometric mean of its worths, among all blocks of the sizes that
 * occur, δ_1 = 1. Parameters: log-worths, then log δ for each size above one. Concave, as a sum of linear terms and minus log-sums of
 * exponentials.
 */
final class ChoiceLikelihood {

    private final Rankings rankings;
    private final List<List<Choice>> choices;
    private final int[] sizes;
    private final double ridge;
    private final double[] pull;
    private final int n;

    ChoiceLikelihood(Rankings rankings, Groups groups, double ridge) {
        this(rankings, groups, ridge, new double[rankings.items().size()]);
    }

    /** @param pull added to the slope at each item; see {@link org.thurstone.rank.certainty.Bootstrap#pull} */
    ChoiceLikelihood(Rankings rankings, Groups groups, double ridge, double[] pull) {
        this.pull = pull;
        this.rankings = rankings;
        this.ridge = ridge;
        this.n = rankings.items().size();
        this.choices = new ArrayList<>();
        TreeSet<Integer> met = new TreeSet<>(List.of(1));
        for (Rankings.Ranking ranking : rankings.all()) {
            List<Choice> made = Choice.of(ranking, groups);
            made.forEach(choice -> met.add(choice.chosen()));
            choices.add(made);
        }
        this.sizes = met.stream().mapToInt(Integer::intValue).toArray();
    }

    int items() {
        return n;
    }

    int parameters() {
        return n + sizes.length - 1;
    }

    /** The sizes of chosen blocks that occur, ascending from one. */
    int[] sizes() {
        return sizes.clone();
    }

    boolean prior() {
        return ridge > 0;
    }

    Rankings rankings() {
        return rankings;
    }

    List<List<Choice>> choices() {
        return choices;
    }

    /** The penalised value, its gradient added to what is given. */
    double at(double[] p, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += pull[i] * p[i] - ridge / 2 * p[i] * p[i];
            gradient[i] += pull[i] - ridge * p[i];
        }
        for (int r = 0; r < choices.size(); r++) {
            sum += ranking(r, rankings.all().get(r).weight(), p, gradient);
        }
        return sum;
    }

    /** Without the prior. */
    double logLikelihood(double[] p) {
        double[] unused = new double[p.length];
        double sum = 0;
        for (int r = 0; r < choices.size(); r++) {
            sum += ranking(r, rankings.all().get(r).weight(), p, unused);
        }
        return sum;
    }

    /** One ranking's part, times a weight. */
    double ranking(int r, double weight, double[] p, double[] gradient) {
        double sum = 0;
        for (Choice choice : choices.get(r)) {
            sum += weight * choice(choice, weight, p, gradient);
        }
        return sum;
    }

    private double choice(Choice choice, double weight, double[] p, double[] gradient) {
        int[] from = choice.from();
        int t = choice.chosen();
        double log = t == 1 ? 0 : p[delta(t)];
        for (int k = 0; k < t; k++) {
            log += p[from[k]] / t;
            gradient[from[k]] += weight / t;
        }
        if (t > 1) {
            gradient[delta(t)] += weight;
        }
        double top = Arrays.stream(from).mapToDouble(i -> p[i]).max().orElse(0);
        return log - normaliser(from, top, weight, p, gradient);
    }

    private int delta(int size) {
        return n + Arrays.binarySearch(sizes, size) - 1;
    }

    /** log Σ over sizes u and blocks of that size; minus its gradient is added. Worths are taken relative to the largest. */
    private double normaliser(int[] from, double top, double weight, double[] p, double[] gradient) {
        int count = (int) Arrays.stream(sizes).filter(u -> u <= from.length).count();
        double[] part = new double[count];
        double[][] worth = new double[count][];
        double[][] sums = new double[count][];
        double total = 0;
        for (int s = 0; s < count; s++) {
            int u = sizes[s];
            worth[s] = Arrays.stream(from)
                    .mapToDouble(i -> Math.exp((p[i] - top) / u))
                    .toArray();
            sums[s] = symmetric(worth[s], u);
            part[s] = (s == 0 ? 1 : Math.exp(p[n + s - 1])) * sums[s][u];
            total += part[s];
        }
        for (int s = 0; s < count; s++) {
            int u = sizes[s];
            double scale = weight * (part[s] / total) / sums[s][u] / u;
            for (int k = 0; k < from.length; k++) {
                double a = worth[s][k];
                gradient[from[k]] -= scale * a * (u == 1 ? 1 : without(worth[s], k, u - 1));
            }
            if (s > 0) {
                gradient[n + s - 1] -= weight * part[s] / total;
            }
        }
        return top + Math.log(total);
    }

    /** Elementary symmetric sums of order 0 to u. */
    private static double[] symmetric(double[] a, int u) {
        double[] e = new double[u + 1];
        e[0] = 1;
        for (double x : a) {
            for (int k = u; k > 0; k--) {
                e[k] += x * e[k - 1];
            }
        }
        return e;
    }

    /** The symmetric sum of an order of all but one; summed anew, since dividing it out would cancel. */
    private static double without(double[] a, int left, int order) {
        double[] e = new double[order + 1];
        e[0] = 1;
        for (int i = 0; i < a.length; i++) {
            if (i != left) {
                for (int k = order; k > 0; k--) {
                    e[k] += a[i] * e[k - 1];
                }
            }
        }
        return e[order];
    }

    /** Minus the second derivatives: exact without ties, else central differences of the exact gradient. */
    double[][] information(double[] p) {
        return sizes.length == 1 ? exact(p) : differences(p);
    }

    private double[][] exact(double[] p) {
        double[][] information = new double[n][n];
        for (int i = 0; i < n; i++) {
            information[i][i] = ridge;
        }
        for (int r = 0; r < choices.size(); r++) {
            double weight = rankings.all().get(r).weight();
            for (Choice choice : choices.get(r)) {
                int[] from = choice.from();
                double top = Arrays.stream(from).mapToDouble(i -> p[i]).max().orElse(0);
                double[] share = Arrays.stream(from)
                        .mapToDouble(i -> Math.exp(p[i] - top))
                        .toArray();
                double total = Arrays.stream(share).sum();
                for (int a = 0; a < from.length; a++) {
                    double x = share[a] / total;
                    information[from[a]][from[a]] += weight * x;
                    for (int b = 0; b < from.length; b++) {
                        information[from[a]][from[b]] -= weight * x * share[b] / total;
                    }
                }
            }
        }
        return information;
    }

    private double[][] differences(double[] p) {
        double step = 1e-4;
        double[][] rows = IntStream.range(0, p.length)
                .parallel()
                .mapToObj(j -> {
                    double[] up = new double[p.length];
                    double[] down = new double[p.length];
                    at(moved(p, j, step), up);
                    at(moved(p, j, -step), down);
                    return IntStream.range(0, p.length)
                            .mapToDouble(i -> (down[i] - up[i]) / (2 * step))
                            .toArray();
                })
                .toArray(double[][]::new);
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < i; j++) {
                rows[i][j] = (rows[i][j] + rows[j][i]) / 2;
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    private static double[] moved(double[] p, int j, double by) {
        double[] moved = p.clone();
        moved[j] += by;
        return moved;
    }

    /** The sum of squared scores of single voters, a ranking of weight 3 being three of them, and of the prior. */
    double[][] scatter(double[] p) {
        double[][] scatter = new double[p.length][p.length];
        for (int i = 0; i < n; i++) {
            scatter[i][i] = ridge;
        }
        double[] score = new double[p.length];
        for (int r = 0; r < choices.size(); r++) {
            Arrays.fill(score, 0);
            ranking(r, 1, p, score);
            double weight = rankings.all().get(r).weight();
            int[] met = IntStream.range(0, p.length).filter(i -> score[i] != 0).toArray();
            for (int i : met) {
                for (int j : met) {
                    scatter[i][j] += weight * score[i] * score[j];
                }
            }
        }
        return scatter;
    }
}
