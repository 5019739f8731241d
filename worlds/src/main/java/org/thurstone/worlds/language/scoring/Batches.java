package org.thurstone.worlds.language.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.model.TokenTree;

/** Cuts trees into forward passes. */
public final class Batches {

    private Batches() {}

    /**
     * The places of trees in their list, those of like size together, so that none waits for another's padding; trees without a scored token are
     * left out.
     *
     * @param tokens the maximum per pass; a larger tree is a pass of its own
     */
    public static List<List<Integer>> of(List<TokenTree> trees, int tokens) {
        List<List<Integer>> batches = new ArrayList<>();
        int held = 0;
        for (int i : IntStream.range(0, trees.size())
                .filter(t -> trees.get(t).scoredCount() > 0)
                .boxed()
                .sorted(Comparator.comparingInt(t -> trees.get(t).size()))
                .toList()) {
            held += trees.get(i).size();
            if (batches.isEmpty() || held > tokens) {
                batches.add(new ArrayList<>());
                held = trees.get(i).size();
            }
            batches.getLast().add(i);
        }
        return batches;
    }
}
