package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.loss.ImplicitReward.Form;

/** What TRL 1.13 logs as rewards: its DPO, KTO and BCO trainers β·log-ratio, its CPO trainer β·log-probability, per token for SimPO and ORPO. */
class ImplicitRewardTest {

    private record Holder(Loss loss) {}

    private static ImplicitReward of(String loss) {
        return Recipe.parse("loss: " + loss, "test")
                .bind(Holder.class, Catalogue.installed())
                .loss()
                .implicitReward();
    }

    @Test
    void rewardIsOnTrlsScale() {
        for (String loss : List.of("dpo", "kto", "bco", "slic", "{score: log-ratio, link: hinge, beta: 0.1}")) {
            assertThat(of(loss)).as(loss).isEqualTo(new ImplicitReward(Form.LOG_RATIO, 0.1));
        }
        assertThat(of("{dpo: {beta: 0.3}}").beta()).isEqualTo(0.3);
        assertThat(of("{ipo: {tau: 0.2}}")).isEqualTo(new ImplicitReward(Form.LOG_RATIO, 0.2));
        assertThat(of("cpo")).isEqualTo(new ImplicitReward(Form.LOG_PROB, 0.1));
        assertThat(of("simpo")).isEqualTo(new ImplicitReward(Form.MEAN_LOG_PROB, 2));
        assertThat(of("orpo")).isEqualTo(new ImplicitReward(Form.MEAN_LOG_PROB, 0.1));
    }

    @Test
    void lossWithoutBetaHasScaleOne() {
        assertThat(of("sft").beta()).isEqualTo(1);
        assertThat(of("slic-hf")).isEqualTo(new ImplicitReward(Form.LOG_PROB, 1));
    }

    @Test
    void mixtureHasTheRewardOfItsPreferenceLoss() {
        assertThat(of("{mixture: {of: [{loss: sft}, {loss: {dpo: {beta: 0.2}}}]}}"))
                .isEqualTo(new ImplicitReward(Form.LOG_RATIO, 0.2));
    }
}
