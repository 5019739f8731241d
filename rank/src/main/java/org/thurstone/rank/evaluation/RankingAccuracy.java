package org.thurstone.rank.evaluation;

import org.thurstone.statistics.Estimate;
import org.thurstone.statistics.Logistic;

/**
 * The share of pairs for which a scorer ranks the preferred answer first (arXiv:2405.19534, section 3); a tie of scores is half a hit, so that a
 * scorer that knows nothing comes to ½.
 */
public final class RankingAccuracy {

    private RankingAccuracy() {}

    /**
     * The share of pairs in order.
     *
     * @param chosen scores of the preferred answers: rewards, log-probabilities
     * @param rejected scores of the others, in the same order
     */
    public static Estimate of(double[] chosen, double[] rejected) {
        double[] hits = new double[chosen.length];
        for (int i = 0; i < hits.length; i++) hits[i] = credit(chosen[i], rejected[i]);
        return Estimate.ofMean(hits);
    }

    /** 1 in order, ½ tied, 0 out of order. */
    static double credit(double chosen, double rejected) {
        return chosen > rejected ? 1 : chosen < rejected ? 0 : 0.5;
    }

    /**
     * What a policy that fits the preferences perfectly would reach, started from a reference model (equation 6 there): its log-ratio of a pair is the
     * reference's plus logit(α) / β, and may still be the wrong way round.
     *
     * @param referenceChosen log-probabilities under the reference
     * @param referenceRejected the same of the others
     * @param preferring α: the share of people that prefer the preferred one, in (0, 1]
     * @param beta of the objective, above 0
     */
    public static Estimate idealised(
            double[] referenceChosen, double[] referenceRejected, double[] preferring, double beta) {
        double[] hits = new double[referenceChosen.length];
        for (int i = 0; i < hits.length; i++) {
            double gain = Logistic.logit(preferring[i]) / beta;
            hits[i] = credit(referenceChosen[i] - referenceRejected[i] + gain, 0);
        }
        return Estimate.ofMean(hits);
    }

    /**
     * How far a pair's DPO loss has to come down before the policy puts the pair in order (theorem 4.1 there): −log σ(β·c), c by how much the
     * reference prefers the rejected answer. Where c is above 0 that is below log 2, where training starts; a pair that the reference has in order
     * may even lose some.
     *
     * @param referenceChosen log-probability under the reference
     * @param referenceRejected the same of the other answer
     * @param beta of the objective, above 0
     */
    public static double turningLoss(double referenceChosen, double referenceRejected, double beta) {
        return -Logistic.logSigmoid(beta * (referenceRejected - referenceChosen));
    }
}
