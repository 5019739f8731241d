package org.thurstone.train.loss.cases;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.cases.Case.Completion;
import org.thurstone.train.signal.TokenSignal;

/**
 * Completions as a loss receives them, padded to the longest.
 *
 * @param leaf the policy's log-probabilities, whose gradient is asked for
 * @param width tokens of a row, padding included
 */
record Rows(Sequences sequences, Tensor leaf, int width) {

    /**
     * Groups of completions, one group per example; a group with fewer than others is filled up with rows that have no completion. The mean
     * length is that of first completions, as in a training.
     */
    static Rows of(List<List<Completion>> groups, int perGroup) {
        int n = groups.size() * perGroup;
        int width = groups.stream()
                .flatMap(List::stream)
                .mapToInt(c -> c.policy().length)
                .max()
                .orElseThrow();
        double[] values = new double[n * width];
        double[] mask = new double[n * width];
        double tokens = 0;
        for (int g = 0; g < groups.size(); g++) {
            tokens += groups.get(g).getFirst().policy().length;
            for (int k = 0; k < groups.get(g).size(); k++) {
                double[] row = groups.get(g).get(k).policy();
                int at = (g * perGroup + k) * width;
                System.arraycopy(row, 0, values, at, row.length);
                Arrays.fill(mask, at, at + row.length, 1);
            }
        }
        Tensor leaf = Tensor.of(values, n, width).requiresGrad(true);
        Map<TokenSignal, Tensor> extras = extras(groups, perGroup, width);
        return new Rows(new Sequences(leaf, Tensor.of(mask, n, width), extras, tokens / groups.size()), leaf, width);
    }

    /** What all completions have in addition to the policy's log-probabilities. */
    private static Map<TokenSignal, Tensor> extras(List<List<Completion>> groups, int perGroup, int width) {
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        for (TokenSignal signal : groups.getFirst().getFirst().extras().keySet()) {
            if (groups.stream().flatMap(List::stream).allMatch(c -> c.has(signal))) {
                extras.put(signal, extra(signal, groups, perGroup, width));
            }
        }
        return extras;
    }

    private static Tensor extra(TokenSignal signal, List<List<Completion>> groups, int perGroup, int width) {
        int n = groups.size() * perGroup;
        int size = groups.getFirst().getFirst().extra(signal)[0].length;
        double[] flat = new double[n * width * size];
        for (int g = 0; g < groups.size(); g++) {
            for (int k = 0; k < groups.get(g).size(); k++) {
                Completion c = groups.get(g).get(k);
                double[][] values = c.extra(signal);
                for (int t = 0; t < values.length; t++) {
                    if (values[t].length != size) {
                        throw new IllegalArgumentException(c.path() + "." + Case.name(signal) + " has vectors of "
                                + values[t].length + " numbers, and others have " + size);
                    }
                    System.arraycopy(values[t], 0, flat, ((g * perGroup + k) * width + t) * size, size);
                }
            }
        }
        return size == 1 ? Tensor.of(flat, n, width) : Tensor.of(flat, n, width, size);
    }

    /** d loss / d policy of a row, without its padding; zeros where the loss does not depend on it. */
    double[] gradient(int row, int length) {
        double[] gradient = new double[length];
        leaf.grad().ifPresent(g -> System.arraycopy(g.toDoubles(), row * width, gradient, 0, length));
        return gradient;
    }
}
