package org.thurstone.worlds.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingSingle;

/**
 * Thumbs, up or down, on single responses of a bandit.
 *
 * @param up (prompts × responses): how often each was liked
 * @param down how often it was not
 */
public record Ratings(double[][] up, double[][] down) {

    /**
     * Draws for every prompt.
     *
     * @param liked (prompts × responses): the probability of a thumb up
     * @param n ratings a prompt
     */
    public static Ratings drawn(double[][] liked, double[][] behaviour, int n, RandomGenerator random) {
        double[][] up = new double[liked.length][liked[0].length];
        double[][] down = new double[liked.length][liked[0].length];
        for (int x = 0; x < liked.length; x++) {
            for (int i = 0; i < n; i++) {
                int y = Simplex.draw(behaviour[x], random);
                (random.nextDouble() < liked[x][y] ? up : down)[x][y]++;
            }
        }
        return new Ratings(up, down);
    }

    /** One example a response, with the share of thumbs up as its value and how often it was rated as its weight, of mean 1. */
    public List<TrainingExample> shares() {
        List<TrainingExample> examples = new ArrayList<>();
        double mean = (total(up) + total(down)) / Math.max(1, kinds(true, true));
        for (int x = 0; x < up.length; x++) {
            for (int y = 0; y < up[x].length; y++) {
                double both = up[x][y] + down[x][y];
                if (both > 0) {
                    examples.add(single(x, y, "", up[x][y] / both, both / mean));
                }
            }
        }
        return examples;
    }

    /** Certain examples, 1 or 0; the weights of those of one value have mean 1. */
    public List<TrainingExample> certain(boolean liked, boolean disliked) {
        List<TrainingExample> examples = new ArrayList<>();
        double meanUp = total(up) / Math.max(1, kinds(true, false));
        double meanDown = total(down) / Math.max(1, kinds(false, true));
        for (int x = 0; x < up.length; x++) {
            for (int y = 0; y < up[x].length; y++) {
                if (liked && up[x][y] > 0) {
                    examples.add(single(x, y, " up", 1, up[x][y] / meanUp));
                }
                if (disliked && down[x][y] > 0) {
                    examples.add(single(x, y, " down", 0, down[x][y] / meanDown));
                }
            }
        }
        return examples;
    }

    private static TrainingSingle single(int x, int y, String which, double value, double weight) {
        return new TrainingSingle(x + ": " + y + which, TokenTree.of(new int[] {x}, new int[] {y}), value, weight);
    }

    private static double total(double[][] counts) {
        return Arrays.stream(counts).flatMapToDouble(Arrays::stream).sum();
    }

    private double kinds(boolean liked, boolean disliked) {
        int kinds = 0;
        for (int x = 0; x < up.length; x++) {
            for (int y = 0; y < up[x].length; y++) {
                kinds += (liked && up[x][y] > 0) || (disliked && down[x][y] > 0) ? 1 : 0;
            }
        }
        return kinds;
    }
}
