package org.thurstone.model;

import org.thurstone.tensor.Tensor;

/**
 * A statistic of the distribution over the next token, for each scored token. Each is computed from rows of log-probabilities, a few
 * rows at a time, and its gradient by hand, so that nothing as large as vocabulary times batch is kept. An impossible token counts as one of
 * log-probability {@value #NEVER}.
 */
public enum Statistic {
    /** log Σ_v π(v)²: the log-probability that two draws agree. */
    COLLISION(false) {
        @Override
        public Tensor of(Tensor policy, Tensor reference) {
            return policy.mul(2).logSumExp(-1, false);
        }

        @Override
        public Tensor slope(Tensor policy, Tensor reference, Tensor value) {
            return policy.mul(2).softmax(-1).sub(policy.exp()).mul(2);
        }
    },
    /** −Σ_v π(v)·log π(v), in nats. */
    ENTROPY(false) {
        @Override
        public Tensor of(Tensor policy, Tensor reference) {
            return policy.exp().mul(possible(policy)).sum(-1).neg();
        }

        @Override
        public Tensor slope(Tensor policy, Tensor reference, Tensor value) {
            return policy.exp().mul(possible(policy).add(value)).neg();
        }
    },
    /** KL(π_ref ‖ π) = Σ_v π_ref(v)·(log π_ref(v) − log π(v)), in nats. */
    FORWARD_KL(true) {
        @Override
        public Tensor of(Tensor policy, Tensor reference) {
            return reference
                    .exp()
                    .mul(possible(reference).sub(possible(policy)))
                    .sum(-1);
        }

        @Override
        public Tensor slope(Tensor policy, Tensor reference, Tensor value) {
            return policy.exp().sub(reference.exp());
        }
    },
    /** KL(π ‖ π_ref) = Σ_v π(v)·(log π(v) − log π_ref(v)), in nats. */
    REVERSE_KL(true) {
        @Override
        public Tensor of(Tensor policy, Tensor reference) {
            return policy.exp().mul(possible(policy).sub(possible(reference))).sum(-1);
        }

        @Override
        public Tensor slope(Tensor policy, Tensor reference, Tensor value) {
            return policy.exp().mul(possible(policy).sub(possible(reference)).sub(value));
        }
    };

    private static final double NEVER = -1e30;

    private final boolean compares;

    Statistic(boolean compares) {
        this.compares = compares;
    }

    /** Whether it is one of two distributions, the policy's and a reference's. */
    public boolean compares() {
        return compares;
    }

    /**
     * The statistic of each row.
     *
     * @param policy (rows, vocabulary): log-probabilities
     * @param reference the same of the reference; read only by those that compare
     * @return (rows)
     */
    public abstract Tensor of(Tensor policy, Tensor reference);

    /**
     * Its gradient by the logits.
     *
     * @param value (rows, 1): what {@link #of} gave
     * @return (rows, vocabulary)
     */
    public abstract Tensor slope(Tensor policy, Tensor reference, Tensor value);

    private static Tensor possible(Tensor logProbs) {
        return logProbs.clampMin(NEVER);
    }
}
