package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.head.LinearHead;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.signal.ExampleSignal;
import org.thurstone.train.signal.Pass;
import org.thurstone.train.signal.PassGradients;
import org.thurstone.train.signal.PassReader;
import org.thurstone.train.signal.PassRequest;
import org.thurstone.train.signal.PassSignal;
import org.thurstone.train.signal.Signal;

/** A loss from outside declares its own signals, and the trainer provides them. */
class OwnSignalTest {

    /** Which tokens are at even places. */
    private static final ExampleSignal EVEN = new ExampleSignal("even", "which tokens are at even places", example -> {
        double[] even = new double[example.scoredCount()];
        for (int t = 0; t < even.length; t += 2) {
            even[t] = 1;
        }
        return even;
    });

    /** What a head of its own says of each token; the policy does not learn from it. */
    private record Opinion(String name, String words) implements PassSignal {

        @Override
        public PassRequest request() {
            return PassRequest.of(State.AFTER);
        }

        @Override
        public PassReader reader(Policy policy, Optional<Policy> reference, long seed) {
            LinearHead head = LinearHead.of(policy, State.AFTER);
            return new PassReader() {
                @Override
                public SignalValues read(Pass pass) {
                    LinearHead.HeadValues reading = head.read(pass.policy());
                    return new SignalValues() {
                        @Override
                        public Tensor values() {
                            return reading.values();
                        }

                        @Override
                        public void backward(Tensor gradient, PassGradients ofPolicy) {
                            reading.backward(gradient);
                        }
                    };
                }

                @Override
                public SequencedMap<String, Parameters> parameters() {
                    return new LinkedHashMap<>(Map.of("opinion", head.parameters()));
                }

                @Override
                public void close() {
                    head.close();
                }
            };
        }
    }

    private static final PassSignal OPINION = new Opinion("opinion", "opinions of a head");

    /** Even tokens of the chosen become likely; the head learns to say 1. */
    private record Own() implements PairLoss {

        @Override
        public String name() {
            return "own";
        }

        @Override
        public Tensor hard(PairBatch batch) {
            Tensor likely = batch.chosen()
                    .sumOf(batch.chosen().policy().mul(batch.chosen().extra(EVEN)))
                    .neg();
            Tensor opinion = batch.chosen().last(batch.chosen().extra(OPINION));
            return likely.add(opinion.sub(1).square());
        }

        @Override
        public Set<Signal> signals() {
            return Set.of(EVEN, OPINION);
        }
    }

    @Test
    void theTrainerProvidesThemAndTrainsTheirHead() {
        try (Policy policy = Small.TRANSFORMER.policy(1)) {
            List<TrainingExample> pairs = Small.TRANSFORMER.examples(ExampleKind.PAIR, 6, 3);
            LossTerm data = new LossTerm(new Own(), pairs, TrainingInputs.NONE);
            TrainingSettings settings = TrainingSettings.of(60, 6, 0.05, 0);
            double before = Seen.of(policy, data, settings).look(new Memory()).loss();
            List<Double> losses = Seen.losses(policy, data, settings);
            assertThat(losses.getFirst()).isCloseTo(before, within(1e-12));
            assertThat(losses.getLast()).isLessThan(before / 2);
        }
    }
}
