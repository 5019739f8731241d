package org.thurstone.feedback.verifier.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObedienceTest {

    private static final List<Instruction> NO_COMMA_AND_TWO_WORDS = List.of(new NoComma(), new WordRange(2, 2));

    @Test
    void anOpeningLineAClosingLineAndAsterisksCountOnlyStrictly() {
        assertThat(Obedience.of(NO_COMMA_AND_TWO_WORDS, "Sure, here:\nIt rains\nGladly, always."))
                .isEqualTo(new Obedience(List.of(false, false), List.of(true, true)));
        assertThat(Obedience.of(List.of(new Quotation()), "*\"It rains\"*"))
                .isEqualTo(new Obedience(List.of(false), List.of(true)));
    }

    @Test
    void whatHoldsStrictlyHoldsLoosely() {
        Obedience both = Obedience.of(NO_COMMA_AND_TWO_WORDS, "It rains");
        assertThat(both.all()).isTrue();
        assertThat(both.allLoosely()).isTrue();
    }

    @Test
    void blankAnswersObeyNothing() {
        assertThat(Obedience.of(NO_COMMA_AND_TWO_WORDS, " \n ").loose()).containsExactly(false, false);
        // Without its only line nothing is left, which has no comma either.
        assertThat(Obedience.of(List.of(new NoComma()), "a, b").allLoosely()).isFalse();
    }
}
