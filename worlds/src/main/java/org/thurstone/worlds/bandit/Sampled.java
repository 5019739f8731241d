package org.thurstone.worlds.bandit;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.pairing.Pairing;

/**
 * Sampled and scored responses of a bandit, from which a pairing forms pairs.
 *
 * @param samples for each prompt
 * @param scores (prompts × responses), as the judge gives them
 */
public record Sampled(Bandit world, double[][] policy, int samples, double[][] scores) {

    /** The judge's own answers: of a pair the one that it scored higher is chosen. */
    public PairData judged(Pairing pairing, int prompts, RandomGenerator random) {
        PairData data = PairData.none(world);
        for (int x = 0; x < prompts; x++) {
            for (CandidatePair pair : pairing.pairs(scored(x, random), random)) {
                data.add(x, Responses.index(pair.left()), Responses.index(pair.right()), 1);
            }
        }
        return data;
    }

    /** People's answers, by the world's preferences, to some number of pairs at most for each prompt. */
    public PairData labelled(Pairing pairing, int prompts, int each, RandomGenerator random) {
        PairData data = PairData.none(world);
        for (int x = 0; x < prompts; x++) {
            int labels = 0;
            while (labels < each) {
                for (CandidatePair pair : pairing.pairs(scored(x, random), random)) {
                    int y = Responses.index(pair.left());
                    int z = Responses.index(pair.right());
                    boolean first = random.nextDouble() < world.preference()[x][y][z];
                    if (labels++ < each) {
                        data.add(x, first ? y : z, first ? z : y, 1);
                    }
                }
            }
        }
        return data;
    }

    /** A prompt's samples with their scores; the same response may come more than once. */
    public ScoredCompletions scored(int prompt, RandomGenerator random) {
        int[] drawn = IntStream.range(0, samples)
                .map(i -> Simplex.draw(policy[prompt], random))
                .toArray();
        return new ScoredCompletions(
                Responses.prompt(prompt),
                Arrays.stream(drawn).mapToObj(Responses::completion).toList(),
                Arrays.stream(drawn).mapToObj(y -> scores[prompt][y]).toList());
    }

    /** Rewards as a judge sees them who errs by a normal error for each response. */
    public static double[][] noisy(Bandit world, double error, RandomGenerator random) {
        return Arrays.stream(world.reward().orElseThrow())
                .map(row -> Arrays.stream(row)
                        .map(r -> r + error * random.nextGaussian())
                        .toArray())
                .toArray(double[][]::new);
    }
}
