package org.thurstone.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.TrainingDemonstration;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;

/** Policies small enough for finite differences, in double, and examples that they read. */
enum Small {
    TABLE {
        @Override
        Policy policy(long seed) {
            Random random = new Random(seed);
            double[][] logits = new double[3][];
            for (int x = 0; x < 3; x++) {
                logits[x] = random.doubles(5, -1, 1).toArray();
            }
            return TabularPolicy.of(logits);
        }

        @Override
        int[] prompt(Random random) {
            return new int[] {random.nextInt(3)};
        }

        @Override
        int[] completion(Random random) {
            return new int[] {random.nextInt(5)};
        }
    },
    TRANSFORMER {
        @Override
        Policy policy(long seed) {
            TransformerConfig config = Transformers.config("llama", """
                {"model_type": "llama", "vocab_size": 8, "hidden_size": 8, "intermediate_size": 10,
                 "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
                 "max_position_embeddings": 64}\
                """);
            Transformer policy = Transformer.initialise(
                    config, RandomGeneratorFactory.of("L64X128MixRandom").create(seed), DType.FLOAT64, Device.CPU);
            // Wide enough that nothing in it is close to linear.
            policy.parameters().all().forEach((name, t) -> {
                if (!name.contains("norm")) {
                    t.detach().mul_(20);
                }
            });
            return policy;
        }

        @Override
        int[] prompt(Random random) {
            return random.ints(1 + random.nextInt(3), 0, 8).toArray();
        }

        @Override
        int[] completion(Random random) {
            return random.ints(1 + random.nextInt(5), 0, 8).toArray();
        }
    };

    abstract Policy policy(long seed);

    abstract int[] prompt(Random random);

    abstract int[] completion(Random random);

    List<TrainingExample> examples(ExampleKind kind, int count, long seed) {
        Random random = new Random(seed);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = prompt(random);
            examples.add(
                    switch (kind) {
                        case PAIR ->
                            new TrainingPair(
                                    "pair " + i,
                                    List.of(TokenTree.of(prompt, completion(random), completion(random))),
                                    0.5 + 0.5 * random.nextDouble(),
                                    0.5 + random.nextDouble(),
                                    OptionalDouble.empty(),
                                    Optional.empty());
                        case SINGLE ->
                            new TrainingSingle("single " + i, TokenTree.of(prompt, completion(random)), i % 2, 1);
                        case LIST ->
                            new TrainingList(
                                    "list " + i,
                                    List.of(TokenTree.of(
                                            prompt, completion(random), completion(random), completion(random))),
                                    List.of(random.nextDouble(), random.nextDouble(), random.nextDouble()),
                                    1);
                        case DEMONSTRATION ->
                            new TrainingDemonstration(
                                    "demonstration " + i, TokenTree.of(prompt, completion(random)), 1);
                    });
        }
        return examples;
    }

    /** Moves one number of a parameter. */
    static void nudge(Tensor parameter, int cell, double step) {
        parameter.detach().reshape(-1).narrow(0, cell, 1).add_(step);
    }
}
