package org.thurstone.train.loss.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.model.TokenTree;
import org.thurstone.model.TokenTree.Segment;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingSingle;

class TreeStepsTest {

    @Test
    void theSegmentsOfAPathAreItsSteps() {
        TokenTree tree = new TokenTree(List.of(
                Segment.unscored(-1, new int[] {1, 2}),
                Segment.scored(0, new int[] {3, 4}), // shared by two
                Segment.scored(1, new int[] {5}),
                Segment.scored(1, new int[] {6, 7}),
                Segment.scored(0, new int[] {8})));
        TrainingList list = new TrainingList("list", List.of(tree), List.of(1.0, 0.5, 0.0), 1);
        assertThat(TreeSteps.numbers(list)).containsExactly(0, 0, 1, 1, 1, 0);
        assertThat(TreeSteps.shared(list)).containsExactly(1, 1, 0, 0, 0, 0);
    }

    @Test
    void aPlainCompletionIsOneStep() {
        TrainingSingle single = new TrainingSingle("single", TokenTree.of(new int[] {1}, new int[] {2, 3}), 1, 1);
        assertThat(TreeSteps.numbers(single)).containsExactly(0, 0);
        assertThat(TreeSteps.shared(single)).containsExactly(0, 0);
    }
}
