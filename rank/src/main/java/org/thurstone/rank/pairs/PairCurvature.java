package org.thurstone.rank.pairs;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.ConjugateGradients;

/**
 * A symmetric matrix of the parameters of a pair likelihood, as sparse as the pairs that met: minus the second derivatives, or the scatter
 * of the scores. Of the items it is the Laplacian of a graph, whose edges are the cells, plus the prior's diagonal; covariate effects and
 * the tie parameter add a few full rows.
 *
 * @param left the left item of each cell
 * @param right the right item of each cell
 * @param edges what each cell couples its two items by; single precision, which changes how fast a fit converges but not where to
 * @param diagonal of the items
 * @param border a row for each further parameter: its entries with the items, and with the further parameters up to itself
 */
record PairCurvature(int[] left, int[] right, float[] edges, double[] diagonal, double[][] border)
        implements ConjugateGradients.Operator {

    /** So many right-hand sides are solved at once. */
    static final int WIDTH = 8;

    /** A chain of as many items takes as many steps, and rounding some more. */
    private static final int MOST_STEPS = 100_000;

    private static final int MOST_PARTS = 4;

    /** In how many parts the cells are worked on in parallel: a part has sums of its own, which must be few against its cells. */
    static int parts(int cells, int items) {
        return Math.max(1, Math.min(MOST_PARTS, cells / (4 * Math.max(256, items))));
    }

    static int from(int part, int parts, int cells) {
        return (int) ((long) cells * part / parts);
    }

    int items() {
        return diagonal.length;
    }

    int size() {
        return diagonal.length + border.length;
    }

    @Override
    public void multiply(double[] x, double[] y, int width) {
        int n = items();
        int parts = parts(left.length, n);
        double[][] sums = IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> {
                    double[] sum = part == 0 ? y : new double[n * width];
                    if (part == 0) {
                        Arrays.fill(y, 0);
                    }
                    int from = from(part, parts, left.length);
                    int to = from(part + 1, parts, left.length);
                    if (width == WIDTH) {
                        addWide(x, sum, from, to);
                    } else {
                        add(x, sum, width, from, to);
                    }
                    return sum;
                })
                .toArray(double[][]::new);
        for (int i = 0; i < n; i++) {
            double own = diagonal[i];
            for (int at = i * width; at < (i + 1) * width; at++) {
                double sum = y[at];
                for (int part = 1; part < parts; part++) {
                    sum += sums[part][at];
                }
                y[at] = own * x[at] - sum;
            }
        }
        for (int extra = 0; extra < border.length; extra++) {
            border(x, y, width, extra);
        }
    }

    private void add(double[] x, double[] sum, int width, int from, int to) {
        for (int c = from; c < to; c++) {
            double edge = edges[c];
            int l = left[c] * width;
            int r = right[c] * width;
            for (int k = 0; k < width; k++) {
                sum[l + k] += edge * x[r + k];
                sum[r + k] += edge * x[l + k];
            }
        }
    }

    /** Spelled out, for the compiler does not unroll a loop this short so well. */
    private void addWide(double[] x, double[] sum, int from, int to) {
        for (int c = from; c < to; c++) {
            double edge = edges[c];
            int l = left[c] * WIDTH;
            int r = right[c] * WIDTH;
            sum[l] += edge * x[r];
            sum[l + 1] += edge * x[r + 1];
            sum[l + 2] += edge * x[r + 2];
            sum[l + 3] += edge * x[r + 3];
            sum[l + 4] += edge * x[r + 4];
            sum[l + 5] += edge * x[r + 5];
            sum[l + 6] += edge * x[r + 6];
            sum[l + 7] += edge * x[r + 7];
            sum[r] += edge * x[l];
            sum[r + 1] += edge * x[l + 1];
            sum[r + 2] += edge * x[l + 2];
            sum[r + 3] += edge * x[l + 3];
            sum[r + 4] += edge * x[l + 4];
            sum[r + 5] += edge * x[l + 5];
            sum[r + 6] += edge * x[l + 6];
            sum[r + 7] += edge * x[l + 7];
        }
    }

    private void border(double[] x, double[] y, int width, int extra) {
        double[] row = border[extra];
        int own = (items() + extra) * width;
        Arrays.fill(y, own, own + width, 0);
        for (int j = 0; j < row.length; j++) {
            int at = j * width;
            for (int k = 0; k < width; k++) {
                y[own + k] += row[j] * x[at + k];
                if (at != own) {
                    y[at + k] += row[j] * x[own + k];
                }
            }
        }
    }

    /** About the inverse: that of the diagonal, and that of the further parameters among themselves. */
    ConjugateGradients.Operator preconditioner() {
        int n = items();
        double[] inverse = Arrays.stream(diagonal).map(d -> d > 0 ? 1 / d : 1).toArray();
        double[][] corner = Arrays.stream(border)
                .map(row -> Arrays.copyOfRange(row, n, row.length))
                .toArray(double[][]::new);
        Cholesky further = Cholesky.of(corner);
        return (x, y, width) -> {
            for (int i = 0; i < n; i++) {
                for (int at = i * width; at < (i + 1) * width; at++) {
                    y[at] = inverse[i] * x[at];
                }
            }
            double[] b = new double[border.length];
            for (int k = 0; k < width && b.length > 0; k++) {
                for (int extra = 0; extra < b.length; extra++) {
                    b[extra] = x[(n + extra) * width + k];
                }
                double[] solved = further.solve(b);
                for (int extra = 0; extra < b.length; extra++) {
                    y[(n + extra) * width + k] = solved[extra];
                }
            }
        };
    }

    /**
     * Solutions of systems with this matrix.
     *
     * @param b parameters × width, row by row; without a prior it sums to zero over the items of each group
     * @param tolerance how much smaller the residual becomes
     * @throws ArithmeticException if the further parameters are not determined
     */
    double[] solve(double[] b, int width, double tolerance) {
        return ConjugateGradients.solve(this, preconditioner(), b, width, tolerance, MOST_STEPS);
    }
}
