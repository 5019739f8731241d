package org.thurstone.train.loss;

import java.util.List;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.pair.Dph;
import org.thurstone.train.loss.pair.SparsePo;
import org.thurstone.train.loss.pair.Wpo;
import org.thurstone.train.loss.regulariser.Entropy;
import org.thurstone.train.loss.regulariser.OnlineKl;
import org.thurstone.train.loss.score.AdaptiveSteps;
import org.thurstone.train.loss.score.ConfidentEdits;
import org.thurstone.train.loss.score.WeightedLogRatio;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.StatisticSignal;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.train.signal.TokenSignal;

/** What the losses of this tree may need of each token. */
final class TokenSignals {

    private TokenSignals() {}

    static final List<TokenSignal> ALL = List.of(
            FrozenLogProbs.REFERENCE,
            FrozenLogProbs.SECOND_REFERENCE,
            WeightedLogRatio.TOKEN_WEIGHTS,
            ConfidentEdits.CHANGED,
            Wpo.COLLISION,
            Entropy.ENTROPY,
            StatisticSignal.FORWARD_KL,
            OnlineKl.REVERSE_KL,
            AdaptiveSteps.STATES,
            AdaptiveSteps.STEPS,
            AdaptiveSteps.SHARED_STEPS,
            CriticSignal.VALUE,
            Dph.REWARD,
            Dph.PROBED_REWARD,
            DegreeAware.DEGREES,
            SparsePo.ACTIVATION,
            SparsePo.MASK,
            SparsePo.SECOND_MASK);

    /** Whether it is a log-probability. */
    static boolean ofPolicy(TokenSignal signal) {
        return signal instanceof TableSignal table && table.ofPolicy();
    }
}
