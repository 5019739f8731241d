package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.thurstone.train.loss.pair.*;

/** Values worked out by hand on the first pair of {@link Pairs}: Δ_w = 0.3, Δ_l = 0, |y_w| = 3, |y_l| = 2. */
class PairLossValuesTest {

    private static final double LOG_W = -2.2;
    private static final double LOG_L = -1.7;
    private static final double DELTA_W = -2.2 + 2.5;
    private static final double DELTA_L = -1.7 + 1.7;
    private static final double H = DELTA_W - DELTA_L;

    private static double value(PairLoss loss) {
        return loss.each(Pairs.trl()).toDoubles()[0];
    }

    private static void is(PairLoss loss, double expected) {
        assertThat(value(loss)).as("%s", loss).isCloseTo(expected, within(1e-12));
    }

    private static double logSigmoid(double x) {
        return -Math.log1p(Math.exp(-x));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void dpoAndItsNearestRelatives() {
        is(new Dpo(0.1, 0), -logSigmoid(0.1 * H));
        is(new Dpo(0.1, 0.2), -0.8 * logSigmoid(0.1 * H) - 0.2 * logSigmoid(-0.1 * H));
        is(new Cdpo(0.1, 0.2), -0.8 * logSigmoid(0.1 * H) - 0.2 * logSigmoid(-0.1 * H));
        is(new Rdpo(0.1, 0.2), (-0.8 * logSigmoid(0.1 * H) + 0.2 * logSigmoid(-0.1 * H)) / 0.6);
        is(new LengthDpo(0.1, 0.02), -logSigmoid(0.1 * H + 0.02 * (3 - 2)));
        is(new NormalisedDpo(0.1), -logSigmoid(0.1 * (DELTA_W / 3 - DELTA_L / 2)));
        is(new FlexDpo(0.1, 0.05), -logSigmoid(0.1 * DELTA_W - 0.05 * DELTA_L));
        is(new Cream(0.1, 0.5), -0.75 * logSigmoid(0.1 * H) - 0.25 * logSigmoid(-0.1 * H));
        is(new Dpop(0.3, 50), -logSigmoid(0.3 * H)); // the chosen gained likelihood, so there is no penalty
        assertThat(new Dpop(0.3, 5).each(Pairs.trl()).toDoubles()[1])
                .isCloseTo(-logSigmoid(0.3 * (-0.2 + 0.1 - 5 * 0.2)), within(1e-12));
    }

    @Test
    void lossesWithLikelihood() {
        is(new Irpo(0.1, 2), -logSigmoid(0.1 * H) - 2 * LOG_W / 3);
        is(new Rpo(0.1, 0.005), -logSigmoid(0.1 * H) - 0.005 * 0.1 * LOG_W);
        // the batch's three chosen completions have 6 tokens, 2 on average
        is(new Cpo(0.1, 1, 0), -logSigmoid(0.1 * (LOG_W - LOG_L)) - LOG_W / 2);
        is(new SlicHf(1, 0.1), Math.max(0, 1 - LOG_W + LOG_L) - 0.1 * LOG_W);
        double w = Math.exp(LOG_W / 3);
        double l = Math.exp(LOG_L / 2);
        double odds = Math.log(w / (1 - w)) - Math.log(l / (1 - l));
        is(new Orpo(0.1), -LOG_W / 3 - 0.1 * logSigmoid(odds));
    }

    @Test
    void lossesWithTargets() {
        is(new Ipo(0.1, true), Math.pow(DELTA_W / 3 - DELTA_L / 2 - 5, 2));
        is(new Ipo(0.1, false), Math.pow(H - 5, 2));
        is(new Irepo(0.1, 0.05), Math.pow(0.1 * H - Math.log(0.95 / 0.05), 2));
        is(new Sppo(0.5), 0.5 * (Math.pow(DELTA_W - 1, 2) + Math.pow(DELTA_L + 1, 2)));
        is(new SppoHard(0.5), Math.pow(DELTA_W - 1, 2) + Math.pow(DELTA_L + 1, 2));
        is(new Slic(0.1), 1 - 0.1 * H);
        is(new SimPo(2, 0.5), -logSigmoid(2 * (LOG_W / 3 - LOG_L / 2) - 1));
        double alpha = 0.25;
        double bentW = (1 - Math.exp(-alpha * LOG_W / 3)) / alpha;
        double bentL = (1 - Math.exp(-alpha * LOG_L / 2)) / alpha;
        is(new AlphaPo(alpha, 2, 0.5), -logSigmoid(2 * (bentW - bentL) - 1));
    }

    @Test
    void otherShapes() {
        double q = sigmoid(0.1 * H);
        is(new Exo(0.1, 0.1), q * Math.log(q / 0.9) + (1 - q) * Math.log((1 - q) / 0.1));
        double z = 0.05 * H;
        double m = sigmoid(z / 0.05);
        is(new DiscoPop(0.05, 0.05), (1 - m) * -logSigmoid(z) + m * Math.exp(-z));
        is(
                new NcaPair(0.1),
                -logSigmoid(0.1 * DELTA_W) - 0.5 * logSigmoid(-0.1 * DELTA_W) - 0.5 * logSigmoid(-0.1 * DELTA_L));
        is(new BcoPair(0.1), -logSigmoid(0.1 * DELTA_W) - logSigmoid(-0.1 * DELTA_L));
        is(new ApoZero(0.1), 1 - sigmoid(0.1 * DELTA_W) + sigmoid(0.1 * DELTA_L));
        is(new ApoDown(0.1), sigmoid(0.1 * DELTA_W) + 1 - sigmoid(0.1 * H));
        is(new ForwardKlDpo(0.1), -logSigmoid(0.1 * (Math.exp(-DELTA_L) - Math.exp(-DELTA_W))));
        is(new JensenShannonDpo(0.1), -logSigmoid(0.1 * (logSigmoid(DELTA_W) - logSigmoid(DELTA_L))));
        is(new AlphaDpo(0.1, 0.5), -logSigmoid(0.1 * (Math.exp(-0.5 * DELTA_W) - Math.exp(-0.5 * DELTA_L)) / -0.5));
        // the third token of the chosen lies beyond the rejected's two: its log-ratio −0.3 + 0.6 counts half
        is(new LdDpo(0.1, 0.5), -logSigmoid(0.1 * ((-0.7 + 0.9 - 1.2 + 1.0) + 0.5 * 0.3 - DELTA_L)));
    }
}
