package org.thurstone.train.online;

import java.util.List;
import org.thurstone.model.TokenTree;

/**
 * Answers to one question that were drawn together.
 *
 * @param answers one for each seat that was asked for, in their order
 * @param weight how much the group counts: 1 where it was sampled; where all that could have been sampled is listed, its probability times
 *     the number of groups, so that a mean over groups is the expectation
 */
public record Group(Question question, List<Answer> answers, double weight) {
    public Group {
        answers = List.copyOf(answers);
    }

    public int size() {
        return answers.size();
    }

    /** The question as the trunk of a tree, and some of the answers as its branches, in this order. */
    TokenTree tree(int... which) {
        int[][] branches = new int[which.length][];
        for (int i = 0; i < which.length; i++) {
            branches[i] = answers.get(which[i]).tokens();
        }
        return TokenTree.of(question.tokens(), branches);
    }
}
