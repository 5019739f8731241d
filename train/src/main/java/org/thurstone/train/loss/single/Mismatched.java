package org.thurstone.train.loss.single;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingSingle;

/**
 * Completions after prompts that are not theirs, for KTO's baseline. Each example's prompt gets the completion of the nearest example before
 * it in the data set (cyclically) that answers another prompt: as in KTO's own code and TRL's, but for data in which answers to one prompt lie
 * side by side, where a mere neighbour would be no mismatch. They are fixed with the data set, so that their reference log-probabilities
 * are computed once.
 */
final class Mismatched {

    private Mismatched() {}

    /** The id of the mismatch of an example. */
    static String id(String id) {
        return id + " ~ mismatched";
    }

    /** One for each, in order. */
    static List<TrainingSingle> of(List<? extends TrainingExample> examples) {
        List<TrainingSingle> singles =
                examples.stream().map(e -> (TrainingSingle) e).toList();
        List<TrainingSingle> mismatched = new ArrayList<>();
        for (int i = 0; i < singles.size(); i++) {
            TrainingSingle example = singles.get(i);
            TokenTree other = singles.get(before(i, singles)).tree();
            List<TokenTree.Segment> segments =
                    new ArrayList<>(example.tree().segments().subList(0, last(example)));
            TokenTree.Segment completion = other.segments().get(other.leaves()[0]);
            segments.add(new TokenTree.Segment(segments.size() - 1, completion.tokens(), completion.scored()));
            mismatched.add(new TrainingSingle(id(example.id()), new TokenTree(segments), example.value(), 1));
        }
        return mismatched;
    }

    private static int last(TrainingSingle example) {
        int completion = example.tree().leaves()[0];
        if (completion == 0) {
            throw new UserError(
                    "example " + example.id() + " has no prompt, so its completion cannot be put after another one");
        }
        return completion;
    }

    private static int before(int i, List<TrainingSingle> singles) {
        int[] prompt = prompt(singles.get(i));
        for (int back = 1; back < singles.size(); back++) {
            int j = Math.floorMod(i - back, singles.size());
            if (!Arrays.equals(prompt, prompt(singles.get(j)))) {
                return j;
            }
        }
        throw new UserError("all " + singles.size() + " examples answer one prompt; a baseline from mismatched"
                + " completions needs at least two");
    }

    private static int[] prompt(TrainingSingle example) {
        return example.tree().segments().subList(0, last(example)).stream()
                .flatMapToInt(s -> Arrays.stream(s.tokens()))
                .toArray();
    }
}
