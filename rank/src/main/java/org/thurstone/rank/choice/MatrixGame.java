package org.thurstone.rank.choice;

import java.util.Arrays;

/**
 * The solution of a zero-sum matrix game: mixed strategies that guarantee the value.
 *
 * @param row probabilities of the rows, for the maximising player
 * @param column probabilities of the columns, for the minimising player
 */
public record MatrixGame(double[] row, double[] column, double value) {

    private static final double ZERO = 1e-12;

    /**
     * Solves a game by the simplex method: with all payoffs moved above 0, maximise Σy subject to A·y ≤ 1, y ≥ 0, whose slack basis is feasible.
     * Bland's rule prevents cycling.
     *
     * @param payoff of a row against a column, finite; rows × columns
     */
    public static MatrixGame solve(double[][] payoff) {
        int m = payoff.length;
        int n = payoff[0].length;
        double least =
                Arrays.stream(payoff).flatMapToDouble(Arrays::stream).min().orElse(0);
        double shift = 1 - least;
        // Rows of the tableau: A | I | 1, and below them the objective.
        double[][] t = new double[m + 1][n + m + 1];
        int[] basis = new int[m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) t[i][j] = payoff[i][j] + shift;
            t[i][n + i] = 1;
            t[i][n + m] = 1;
            basis[i] = n + i;
        }
        for (int j = 0; j < n; j++) t[m][j] = -1;
        for (int entering = entering(t[m]); entering >= 0; entering = entering(t[m])) {
            pivot(t, basis, leaving(t, basis, entering), entering);
        }
        double[] column = new double[n];
        for (int i = 0; i < m; i++) if (basis[i] < n) column[basis[i]] = Math.max(0, t[i][n + m]);
        double[] row = new double[m];
        for (int i = 0; i < m; i++) row[i] = Math.max(0, t[m][n + i]);
        double total = Arrays.stream(column).sum();
        return new MatrixGame(normalised(row), normalised(column), 1 / total - shift);
    }

    private static int entering(double[] objective) {
        for (int j = 0; j + 1 < objective.length; j++) if (objective[j] < -ZERO) return j;
        return -1;
    }

    private static int leaving(double[][] t, int[] basis, int entering) {
        int last = t[0].length - 1;
        int leaving = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < basis.length; i++) {
            if (t[i][entering] <= ZERO) continue;
            double ratio = t[i][last] / t[i][entering];
            boolean tied = Math.abs(ratio - least) <= ZERO;
            if (leaving < 0 || (tied ? basis[i] < basis[leaving] : ratio < least)) {
                leaving = i;
                least = ratio;
            }
        }
        if (leaving < 0) throw new IllegalStateException("a game with finite payoffs is bounded");
        return leaving;
    }

    private static void pivot(double[][] t, int[] basis, int row, int column) {
        double by = t[row][column];
        for (int j = 0; j < t[row].length; j++) t[row][j] /= by;
        for (int i = 0; i < t.length; i++) {
            double factor = t[i][column];
            if (i == row || factor == 0) continue;
            for (int j = 0; j < t[i].length; j++) t[i][j] -= factor * t[row][j];
        }
        basis[row] = column;
    }

    private static double[] normalised(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }

    /** How much the two could gain together by leaving these strategies: 0 but for rounding. */
    public double gap(double[][] payoff) {
        double best = Double.NEGATIVE_INFINITY;
        for (double[] line : payoff) {
            double sum = 0;
            for (int j = 0; j < column.length; j++) sum += line[j] * column[j];
            best = Math.max(best, sum);
        }
        double worst = Double.POSITIVE_INFINITY;
        for (int j = 0; j < column.length; j++) {
            double sum = 0;
            for (int i = 0; i < row.length; i++) sum += row[i] * payoff[i][j];
            worst = Math.min(worst, sum);
        }
        return best - worst;
    }
}
