package org.thurstone.train.loss;

import java.util.Random;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.single.Kto;

/** Pairs for tests: rows of token log-probabilities, of which no two need be of one length. */
final class Pairs {

    /** The same with completions of other prompts, for KTO. */
    static SingleBatch mismatched(SingleBatch batch, Sequences others) {
        return batch.withContext(batch.context().withCompletions(Kto.MISMATCHED, others));
    }

    // The pairs that TRL's figures were made on.
    static final double[][] CHOSEN = {{-0.7, -1.2, -0.3}, {-2.1, -0.4}, {-0.05}};
    static final double[][] REFERENCE_CHOSEN = {{-0.9, -1.0, -0.6}, {-1.5, -0.8}, {-0.3}};
    static final double[][] REJECTED = {{-1.1, -0.6}, {-0.2, -0.9, -1.4, -0.5}, {-3.0, -2.5}};
    static final double[][] REFERENCE_REJECTED = {{-0.8, -0.9}, {-0.5, -0.7, -1.1, -0.6}, {-2.0, -2.2}};

    private Pairs() {}

    static Sequences sequences(double[][] policy, double[][] reference) {
        return Sequences.of(padded(policy, 0), padded(reference, 0), mask(policy, 0));
    }

    static PairBatch trl() {
        return PairBatch.of(sequences(CHOSEN, REFERENCE_CHOSEN), sequences(REJECTED, REFERENCE_REJECTED));
    }

    /** Only pair i, without padding. */
    static PairBatch trl(int i) {
        return PairBatch.of(
                sequences(new double[][] {CHOSEN[i]}, new double[][] {REFERENCE_CHOSEN[i]}),
                sequences(new double[][] {REJECTED[i]}, new double[][] {REFERENCE_REJECTED[i]}));
    }

    static Tensor padded(double[][] rows, int more) {
        int width = width(rows, more);
        double[] flat = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * width, rows[i].length);
        }
        return Tensor.of(flat, rows.length, width);
    }

    static Tensor mask(double[][] rows, int more) {
        double[][] ones = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            ones[i] = new double[rows[i].length];
            java.util.Arrays.fill(ones[i], 1);
        }
        return padded(ones, more);
    }

    /** (n, T, classes): logits that differ from class to class and from token to token. */
    static Tensor classes(Tensor perToken) {
        Tensor steps = Tensor.range(DegreeAware.MOST_DEGREES, Device.CPU).to(perToken.type());
        return perToken.unsqueeze(2).mul(steps.mul(0.3).sin());
    }

    private static int width(double[][] rows, int more) {
        int width = 0;
        for (double[] row : rows) {
            width = Math.max(width, row.length);
        }
        return width + more;
    }

    /** n rows of 1 … longest tokens. */
    static double[][] random(Random random, int n, int longest) {
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = random.doubles(1 + random.nextInt(longest))
                    .map(u -> Math.log(0.02 + 0.95 * u))
                    .toArray();
        }
        return rows;
    }

    /** Rows of the same lengths. */
    static double[][] like(Random random, double[][] rows) {
        double[][] others = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            others[i] = random.doubles(rows[i].length)
                    .map(u -> Math.log(0.02 + 0.95 * u))
                    .toArray();
        }
        return others;
    }

    /** One row of one token, for losses of a log-ratio: reference 0. */
    static Sequences oneToken(double... logRatios) {
        Tensor zeros = Tensor.zeros(DType.FLOAT64, Device.CPU, logRatios.length, 1);
        return Sequences.of(Tensor.of(logRatios, logRatios.length, 1), zeros, zeros.add(1));
    }
}
