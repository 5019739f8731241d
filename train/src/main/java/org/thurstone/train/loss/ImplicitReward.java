package org.thurstone.train.loss;

import java.util.Arrays;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * The implicit reward of a completion under a loss, as TRL's trainers log it: β times what the loss compares. Losses with a reference compare
 * log-ratios (DPO, KTO, BCO, IPO), those without compare log-probabilities, summed (CPO) or per token (SimPO, ORPO).
 *
 * @param beta scale, above 0; 1 for a loss without β
 */
public record ImplicitReward(Form form, double beta) {

    /** The quantity that is scaled. */
    public enum Form {
        /** Σ (log π − log π_ref) over the tokens. */
        LOG_RATIO,
        /** Σ log π over the tokens. */
        LOG_PROB,
        /** Mean of log π over the tokens. */
        MEAN_LOG_PROB
    }

    /** For a loss that says no more than its signals and its component {@code beta}. */
    static ImplicitReward of(Loss loss) {
        boolean reference = loss.signals().contains(FrozenLogProbs.REFERENCE);
        return new ImplicitReward(reference ? Form.LOG_RATIO : Form.MEAN_LOG_PROB, beta(loss));
    }

    private static double beta(Loss loss) {
        if (!loss.getClass().isRecord()) {
            return 1;
        }
        return Arrays.stream(loss.getClass().getRecordComponents())
                .filter(c -> c.getName().equals("beta") && c.getType() == double.class)
                .filter(c -> c.getAccessor().trySetAccessible())
                .map(c -> {
                    try {
                        return (double) c.getAccessor().invoke(loss);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(loss.name() + " has a beta that cannot be read", e);
                    }
                })
                .findFirst()
                .filter(beta -> beta > 0)
                .orElse(1.0);
    }
}
