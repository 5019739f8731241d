package org.thurstone.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.elicit.respondent.SimulatedHuman;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.acquisition.BudgetSplit;
import org.thurstone.feedback.acquisition.DecreasingBudget;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.pairing.CorrectWrong;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.verifier.AnswerCheck;
import org.thurstone.feedback.verifier.ExactAnswer;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;

class WalkTest {

    private record Walk(
            Pairing pairing,
            Acquisition acquisition,
            BudgetSplit budget,
            RespondentSource annotator,
            AnswerCheck check) {}

    @Test
    void aRecipeNamesTheStepsOfTheWalk() {
        String yaml = """
                pairing: correct-wrong
                acquisition: {name: margin, corpus: largest}
                budget: decreasing
                annotator: {name: simulated-human, flip-rate: 0.1}
                check: exact
                """;
        Walk walk = Recipe.parse(yaml, "walk.yaml").bind(Walk.class, Catalogue.installed());
        assertThat(walk)
                .isEqualTo(new Walk(
                        new CorrectWrong(10, true, 0.5),
                        new MarginAcquisition(Order.SMALLEST, Order.LARGEST),
                        new DecreasingBudget(3),
                        new SimulatedHuman(1, 0.1, 0),
                        new ExactAnswer("", false)));
    }
}
