package org.thurstone.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A tree of token sequences with shared prefixes: a prompt is the trunk, completions are branches, steps of a search are branches of branches.
 * Positions continue from the fork and a token attends only to its ancestors, so that one forward pass over the tree gives exactly the
 * log-probabilities of its paths one by one.
 *
 * @param segments parents before children; the first is the root
 */
public record TokenTree(List<Segment> segments) {

    /**
     * A run of tokens without a fork.
     *
     * @param parent the index of the segment that it continues, −1 for the root
     * @param tokens at least one
     * @param scored the tokens whose log-probability is computed; not the root's first, which nothing predicts
     */
    public record Segment(int parent, int[] tokens, BitSet scored) {
        public static Segment unscored(int parent, int[] tokens) {
            return new Segment(parent, tokens, new BitSet());
        }

        public static Segment scored(int parent, int[] tokens) {
            BitSet all = new BitSet();
            all.set(0, tokens.length);
            return new Segment(parent, tokens, all);
        }
    }

    public TokenTree {
        segments = List.copyOf(segments);
        if (segments.isEmpty() || segments.getFirst().parent != -1) {
            throw new IllegalArgumentException("a token tree starts with its root");
        }
        for (int i = 0; i < segments.size(); i++) {
            Segment s = segments.get(i);
            if (s.tokens.length == 0) {
                throw new IllegalArgumentException("segment " + i + " of a token tree has no tokens");
            }
            if (i > 0 && (s.parent < 0 || s.parent >= i)) {
                throw new IllegalArgumentException(
                        "segment " + i + " of a token tree continues " + s.parent + ", which does not come before it");
            }
            if (s.scored.length() > s.tokens.length) {
                throw new IllegalArgumentException(
                        "segment " + i + " of a token tree scores tokens that it does not have");
            }
        }
        if (segments.getFirst().scored.get(0)) {
            throw new IllegalArgumentException("the first token of a tree has no log-probability: nothing precedes it");
        }
    }

    /** A prompt and completions of it, whose tokens are all scored. */
    public static TokenTree of(int[] prompt, int[]... completions) {
        List<Segment> segments = new ArrayList<>();
        segments.add(Segment.unscored(-1, prompt));
        for (int[] completion : completions) {
            segments.add(Segment.scored(0, completion));
        }
        return new TokenTree(segments);
    }

    /** The same tree with the prompt scored as well, except for its first token. */
    public TokenTree withScoredPrompt() {
        List<Segment> all = new ArrayList<>(segments);
        BitSet scored = new BitSet();
        scored.set(1, Math.max(1, segments.getFirst().tokens.length));
        all.set(0, new Segment(-1, segments.getFirst().tokens, scored));
        return new TokenTree(all);
    }

    /** Tokens to compute, which is what a batch's cost goes by. */
    public int size() {
        int size = 0;
        for (Segment s : segments) {
            size += s.tokens.length;
        }
        return size;
    }

    /** Number of scored tokens. */
    public int scoredCount() {
        int count = 0;
        for (Segment s : segments) {
            count += s.scored.cardinality();
        }
        return count;
    }

    /** The segments that nothing continues, in order: one per completion. */
    public int[] leaves() {
        boolean[] inner = new boolean[segments.size()];
        int leaves = inner.length;
        for (Segment s : segments) {
            if (s.parent >= 0 && !inner[s.parent]) {
                inner[s.parent] = true;
                leaves--;
            }
        }
        int[] found = new int[leaves];
        for (int i = 0, next = 0; next < leaves; i++) {
            if (!inner[i]) {
                found[next++] = i;
            }
        }
        return found;
    }
}
