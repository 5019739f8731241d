package org.thurstone.train.online;

import java.util.List;
import org.thurstone.model.TokenTree;

/**
 * The samples of one prompt in one step.
 *
 * @param samples one for each source of the grouping, in its order
 * @param weight how much the group counts: 1 where it was sampled; where all that could have been sampled is listed, its probability times
 *     the number of groups, so that a mean over groups is the expectation
 */
public record Group(EncodedPrompt prompt, List<Sample> samples, double weight) {
    public Group {
        samples = List.copyOf(samples);
    }

    public int size() {
        return samples.size();
    }

    /** The prompt as the trunk of a tree, and some of the samples as its branches, in this order. */
    TokenTree tree(int... which) {
        int[][] branches = new int[which.length][];
        for (int i = 0; i < which.length; i++) {
            branches[i] = samples.get(which[i]).tokens();
        }
        return TokenTree.of(prompt.tokens(), branches);
    }
}
