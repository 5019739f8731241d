package org.thurstone.model.transformer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;

/**
 * Trees laid out as one row of real tokens, tree by tree and segment by segment: nothing is padded.
 *
 * @param tokens of the whole batch
 * @param positions of each token along its path
 * @param sizes tokens of each tree; its first one is at the sum of the sizes before it
 * @param predictors for each scored token the place whose hidden state predicts it
 * @param places where the scored tokens lie
 * @param targets the scored tokens themselves
 */
record TreeBatch(
        List<TokenTree> trees,
        int[] tokens,
        int[] positions,
        int[] sizes,
        int[] predictors,
        int[] places,
        int[] targets) {

    static TreeBatch of(List<TokenTree> trees, int vocabulary, int context) {
        int[] sizes = trees.stream().mapToInt(TokenTree::size).toArray();
        int total = Arrays.stream(sizes).sum();
        int scored = trees.stream().mapToInt(TokenTree::scoredCount).sum();
        TreeBatch batch = new TreeBatch(
                trees, new int[total], new int[total], sizes, new int[scored], new int[scored], new int[scored]);
        batch.fill(vocabulary, context);
        return batch;
    }

    /** Prompts, none of whose tokens is scored. */
    static TreeBatch ofPaths(List<int[]> prompts, TransformerConfig config) {
        List<TokenTree> paths = prompts.stream().map(p -> TokenTree.of(p)).toList();
        return of(paths, config.vocabulary(), config.context());
    }

    private void fill(int vocabulary, int context) {
        int at = 0;
        int score = 0;
        for (TokenTree tree : trees) {
            int[] ends = new int[tree.segments().size()];
            for (int s = 0; s < ends.length; s++) {
                TokenTree.Segment segment = tree.segments().get(s);
                int before = segment.parent() < 0 ? -1 : ends[segment.parent()];
                int depth = before < 0 ? 0 : positions[before] + 1;
                for (int i = 0; i < segment.tokens().length; i++, at++) {
                    int token = segment.tokens()[i];
                    if (token < 0 || token >= vocabulary) {
                        throw new UserError("token " + token + " is not one of the model's " + vocabulary + " (0 to "
                                + (vocabulary - 1) + "): is this its tokenizer?");
                    }
                    tokens[at] = token;
                    positions[at] = depth + i;
                    if (segment.scored().get(i)) {
                        predictors[score] = i == 0 ? before : at - 1;
                        places[score] = at;
                        targets[score++] = token;
                    }
                }
                ends[s] = at - 1;
                if (positions[at - 1] >= context) {
                    throw new UserError("a sequence of " + (positions[at - 1] + 1)
                            + " tokens is longer than the model's context of " + context);
                }
            }
        }
    }

    /** The places of each tree's last tokens. */
    int[] ends() {
        int[] ends = sizes.clone();
        Arrays.parallelPrefix(ends, Integer::sum);
        return Arrays.stream(ends).map(e -> e - 1).toArray();
    }

    /** Whether nothing forks: each token then sees all before it. */
    boolean paths() {
        return trees.stream().allMatch(t -> path(t));
    }

    private static boolean path(TokenTree tree) {
        return IntStream.range(0, tree.segments().size())
                .allMatch(i -> tree.segments().get(i).parent() == i - 1);
    }

    /**
     * Writes who sees whom in one tree: token i sees its ancestors and itself, as far back as the window goes.
     *
     * @param mask (rows, stride), rows and columns by place in the tree
     * @param from the index of the mask's first element
     * @param window how many positions back, itself included
     */
    void see(int tree, boolean[] mask, int from, int stride, int window) {
        List<TokenTree.Segment> segments = trees.get(tree).segments();
        int[] starts = new int[segments.size()];
        int[] depths = new int[segments.size()];
        int at = 0;
        for (int s = 0; s < starts.length; s++) {
            TokenTree.Segment segment = segments.get(s);
            int parent = segment.parent();
            starts[s] = at;
            depths[s] = parent < 0 ? 0 : depths[parent] + segments.get(parent).tokens().length;
            for (int i = 0; i < segment.tokens().length; i++, at++) {
                int row = from + at * stride;
                int oldest = depths[s] + i - window + 1; // the first position still in sight
                fill(mask, row, starts[s], depths[s], i + 1, oldest);
                for (int a = parent; a >= 0; a = segments.get(a).parent()) {
                    fill(mask, row, starts[a], depths[a], segments.get(a).tokens().length, oldest);
                }
            }
        }
    }

    private static void fill(boolean[] mask, int row, int start, int depth, int length, int oldest) {
        int hidden = Math.clamp((long) oldest - depth, 0, length);
        Arrays.fill(mask, row + start + hidden, row + start + length, true);
    }
}
