package org.thurstone.worlds.bandit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Preference;
import org.thurstone.data.Provenance;
import org.thurstone.loop.Stage;
import org.thurstone.loop.stage.Learn;
import org.thurstone.loop.stage.Learner;
import org.thurstone.loop.stage.Outputs;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.RequiredSamples;

/**
 * Rounds of sampling pairs, labelling them, and training on all pairs so far, as theoretical analyses assume.
 *
 * @param rounds of drawing and teaching
 * @param labels for each prompt in a round
 * @param trainer of each round, from where the last one ended
 */
public record GrowingData(int rounds, int labels, OfflineTrainer trainer) {

    /** The source of the second answer of a pair; the first is a sample of the policy. */
    public enum SecondResponse {
        OWN,
        REFERENCE
    }

    /** The policy at the start and after each round, (rounds + 1). */
    public List<double[][]> play(Loss loss, Bandit world, SecondResponse rival, SplittableGenerator random) {
        int samples = loss.draws()
                .filter(d -> d.from() == RequiredSamples.From.REFERENCE)
                .map(RequiredSamples::each)
                .orElse(0);
        try (ExactPolicy policy = ExactPolicy.table(world.reference())) {
            Stage<double[][], List<Comparison>> label = Rounds.stage(
                    Outputs.COMPARISONS,
                    i -> labelled(
                            world, i.current(), rival == SecondResponse.OWN ? i.current() : world.reference(), random));
            Learner<double[][]> learner = (i, comparisons, directory) -> {
                List<TrainingExample> all =
                        PairData.of(world.prompts(), world.responses(), comparisons).examples().stream()
                                .map(e -> samples == 0 ? e : withSamples(e, samples, world, random))
                                .toList();
                return all.isEmpty() ? i.current() : trainer.train(policy, loss, world.reference(), all);
            };
            return Rounds.of(Bandit.POLICY, label, new Learn<>(Bandit.POLICY, learner, true))
                    .policies(rounds, world.reference());
        }
    }

    /** Pairs of draws, as people label them; one and the same response twice tells nothing, and is a label spent. */
    private List<Comparison> labelled(Bandit world, double[][] policy, double[][] rival, RandomGenerator random) {
        List<Comparison> comparisons = new ArrayList<>();
        for (int x = 0; x < world.prompts(); x++) {
            for (int i = 0; i < labels; i++) {
                int y = Simplex.draw(policy[x], random);
                int z = Simplex.draw(rival[x], random);
                if (y != z) {
                    boolean first = random.nextDouble() < world.preference()[x][y][z];
                    comparisons.add(new Comparison(
                            Responses.prompt(x),
                            Responses.completion(first ? y : z),
                            Responses.completion(first ? z : y),
                            new Preference.Left(),
                            OptionalDouble.empty(),
                            Provenance.UNKNOWN));
                }
            }
        }
        return comparisons;
    }

    private static TrainingExample withSamples(
            TrainingExample example, int samples, Bandit world, RandomGenerator random) {
        double[] reference = world.reference()[prompt(example)];
        return example.withSamples(IntStream.range(0, samples)
                .mapToObj(i -> new int[] {Simplex.draw(reference, random)})
                .toList());
    }

    private static int prompt(TrainingExample example) {
        return example.trees().getFirst().segments().getFirst().tokens()[0];
    }
}
