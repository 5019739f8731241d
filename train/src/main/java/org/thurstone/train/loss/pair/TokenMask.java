package org.thurstone.train.loss.pair;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.head.LayerMask;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.signal.Pass;
import org.thurstone.train.signal.PassGradients;
import org.thurstone.train.signal.PassReader;
import org.thurstone.train.signal.PassRequest;
import org.thurstone.train.signal.PassSignal;

/**
 * (n, T): a learned weight of at least 0 for each token, from the reference's states, for {@link SparsePo}; gradient flows to the mask.
 *
 * @param stream which of the seed's random streams a fresh mask is drawn from, from 0
 */
record TokenMask(String name, String words, int stream) implements PassSignal {

    @Override
    public PassRequest request() {
        return PassRequest.ofReference(State.LAYERS);
    }

    @Override
    public PassReader reader(Policy policy, Optional<Policy> reference, long seed) {
        SplittableGenerator streams = (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        SplittableGenerator own = streams.split();
        for (int i = 0; i < stream; i++) {
            own = streams.split();
        }
        return new Reader(new LayerMask(reference.orElseThrow(), own));
    }

    private final class Reader implements PassReader {
        private final LayerMask mask;

        private Reader(LayerMask mask) {
            this.mask = mask;
        }

        @Override
        public SignalValues read(Pass pass) {
            LayerMask.MaskValues reading = mask.read(pass.reference().orElseThrow());
            return new SignalValues() {
                @Override
                public Tensor values() {
                    return reading.values();
                }

                @Override
                public void backward(Tensor gradient, PassGradients policy) {
                    reading.backward(gradient);
                }
            };
        }

        @Override
        public SequencedMap<String, Parameters> parameters() {
            return new LinkedHashMap<>(Map.of(name, mask.parameters()));
        }

        @Override
        public void close() {
            mask.close();
        }
    }
}
