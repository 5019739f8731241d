package org.thurstone.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.MemoryWorkspace;
import org.thurstone.loop.run.Seeds;

class CoinGameTest {

    /** Prefers what the coin shows. */
    private record Coin(double heads) implements Respondent {
        @Override
        public Identity identity() {
            return new Identity("coin", "heads=" + heads);
        }

        @Override
        public Set<Question.Form> forms() {
            return Set.of(Question.Form.PAIR);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            for (Presentation throwOfCoin : asked) {
                boolean heads = elicitation.random(throwOfCoin).nextDouble() < this.heads;
                boolean first = throwOfCoin.shown().getFirst().text().plain().equals("heads");
                elicitation.answer(
                        throwOfCoin,
                        new Judgement.Preferred(heads == first ? new Preference.Left() : new Preference.Right()));
            }
        }
    }

    private static List<Iteration<Double>> play(int seed) {
        Seeds seeds = new Seeds(seed);
        Inquiry inquiry = new Inquiry(new MemoryLedger(), seeds::of, Inquiry.Tolerance.DEFAULT, warning -> {});
        Arm<Double> arm = new CoinGame(0.8, 400).arm(3, inquiry, new Coin(0.8));
        return new Loop<Double>(new MemoryWorkspace(), seeds, Progress.SILENT).run(arm, 0.0);
    }

    @Test
    void policyConvergesToTheKnownOptimum() {
        double logOdds = play(1).getLast().get(CoinGame.POLICY);
        // 1,200 throws: the standard error of the log-odds is 1/sqrt(1200 · 0.8 · 0.2) = 0.072.
        assertThat(logOdds).isCloseTo(Math.log(0.8 / 0.2), within(3 * 0.072));
    }

    @Test
    void theSameSeedGivesTheSamePolicy() {
        assertThat(play(2).getLast().iterates()).isEqualTo(play(2).getLast().iterates());
    }
}
