package org.thurstone.worlds.bandit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.thurstone.data.Comparison;
import org.thurstone.data.Example;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;

/**
 * Offline comparisons of a bandit's responses. Pairs that were seen more than once are one example with their number as its weight, so that a
 * step over all examples is a step over all data, whatever its size.
 */
public final class PairData {

    private final int prompts;
    private final int responses;
    /** Prompt, winner, loser. */
    private final double[][][] counts;

    private PairData(int prompts, int responses) {
        this.prompts = prompts;
        this.responses = responses;
        this.counts = new double[prompts][responses][responses];
    }

    /**
     * Labelled draws.
     *
     * @param behaviour whom both responses come from; where it has probability 0, nothing is covered
     * @param n comparisons; two equal responses are drawn again
     * @param flip the probability that a label is flipped
     */
    public static PairData drawn(Bandit world, double[][] behaviour, int n, double flip, RandomGenerator random) {
        PairData data = new PairData(world.prompts(), world.responses());
        for (int i = 0; i < n; i++) {
            int x = random.nextInt(world.prompts());
            int y = Simplex.draw(behaviour[x], random);
            int z = Simplex.draw(behaviour[x], random);
            while (z == y) {
                y = Simplex.draw(behaviour[x], random);
                z = Simplex.draw(behaviour[x], random);
            }
            boolean first = random.nextDouble() < world.preference()[x][y][z];
            boolean told = random.nextDouble() < flip;
            data.add(x, first != told ? y : z, first != told ? z : y, 1);
        }
        return data;
    }

    /** The expectation: each pair of different responses with its probability, and both ways in which it can be labelled. */
    public static PairData expected(Bandit world, double[][] behaviour, double flip) {
        PairData data = new PairData(world.prompts(), world.responses());
        for (int x = 0; x < world.prompts(); x++) {
            double[][] preference = Preferences.flipped(world.preference()[x], flip);
            for (int y = 0; y < world.responses(); y++) {
                for (int z = 0; z < world.responses(); z++) {
                    if (y != z) {
                        data.add(x, y, z, behaviour[x][y] * behaviour[x][z] * preference[y][z]);
                    }
                }
            }
        }
        return data;
    }

    /** Nothing yet. */
    public static PairData none(Bandit world) {
        return none(world.prompts(), world.responses());
    }

    /** Nothing yet, of so many prompts and responses to each. */
    public static PairData none(int prompts, int responses) {
        return new PairData(prompts, responses);
    }

    /** Comparisons of numbered responses; a tie is half a win for each. */
    public static PairData of(int prompts, int responses, List<? extends Example> comparisons) {
        PairData data = new PairData(prompts, responses);
        for (Example example : comparisons) {
            if (!(example instanceof Comparison c)) {
                throw new IllegalArgumentException("pairs are made of comparisons, not of " + example);
            }
            double left = c.preference().probability();
            int x = Responses.index(c.prompt());
            data.add(x, Responses.index(c.left()), Responses.index(c.right()), left);
            data.add(x, Responses.index(c.right()), Responses.index(c.left()), 1 - left);
        }
        return data;
    }

    public void add(int prompt, int winner, int loser, double count) {
        counts[prompt][winner][loser] += count;
    }

    /** How often a response won against another one. */
    public double count(int prompt, int winner, int loser) {
        return counts[prompt][winner][loser];
    }

    /** As a trainer takes them: hard labels, weights of mean 1. */
    public List<TrainingExample> examples() {
        double total = 0;
        int kinds = 0;
        for (double[][] of : counts) {
            for (double[] row : of) {
                for (double c : row) {
                    total += c;
                    kinds += c > 0 ? 1 : 0;
                }
            }
        }
        List<TrainingExample> examples = new ArrayList<>();
        for (int x = 0; x < prompts; x++) {
            for (int y = 0; y < responses; y++) {
                for (int z = 0; z < responses; z++) {
                    if (counts[x][y][z] > 0) {
                        examples.add(pair(x, y, z, 1, counts[x][y][z] * kinds / total));
                    }
                }
            }
        }
        return examples;
    }

    /** One with the share of votes as a soft label for each pair, for losses that regress on it. */
    public List<TrainingExample> votes() {
        List<TrainingExample> examples = new ArrayList<>();
        double total = 0;
        for (int x = 0; x < prompts; x++) {
            for (int y = 0; y < responses; y++) {
                for (int z = 0; z < y; z++) {
                    total += counts[x][y][z] + counts[x][z][y];
                }
            }
        }
        List<double[]> found = new ArrayList<>();
        for (int x = 0; x < prompts; x++) {
            for (int y = 0; y < responses; y++) {
                for (int z = 0; z < y; z++) {
                    double both = counts[x][y][z] + counts[x][z][y];
                    if (both > 0) {
                        boolean first = counts[x][y][z] >= counts[x][z][y];
                        double share = Math.max(counts[x][y][z], counts[x][z][y]) / both;
                        found.add(new double[] {x, first ? y : z, first ? z : y, share, both});
                    }
                }
            }
        }
        for (double[] f : found) {
            examples.add(pair((int) f[0], (int) f[1], (int) f[2], f[3], f[4] * found.size() / total));
        }
        return examples;
    }

    /** One example: the chosen response is better with this probability. */
    public static TrainingPair pair(int prompt, int chosen, int rejected, double probability, double weight) {
        return new TrainingPair(
                prompt + ": " + chosen + " over " + rejected,
                List.of(TokenTree.of(new int[] {prompt}, new int[] {chosen}, new int[] {rejected})),
                probability,
                weight,
                OptionalDouble.empty(),
                Optional.empty());
    }
}
