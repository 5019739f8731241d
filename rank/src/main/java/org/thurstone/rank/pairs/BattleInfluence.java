package org.thurstone.rank.pairs;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Tally;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.linear.Cholesky;

/**
 * A Bradley–Terry fit with the influence of every battle on it: the inverse information times the battle's score, which is how far one Newton step
 * would move the parameters back without the battle (Cook 1977; Giordano and others, arXiv:1806.00550). Products of sums over the battles of one
 * annotator or prompt are the covariance that clustered battles leave (Liang and Zeger 1986); products of the influences of two fits to the same
 * battles are the covariance of the two fits, so that their difference has an interval.
 *
 * <p>Parameters are the ratings with mean zero, the effects of covariates, the home advantage and the tie parameter, as far as the model has them.
 */
public final class BattleInfluence {

    private final Battles battles;
    private final IntPredicate counted;
    private final PairFit fit;
    private final double[] parameters;
    private final boolean home;
    private final double[][] inverse;

    private BattleInfluence(Battles battles, IntPredicate counted, PairFit fit, boolean home) {
        this.battles = battles;
        this.counted = counted;
        this.fit = fit;
        this.home = home;
        this.parameters = fit.parameters().clone();
        System.arraycopy(fit.strengths(), 0, parameters, 0, fit.items());
        this.inverse = Cholesky.of(information()).inverse();
        fit.groups().centre(inverse);
    }

    /**
     * Fits some of the battles; the others have no influence.
     *
     * @param model without a half-life, and without weights by pair
     * @param counted whether a battle is fitted, by its index
     * @throws UserError if the counted battles do not make all items comparable, or do not determine the model
     */
    public static BattleInfluence of(BradleyTerry model, Battles battles, IntPredicate counted) {
        if (model.halfLife().isPresent()) {
            throw new UserError("the influence of battles is that on a fit without a half-life");
        }
        if (model.balance().isPresent()) {
            throw new UserError(
                    "the influence of battles is that on a fit in which they count the same, without balance");
        }
        PairModel inside = model.with(Solver.NEWTON).model("influence");
        PairFit fit = inside.fit(Cells.of(battles.where(counted), model.home(), Double.POSITIVE_INFINITY));
        if (fit.groups().count() > 1) {
            throw new UserError(
                    "these votes leave " + fit.groups().count() + " groups of items whose ratings cannot be compared");
        }
        return new BattleInfluence(battles, counted, fit, model.home());
    }

    /** Clusters of battles, such as those of an annotator. */
    public record Clusters(int count, IntUnaryOperator of) {

        /** Each battle as a cluster of its own. */
        public static Clusters battles(int count) {
            return new Clusters(count, b -> b);
        }

        /** The battles of each cluster. */
        public int[][] members(int battles) {
            int[] sizes = new int[count];
            IntStream.range(0, battles).map(of).forEach(c -> sizes[c]++);
            int[][] members = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
            for (int b = battles - 1; b >= 0; b--) {
                int cluster = of.applyAsInt(b);
                members[cluster][--sizes[cluster]] = b;
            }
            return members;
        }
    }

    /** In alphabetical order. */
    public List<String> items() {
        return battles.items();
    }

    /** In log-odds, with mean zero. */
    public double[] ratings() {
        return Arrays.copyOf(parameters, battles.items().size());
    }

    /** The index of the home advantage among the parameters; −1 where the model has none. */
    public int home() {
        return home ? battles.items().size() + battles.covariates().size() : -1;
    }

    /** A parameter: first the ratings, then effects, then the home advantage. */
    public double parameter(int which) {
        return parameters[which];
    }

    public int parameters() {
        return parameters.length;
    }

    /** The information of the fit, made definite. */
    private double[][] information() {
        int size = parameters.length;
        double[][] sum = new double[size][size];
        int[] at = new int[size];
        double[] direction = new double[size];
        double[] out = new double[Response.SIZE];
        boolean ties = fit.likelihood().response().ties();
        for (int b = 0; b < battles.count(); b++) {
            if (!counted.test(b)) {
                continue;
            }
            double weight = battles.weight(b);
            fit.likelihood().response().at(delta(b), fit.tie(), Tally.row(battles.outcome(b)), out);
            int width = direction(b, at, direction);
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    sum[at[i]][at[j]] -= weight * out[Response.BY_DELTA_DELTA] * direction[i] * direction[j];
                }
                if (ties) {
                    sum[at[i]][size - 1] -= weight * out[Response.BY_DELTA_TIE] * direction[i];
                    sum[size - 1][at[i]] = sum[at[i]][size - 1];
                }
            }
            if (ties) {
                sum[size - 1][size - 1] -= weight * out[Response.BY_TIE_TIE];
            }
        }
        Prior prior = fit.likelihood().prior();
        for (int i = 0; i < fit.items(); i++) {
            sum[i][i] -= prior.bend(fit.parameters()[i]);
        }
        return prior.none() ? Groups.one(fit.items()).hold(sum) : sum;
    }

    private double delta(int b) {
        double delta = parameters[battles.left(b)] - parameters[battles.right(b)];
        int n = battles.items().size();
        int covariates = battles.covariates().size();
        for (int k = 0; k < covariates; k++) {
            delta += parameters[n + k] * battles.covariate(b, k);
        }
        return home ? delta + parameters[n + covariates] : delta;
    }

    /** Writes the non-zero entries of the gradient of a battle's difference; how many there are. */
    private int direction(int b, int[] at, double[] values) {
        int n = battles.items().size();
        at[0] = battles.left(b);
        values[0] = 1;
        at[1] = battles.right(b);
        values[1] = -1;
        int width = 2;
        for (int k = 0; k < battles.covariates().size(); k++) {
            at[width] = n + k;
            values[width++] = battles.covariate(b, k);
        }
        if (home) {
            at[width] = home();
            values[width++] = 1;
        }
        return width;
    }

    /** The score of a battle: its non-zero entries, at these parameters. */
    private int score(int b, int[] at, double[] values, double[] out) {
        if (!counted.test(b)) {
            return 0;
        }
        fit.likelihood().response().at(delta(b), fit.tie(), Tally.row(battles.outcome(b)), out);
        int width = direction(b, at, values);
        for (int i = 0; i < width; i++) {
            values[i] *= battles.weight(b) * out[Response.BY_DELTA];
        }
        if (fit.likelihood().response().ties()) {
            at[width] = parameters.length - 1;
            values[width++] = battles.weight(b) * out[Response.BY_TIE];
        }
        return width;
    }

    /**
     * The residual of a battle: the derivative of its log-probability by the difference of the two items, times its weight; 0 where it is not
     * counted. It is what the battle adds to the score of the left item, and takes from that of the right one.
     */
    public double residual(int battle) {
        if (!counted.test(battle)) {
            return 0;
        }
        double[] out = new double[Response.SIZE];
        fit.likelihood().response().at(delta(battle), fit.tie(), Tally.row(battles.outcome(battle)), out);
        return battles.weight(battle) * out[Response.BY_DELTA];
    }

    /**
     * How far some battles hold the ratings, all together.
     *
     * @param pull of each parameter: about what it would lose without them
     * @param error the standard deviation that the pull would have if the battles were independent
     */
    public record Pull(double[] pull, double[] error) {}

    /** The pull of some battles. */
    public Pull pull(int[] some) {
        int size = parameters.length;
        double[] sum = new double[size];
        double[] squares = new double[size];
        int[] at = new int[size];
        double[] values = new double[size];
        double[] out = new double[Response.SIZE];
        for (int b : some) {
            int width = score(b, at, values, out);
            for (int i = 0; i < size && width > 0; i++) {
                double of = 0;
                for (int k = 0; k < width; k++) {
                    of += inverse[i][at[k]] * values[k];
                }
                sum[i] += of;
                squares[i] += of * of;
            }
        }
        return new Pull(sum, Arrays.stream(squares).map(Math::sqrt).toArray());
    }

    /**
     * The covariance of all parameters, if clusters are independent; with the usual factor G/(G − 1)·(N − 1)/(N − p) for few clusters and battles (MacKinnon
     * and White 1985).
     */
    public double[][] covariance(Clusters clusters) {
        return covariance(this, clusters);
    }

    /** The covariance of these parameters (rows) with those of another fit to the same battles (columns), if clusters are independent. */
    public double[][] covariance(BattleInfluence other, Clusters clusters) {
        double[][] products = new double[parameters.length][other.parameters.length];
        Sum mine = new Sum(parameters.length);
        Sum theirs = new Sum(other.parameters.length);
        for (int[] cluster : clusters.members(battles.count())) {
            for (int b : cluster) {
                mine.add(this, b);
                theirs.add(other, b);
            }
            for (int i = 0; i < mine.count; i++) {
                double[] row = products[mine.touched[i]];
                double value = mine.values[mine.touched[i]];
                for (int j = 0; j < theirs.count; j++) {
                    row[theirs.touched[j]] += value * theirs.values[theirs.touched[j]];
                }
            }
            mine.clear();
            theirs.clear();
        }
        double used = IntStream.range(0, battles.count()).filter(counted).count();
        double freedom = Math.max(1, used - parameters.length);
        double factor = clusters.count() / Math.max(1.0, clusters.count() - 1.0) * Math.max(1, (used - 1) / freedom);
        double[][] covariance = product(product(inverse, products), other.inverse);
        for (double[] row : covariance) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
        return covariance;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        IntStream.range(0, a.length).parallel().forEach(i -> {
            for (int k = 0; k < b.length; k++) {
                double factor = a[i][k];
                for (int j = 0; j < b[0].length && factor != 0; j++) {
                    product[i][j] += factor * b[k][j];
                }
            }
        });
        return product;
    }

    /** A sum of scores, of which most entries are zero. */
    private static final class Sum {
        private final double[] values;
        private final boolean[] seen;
        private final int[] touched;
        private final int[] at;
        private final double[] score;
        private final double[] out = new double[Response.SIZE];
        private int count;

        Sum(int size) {
            values = new double[size];
            seen = new boolean[size];
            touched = new int[size];
            at = new int[size];
            score = new double[size];
        }

        void add(BattleInfluence of, int b) {
            int width = of.score(b, at, score, out);
            for (int k = 0; k < width; k++) {
                int i = at[k];
                if (!seen[i]) {
                    seen[i] = true;
                    touched[count++] = i;
                }
                values[i] += score[k];
            }
        }

        void clear() {
            for (int k = 0; k < count; k++) {
                seen[touched[k]] = false;
                values[touched[k]] = 0;
            }
            count = 0;
        }
    }
}
