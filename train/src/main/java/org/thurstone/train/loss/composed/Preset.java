package org.thurstone.train.loss.composed;

import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.ImplicitReward;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.Signal;

/** A published loss over pairs that is a composition under a name. */
public interface Preset extends PairLoss {

    /** The composition that the name stands for. */
    Composed composition();

    /** The implicit reward of the composed score, scaled by the β of that name. */
    @Override
    default ImplicitReward implicitReward() {
        return new ImplicitReward(
                composition().implicitReward().form(),
                PairLoss.super.implicitReward().beta());
    }

    @Override
    default Optional<SpecialData> specialData() {
        return composition().specialData();
    }

    @Override
    default Set<Signal> signals() {
        return composition().signals();
    }

    @Override
    default Optional<RequiredSamples> draws() {
        return composition().draws();
    }

    @Override
    default boolean couples() {
        return composition().couples();
    }

    @Override
    default Tensor hard(PairBatch batch) {
        return composition().on(batch.withProbability(batch.chosen().constant(1)));
    }

    @Override
    default Tensor each(PairBatch batch) {
        return composition().on(batch);
    }

    @Override
    default SequencedMap<String, Tensor> parts(Batch batch) {
        if (batch instanceof PairBatch) {
            return composition().parts(batch);
        }
        throw refusal(batch.kind());
    }
}
