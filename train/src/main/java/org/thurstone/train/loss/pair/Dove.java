package org.thurstone.train.loss.pair;

import java.util.Optional;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Joint preferences: −log σ(β·(log-ratio of (x_w, y_w) − log-ratio of (x_l, y_l))), where the completions may answer different prompts. The paper's
 * log-ratio is that of prompt and completion together; its released code leaves the prompts out, by default. If both completions have the same
 * prompt, it cancels, and both forms are DPO. A pair with two prompts has {@code rejected_prompt} for the second one. arXiv:2404.00530.
 *
 * @param beta β above 0
 * @param prompts whether the likelihood of the prompts counts, as in the paper
 */
@Method(
        name = "dove",
        kind = "loss",
        papers = "2404.00530",
        source = "arXiv:2404.00530",
        summary = "DPO between answers to different prompts",
        formula = "−log σ(β·Δ(x_w, y_w) − β·Δ(x_l, y_l))")
public record Dove(
        @Default("0.1") double beta, @Default("true") boolean prompts) implements Preset {

    public Dove {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0));
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("pairs whose completions answer different prompts", "dpo"));
    }

    @Override
    public boolean scoresPrompts() {
        return prompts;
    }
}
