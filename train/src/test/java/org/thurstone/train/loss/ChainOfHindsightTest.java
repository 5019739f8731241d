package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.demonstration.ChainOfHindsight;
import org.thurstone.train.loss.demonstration.ChainOfHindsight.Chain;
import org.thurstone.train.loss.regulariser.Averaging;

/** The forms in which a comparison is written. */
class ChainOfHindsightTest {

    private static ChainOfHindsight telling(Chain... chains) {
        return new ChainOfHindsight(List.of(chains), "Good:", "Bad:", Averaging.BATCH);
    }

    private static Comparison raw(Preference preference) {
        return new Comparison(
                new Prompt("p", Text.raw("Why?")),
                Completion.raw("So."),
                new Completion(Text.raw("No"), false),
                preference,
                OptionalDouble.empty(),
                new Provenance("", "", 3));
    }

    @Test
    void answersFollowTheirFeedbackPhrases() {
        Comparison c = raw(new Preference.Right()); // "No" is the better one
        List<Demonstration> good = telling(Chain.GOOD).demonstrations(c);
        assertThat(good).singleElement().satisfies(d -> {
            assertThat(d.prompt().text()).isEqualTo(Text.raw("Why?\nGood:\n"));
            assertThat(d.completion()).isEqualTo(new Completion(Text.raw("No"), false));
            assertThat(d.provenance().weight()).isEqualTo(3);
        });
        assertThat(telling(Chain.BAD).demonstrations(c).getFirst().prompt().text())
                .isEqualTo(Text.raw("Why?\nBad:\n"));
        List<Demonstration> chain = telling(Chain.BAD_THEN_GOOD).demonstrations(c);
        assertThat(chain).hasSize(2);
        assertThat(chain.get(0)).isEqualTo(telling(Chain.BAD).demonstrations(c).getFirst());
        assertThat(chain.get(1).prompt().text()).isEqualTo(Text.raw("Why?\nBad:\nSo.\nGood:\n"));
        assertThat(chain.get(1).completion().text()).isEqualTo(Text.raw("No"));
        assertThat(telling(Chain.GOOD).asking(c.prompt()).text()).isEqualTo(Text.raw("Why?\nGood:\n"));
    }

    @Test
    void commonChainPrefixIsOneExampleWithItsWeight() {
        List<Demonstration> all = telling(Chain.values()).demonstrations(raw(new Preference.Left()));
        assertThat(all.stream().map(d -> d.prompt().text().plain()))
                .containsExactly(
                        "Why?\nGood:\n", "Why?\nBad:\n", "Why?\nBad:\nNo\nGood:\n", "Why?\nGood:\nSo.\nBad:\n");
        assertThat(all.stream().map(d -> d.provenance().weight())).containsExactly(6.0, 6.0, 3.0, 3.0);
        assertThat(telling(Chain.values()).demonstrations(raw(new Preference.Tie())))
                .isEmpty();
    }

    @Test
    void conversationsAreRenderedAsTurns() {
        Comparison c = Comparison.of(
                new Prompt(
                        "p", Text.chat(List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "Why?")))),
                new Completion(Text.answer("So.")),
                new Completion(Text.answer("No.")));
        Demonstration second = telling(Chain.BAD_THEN_GOOD).demonstrations(c).get(1);
        assertThat(second.prompt().text())
                .isEqualTo(Text.chat(List.of(
                        new Message(Role.SYSTEM, "Be brief."),
                        new Message(Role.USER, "Why?\nBad:"),
                        new Message(Role.ASSISTANT, "No."),
                        new Message(Role.USER, "Good:"))));
        assertThat(second.completion().text()).isEqualTo(Text.answer("So."));
    }

    @Test
    void itIsTheLikelihoodOfAnswers() {
        Sequences rows = Sequences.of(
                Pairs.padded(new double[][] {{-1, -2}, {-0.5}}, 0), Pairs.mask(new double[][] {{-1, -2}, {-0.5}}, 0));
        DemonstrationBatch batch = DemonstrationBatch.of(rows);
        Loss loss = Named.loss("chain-of-hindsight");
        assertThat(loss.on(batch).toDoubles()).containsExactly(new double[] {3 / 1.5, 0.5 / 1.5}, within(1e-12));
        rows.policy().requiresGrad(true);
        loss.on(batch).sum().backward();
        Tensor gradient = rows.policy().grad().orElseThrow();
        assertThat(gradient.toDoubles()).containsExactly(new double[] {-1 / 1.5, -1 / 1.5, -1 / 1.5, 0}, within(1e-12));
    }

    @Test
    void noOtherLossSharesItsExamples() {
        assertThatThrownBy(() -> Named.loss("{mixture: [{loss: dpo}, {loss: chain-of-hindsight}]}"))
                .hasMessageContaining("train with it alone");
        assertThatThrownBy(() -> telling())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing would be learned");
        assertThatThrownBy(() -> Named.loss("{name: chain-of-hindsight, good: Same, bad: Same}"))
                .hasMessageContaining("different ones");
        assertThat(Named.loss("{feasible: {loss: chain-of-hindsight}}").demonstrations(raw(new Preference.Left())))
                .hasSize(4);
    }
}
