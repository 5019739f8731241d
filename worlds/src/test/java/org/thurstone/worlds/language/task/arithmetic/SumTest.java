package org.thurstone.worlds.language.task.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.loop.run.Seeds;

class SumTest {

    private final Sum sum = new Sum(List.of(12, 7, -5));
    private final Prompt prompt = new Prompt("1", Text.raw(sum.prompt()));

    @Test
    void writesItsPromptAndItsDerivation() {
        assertThat(sum.prompt()).isEqualTo("12+7-5:");
        assertThat(sum.derivation()).isEqualTo("12+7=19-5=14#14");
        assertThat(sum.answer()).isEqualTo(14);
    }

    @Test
    void filesAreReadBackAsWritten() {
        RandomGenerator random = new Seeds(3).of("sums");
        for (int i = 0; i < 200; i++) {
            Sum drawn = Sum.draw(3, 5, 19, 30, random);
            assertThat(Sum.parse(drawn.prompt())).contains(drawn);
            int partial = 0;
            for (int operand : drawn.operands()) {
                partial += operand;
                assertThat(partial).isBetween(0, 29);
            }
        }
        assertThat(Sum.parse("12+:")).isEmpty();
        assertThat(Sum.parse("")).isEmpty();
    }

    @Test
    void anHonestDemonstratorIsAlwaysRight() {
        RandomGenerator random = new Seeds(3).of("sums");
        SumDemonstrator honest = new SumDemonstrator(0, 30);
        for (int i = 0; i < 100; i++) {
            Sum drawn = Sum.draw(3, 4, 19, 30, random);
            assertThat(honest.demonstrate(drawn, random)).isEqualTo(drawn.derivation());
        }
    }

    @Test
    void aForgetfulOneIsOffByTenWhereItCarries() {
        SumDemonstrator forgetful = new SumDemonstrator(1, 30);
        RandomGenerator random = new Seeds(3).of("sums");
        assertThat(forgetful.demonstrate(new Sum(List.of(8, 5, 3)), random)).isEqualTo("8+5=3+3=6#6");
        assertThat(forgetful.demonstrate(new Sum(List.of(12, -5)), random)).isEqualTo("12-5=17#17");
        assertThat(forgetful.demonstrate(new Sum(List.of(12, 7)), random)).isEqualTo("12+7=19#19");
    }

    @Test
    void dropoutHasTheStatedRate() {
        SumDemonstrator half = new SumDemonstrator(0.5, 30);
        RandomGenerator random = new Seeds(4).of("half");
        int wrong = 0;
        for (int i = 0; i < 4000; i++) {
            wrong += half.demonstrate(new Sum(List.of(8, 5)), random).equals("8+5=3#3") ? 1 : 0;
        }
        assertThat(wrong / 4000.0).isCloseTo(0.5, within(0.03)); // four standard errors
    }

    @Test
    void finalAnswerDecidesAndLuckIsReported() {
        SumVerifier verifier = new SumVerifier();
        assertThat(verifier.verify(prompt, Completion.raw("12+7=19-5=14#14")).correct())
                .isTrue();
        assertThat(verifier.verify(prompt, Completion.raw("12+7=9-5=14#14")).correct())
                .isTrue();
        assertThat(SumVerifier.derivedRightly(prompt, Completion.raw("12+7=9-5=14#14")))
                .isFalse();
        assertThat(verifier.verify(prompt, Completion.raw("12+7=19-5=14#15")).correct())
                .isFalse();
        assertThat(verifier.verify(prompt, Completion.raw("12+7=19-5=14")).correct())
                .isFalse();
        assertThat(verifier.verify(prompt, Completion.raw("")).correct()).isFalse();
        assertThat(verifier.verify(prompt, Completion.raw("#14#14")).correct()).isFalse();
        assertThat(verifier.verify(prompt, Completion.raw("#99999999999999")).correct())
                .isFalse();
    }
}
