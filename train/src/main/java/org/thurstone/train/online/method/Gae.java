package org.thurstone.train.online.method;

/**
 * Generalised advantage estimation (arXiv:1506.02438, eq. 16): δ_t = r_t + γ·V_{t+1} − V_t, A_t = δ_t + γ·λ·A_{t+1}, with value and advantage 0
 * after the end. With λ = 1 it is the return to come less the value, with λ = 0 the one-step error.
 *
 * @param gamma γ in [0, 1]
 * @param lambda λ in [0, 1]
 */
record Gae(double gamma, double lambda) {

    /**
     * Advantages of one answer.
     *
     * @param rewards one per token
     * @param values of what precedes each token
     */
    double[] advantages(double[] rewards, double[] values) {
        double[] advantages = new double[rewards.length];
        double next = 0;
        double nextValue = 0;
        for (int t = rewards.length - 1; t >= 0; t--) {
            next = rewards[t] + gamma * nextValue - values[t] + gamma * lambda * next;
            nextValue = values[t];
            advantages[t] = next;
        }
        return advantages;
    }
}
