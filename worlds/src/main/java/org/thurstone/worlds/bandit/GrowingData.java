package org.thurstone.worlds.bandit;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Draws;
import org.thurstone.train.loss.Loss;

/**
 * Rounds in which a policy draws pairs, has them labelled, and is then taught from all pairs so far, as theory has it: what was labelled once is
 * never forgotten.
 *
 * @param rounds of drawing and teaching
 * @param labels for each prompt in a round
 * @param lesson of each round, from where the last one ended
 */
public record GrowingData(int rounds, int labels, Lesson lesson) {

    /** Whom the second answer of a pair comes from; the first is the policy's own. */
    public enum Rival {
        OWN,
        REFERENCE
    }

    /** The policy at the start and after each round, (rounds + 1). */
    public List<double[][]> play(Loss loss, Bandit world, Rival rival, SplittableGenerator random) {
        int samples = loss.draws()
                .filter(d -> d.from() == Draws.From.REFERENCE)
                .map(Draws::each)
                .orElse(0);
        PairData data = PairData.none(world);
        List<double[][]> path = new ArrayList<>();
        path.add(world.reference());
        try (ExactPolicy policy = ExactPolicy.table(world.reference())) {
            for (int t = 0; t < rounds; t++) {
                double[][] now = path.getLast();
                for (int x = 0; x < world.prompts(); x++) {
                    double[] other = (rival == Rival.OWN ? now : world.reference())[x];
                    for (int i = 0; i < labels; i++) {
                        int y = Simplex.draw(now[x], random);
                        int z = Simplex.draw(other, random);
                        if (y != z) { // one and the same tells nothing, and is a label spent
                            boolean first = random.nextDouble() < world.preference()[x][y][z];
                            data.add(x, first ? y : z, first ? z : y, 1);
                        }
                    }
                }
                List<TrainingExample> all = data.examples().stream()
                        .map(e -> samples == 0
                                ? e
                                : e.withSamples(IntStream.range(0, samples)
                                        .mapToObj(i -> new int[] {Simplex.draw(world.reference()[prompt(e)], random)})
                                        .toList()))
                        .toList();
                path.add(all.isEmpty() ? now : lesson.teach(policy, loss, world.reference(), all));
            }
        }
        return path;
    }

    private static int prompt(TrainingExample example) {
        return example.trees().getFirst().segments().getFirst().tokens()[0];
    }
}
