package org.thurstone.train.example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.thurstone.model.TokenTree;
import org.thurstone.model.TokenTree.Segment;

/**
 * Completions cut into steps, in a tree in which those that begin with the same steps have them in common: what a loss over trees learns from,
 * and less to compute. The paths and their order stay what they were.
 */
public final class StepTree {

    /** The identity of a step: its position and its tokens. */
    private record Place(int parent, List<Integer> tokens, BitSet scored) {}

    private final IntPredicate ends;
    private final List<Segment> segments = new ArrayList<>();
    private final Map<Place, Integer> known = new HashMap<>();

    private StepTree(Segment trunk, IntPredicate ends) {
        this.ends = ends;
        segments.add(trunk);
    }

    /**
     * Cuts the branches of a trunk.
     *
     * @param flat a trunk and completions that continue it, as texts are encoded
     * @param ends whether a token ends a step, as a line break does; several in a row end it together
     */
    public static TokenTree of(TokenTree flat, IntPredicate ends) {
        StepTree tree = new StepTree(flat.segments().getFirst(), ends);
        for (Segment completion : flat.segments().subList(1, flat.segments().size())) {
            if (completion.parent() != 0) {
                throw new IllegalArgumentException("the tree has branches of branches already");
            }
            tree.add(completion);
        }
        return new TokenTree(tree.segments);
    }

    private void add(Segment completion) {
        int[] tokens = completion.tokens();
        int parent = 0;
        int start = 0;
        for (int t = 0; t < tokens.length - 1; t++) {
            if (ends.test(tokens[t]) && !ends.test(tokens[t + 1])) {
                parent = inner(parent, cut(completion, start, t + 1, parent));
                start = t + 1;
            }
        }
        // The last step is never shared, so that every completion has a leaf of its own.
        segments.add(cut(completion, start, tokens.length, parent));
    }

    private int inner(int parent, Segment step) {
        List<Integer> tokens = Arrays.stream(step.tokens()).boxed().toList();
        return known.computeIfAbsent(new Place(parent, tokens, step.scored()), place -> {
            segments.add(step);
            return segments.size() - 1;
        });
    }

    private static Segment cut(Segment completion, int from, int to, int parent) {
        return new Segment(
                parent,
                Arrays.copyOfRange(completion.tokens(), from, to),
                completion.scored().get(from, to));
    }
}
