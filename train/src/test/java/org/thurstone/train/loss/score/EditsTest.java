package org.thurstone.train.loss.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;

/** What two completions do not have in common. */
class EditsTest {

    private static int[] tokens(String letters) {
        return letters.chars().map(c -> c - 'a').toArray();
    }

    private static TrainingPair pair(String chosen, String rejected) {
        return TrainingPair.of("pair", TokenTree.of(tokens("z"), tokens(chosen), tokens(rejected)));
    }

    @Test
    void changedTokensAreThoseThatTheOtherLacks() {
        // One word put right.
        assertThat(Edits.changed(pair("abxde", "abyyde"))).containsExactly(0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0);
        assertThat(Edits.changed(pair("abc", "abc"))).containsOnly(0);
        assertThat(Edits.changed(pair("abc", "def"))).containsOnly(1);
        assertThat(Edits.changed(pair("abcb", "b"))).containsExactly(1, 1, 1, 0, 0);
        assertThat(Edits.changed(pair("aa", "aaa"))).containsExactly(0, 0, 0, 0, 1);
    }

    @Test
    void promptsThatDifferAndSamplesDoNotCount() {
        TrainingPair two = new TrainingPair(
                "pair",
                List.of(TokenTree.of(tokens("z"), tokens("ab")), TokenTree.of(tokens("yz"), tokens("ac"))),
                1,
                1,
                OptionalDouble.empty(),
                Optional.empty());
        assertThat(Edits.changed(two)).containsExactly(0, 1, 0, 1);
        assertThat(Edits.changed(pair("ab", "ac").withSamples(List.of(tokens("xy")))))
                .containsExactly(0, 1, 0, 1, 0, 0);
        assertThat(Edits.changed(new TrainingSingle("single", TokenTree.of(tokens("z"), tokens("ab")), 1, 1)))
                .containsExactly(0, 0);
    }

    @Test
    void noLongerCommonSubsequenceExists() {
        Random random = new Random(1);
        for (int trial = 0; trial < 300; trial++) {
            int[] a = random.ints(random.nextInt(9), 0, 3).toArray();
            int[] b = random.ints(random.nextInt(9), 0, 3).toArray();
            BitSet inA = Edits.common(a, b, true);
            BitSet inB = Edits.common(a, b, false);
            assertThat(inA.stream().map(i -> a[i]).toArray())
                    .containsExactly(inB.stream().map(i -> b[i]).toArray());
            assertThat(inA.cardinality()).isEqualTo(longest(a, 0, b, 0));
        }
    }

    private static int longest(int[] a, int i, int[] b, int j) {
        if (i == a.length || j == b.length) {
            return 0;
        }
        return a[i] == b[j]
                ? 1 + longest(a, i + 1, b, j + 1)
                : Math.max(longest(a, i + 1, b, j), longest(a, i, b, j + 1));
    }
}
