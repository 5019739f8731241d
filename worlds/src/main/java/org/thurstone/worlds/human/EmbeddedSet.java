package org.thurstone.worlds.human;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.Shuffle;
import org.thurstone.feedback.reward.Embedder;
import org.thurstone.rank.evaluation.RankingAccuracy;
import org.thurstone.statistics.Estimate;
import org.thurstone.worlds.bandit.LogLinear;
import org.thurstone.worlds.human.HumanSet.Vote;

/**
 * Comparisons with features of each answer: its embedding and the logarithm of its length.
 *
 * @param features (prompts × answers × width); zeros where a prompt has fewer answers than another one
 */
public record EmbeddedSet(HumanSet set, double[][][] features) {

    /** Weighs the length so that two answers differ in it about as much as in their embeddings. */
    private static final double LENGTH = 0.3;

    /**
     * Embeds every answer without its prompt, whose contribution cancels in a pair.
     *
     * @param characters of an answer that are embedded, from its beginning, at least 1
     */
    public static EmbeddedSet of(HumanSet set, Embedder embedder, int characters) {
        float[][] vectors = embedder.embed(set.prompts().stream()
                .flatMap(p -> p.answers().stream())
                .map(a -> a.substring(0, Math.min(a.length(), characters)))
                .toList());
        int width = vectors[0].length;
        double[][][] features = new double[set.prompts().size()][set.answers()][width + 1];
        int at = 0;
        for (int x = 0; x < features.length; x++) {
            List<String> answers = set.prompts().get(x).answers();
            for (int y = 0; y < answers.size(); y++, at++) {
                for (int k = 0; k < width; k++) {
                    features[x][y][k] = vectors[at][k];
                }
                features[x][y][width] = LENGTH * Math.log1p(answers.get(y).length());
            }
        }
        return new EmbeddedSet(set, features);
    }

    public int width() {
        return features[0][0].length;
    }

    /** The split into prompts for training and for evaluation. */
    public record Split(int[] learned, int[] held) {}

    /** @param share of the prompts that is held out */
    public Split split(double share, RandomGenerator random) {
        int[] order = Shuffle.of(IntStream.range(0, features.length).boxed().toList(), random).stream()
                .mapToInt(i -> i)
                .toArray();
        int held = (int) Math.round(share * order.length);
        return new Split(Arrays.copyOfRange(order, held, order.length), Arrays.copyOf(order, held));
    }

    /** Policies on these answers. */
    public LogLinear policies() {
        return new LogLinear(features);
    }

    /** How often weights put the answer first that most people prefer. */
    public Estimate accuracy(double[] theta, int[] prompts) {
        List<double[]> ranked = new ArrayList<>();
        for (int x : prompts) {
            for (Vote v : set.prompts().get(x).votes()) {
                double left = policies().logit(theta, x, v.left());
                double right = policies().logit(theta, x, v.right());
                if (v.majority() != 0.5) {
                    ranked.add(v.majority() == 1 ? new double[] {left, right} : new double[] {right, left});
                }
            }
        }
        return RankingAccuracy.of(
                ranked.stream().mapToDouble(r -> r[0]).toArray(),
                ranked.stream().mapToDouble(r -> r[1]).toArray());
    }
}
