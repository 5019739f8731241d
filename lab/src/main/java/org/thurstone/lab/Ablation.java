package org.thurstone.lab;

import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.method.OnlineDpo;

/** Replaces the method under test; the checks of a replication should then fail. */
public enum Ablation {
    /** No ablation: the method itself. */
    ITSELF,
    /** Plain DPO. */
    DPO,
    /** A loss whose gradient is 0: nothing is learned. */
    NOTHING;

    Loss of(Loss own, double beta) {
        return switch (this) {
            case ITSELF -> own;
            case DPO -> new Dpo(beta, 0);
            case NOTHING -> new ZeroLoss();
        };
    }

    OnlineMethod of(OnlineMethod own, double beta) {
        return switch (this) {
            case ITSELF -> own;
            case DPO -> new OnlineDpo(beta);
            case NOTHING -> session -> {};
        };
    }
}
