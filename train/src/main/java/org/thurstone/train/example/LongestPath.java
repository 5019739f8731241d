package org.thurstone.train.example;

import java.util.Arrays;
import java.util.List;
import org.thurstone.model.TokenTree;

/** The length in tokens of the longest path from the root of a tree to a leaf. */
public final class LongestPath {

    private LongestPath() {}

    public static int of(TokenTree tree) {
        List<TokenTree.Segment> segments = tree.segments();
        int[] ends = new int[segments.size()];
        for (int i = 0; i < ends.length; i++) {
            TokenTree.Segment s = segments.get(i);
            ends[i] = s.tokens().length + (s.parent() < 0 ? 0 : ends[s.parent()]);
        }
        return Arrays.stream(ends).max().orElseThrow();
    }
}
