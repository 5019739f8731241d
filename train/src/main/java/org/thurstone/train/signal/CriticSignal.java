package org.thurstone.train.signal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.thurstone.model.Policy;
import org.thurstone.model.head.Critic;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.MicroBatches;
import org.thurstone.train.example.TrainingExample;

/** (n, T): a critic's value of what precedes each token; gradient flows to the critic, which is a network of its own. */
public record CriticSignal(String name, String words) implements PassSignal {

    public static final CriticSignal VALUE = new CriticSignal("value", "values by a critic");

    @Override
    public PassRequest request() {
        return PassRequest.NOTHING;
    }

    @Override
    public Reader reader(Policy policy, Optional<Policy> reference, long seed) {
        return new Reader(Critic.like(policy));
    }

    /** A critic at work. */
    public static final class Reader implements PassReader {
        private final Critic critic;

        private Reader(Critic critic) {
            this.critic = critic;
        }

        @Override
        public SignalValues read(Pass pass) {
            Critic.Pass own = critic.forward(pass.trees(), pass.learn());
            return new SignalValues() {
                @Override
                public Tensor values() {
                    return own.values();
                }

                @Override
                public void backward(Tensor gradient, PassGradients policy) {
                    own.backward(gradient);
                }
            };
        }

        /** The present values of what precedes each scored token. */
        public FrozenLogProbs values(List<? extends TrainingExample> examples, int tokensPerPass) {
            Map<String, double[]> values = new HashMap<>();
            for (List<? extends TrainingExample> pass : MicroBatches.of(examples, tokensPerPass)) {
                try (Scope scope = Scope.open();
                        Gradients off = Gradients.off()) {
                    double[] all = critic.forward(
                                    pass.stream()
                                            .flatMap(e -> e.trees().stream())
                                            .toList(),
                                    false)
                            .values()
                            .toDoubles();
                    int at = 0;
                    for (TrainingExample e : pass) {
                        values.put(e.id(), Arrays.copyOfRange(all, at, at + e.scoredCount()));
                        at += e.scoredCount();
                    }
                }
            }
            return FrozenLogProbs.of(
                    "values",
                    examples,
                    examples.stream()
                            .map(e -> Objects.requireNonNull(values.get(e.id())))
                            .toList());
        }

        @Override
        public SequencedMap<String, Parameters> parameters() {
            SequencedMap<String, Parameters> all = new LinkedHashMap<>();
            critic.parameters().forEach((part, p) -> all.put("critic." + part, p));
            return all;
        }

        @Override
        public void close() {
            critic.close();
        }
    }
}
