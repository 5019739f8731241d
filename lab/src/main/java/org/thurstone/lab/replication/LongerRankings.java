package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.list.Pro;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;

/** PRO with rankings of two, three, five and eight. */
@Method(
        name = "longer-rankings",
        kind = "replication",
        papers = "2306.17492",
        source = "arXiv:2306.17492",
        summary = "PRO learns more from longer rankings")
public record LongerRankings() implements Replication {

    private static final int RESPONSES = 10;
    private static final int PROMPTS = 30;
    private static final String SFT = "sft on the best";

    @Override
    public Description about() {
        return new Description("""
            PRO takes rankings of any length. The longer they are, the better the policy trained on the same prompts, and it is better than imitating the best response
            of each ranking.""", """
            `bandit`: 10 responses per prompt; a log-linear policy with 10 features that explain 80 % of the reward's variance; 30 prompts with one ranking each of 2,
            3, 5 or 8 responses, scored by their rewards. PRO with a likelihood weight of 0.05, compared with likelihood training on the best of the same responses.
            Measured on 30 other prompts: the expected reward of the policy (its mean is 0 at the start), and the same at a divergence of 1 nat, because losses over
            longer rankings move the policy less in the same number of steps.""", """
            The paper extends its rankings with responses of other models, some of which are better. Here all responses come from the same distribution, so that only
            the length is tested. Rewards are the true ones.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(80, 40), 0.05);
        Loss pro = trial.subject(new Pro(0.05), 0.1);
        double[] lengths = trial.smoke() ? new double[] {2, 8} : new double[] {2, 3, 5, 8};
        Sweep reward = Sweep.along(lengths);
        Sweep level = Sweep.along(lengths);
        reward.each((l, length) -> trial.each(trial.of(10, 6), "rankings", random -> {
            LinearWorld w = LinearWorld.random(2 * PROMPTS, RESPONSES, 10, 0.2, random);
            List<TrainingExample> rankings = new ArrayList<>();
            List<TrainingExample> best = new ArrayList<>();
            for (int x = 0; x < PROMPTS; x++) {
                double[] worth = w.world().reward().orElseThrow()[x];
                List<Integer> drawn = w.some(8, random).subList(0, (int) length);
                rankings.add(Examples.list(
                        x, drawn, drawn.stream().map(y -> worth[y]).toList()));
                best.add(Examples.shown(
                        x,
                        drawn.stream()
                                .reduce((a, b) -> worth[a] > worth[b] ? a : b)
                                .orElseThrow(),
                        1));
            }
            double[][] ranked = w.learn(trainer, pro, rankings);
            double[][] imitated = w.learn(trainer, new Sft(Averaging.COMPLETION), best);
            reward.add("pro", l, w.value(ranked, PROMPTS));
            reward.add(SFT, l, w.value(imitated, PROMPTS));
            level.add("pro", l, w.value(w.atDivergence(ranked, 1), PROMPTS));
            level.add(SFT, l, w.value(w.atDivergence(imitated, 1), PROMPTS));
        }));
        return Findings.of(Figures.of(
                                "expected reward on other prompts",
                                3,
                                "data | pro | sft on the best | pro, 1 nat | sft, 1 nat")
                        .rows(
                                lengths.length,
                                l -> Row.of(
                                        "rankings of " + (int) lengths[l],
                                        reward.at("pro", l),
                                        reward.at(SFT, l),
                                        level.at("pro", l),
                                        level.at(SFT, l))))
                .with(level.curve(
                        "Longer rankings",
                        "Expected reward on other prompts at 1 nat from the start; the band is over seeds.",
                        "responses in a ranking",
                        "expected reward"))
                .core(
                        "at a divergence of 1 nat, rankings of eight teach more than rankings of two",
                        level.gain("pro").above(0))
                .core("there each step in length is a step in reward", level.grows("pro"))
                .also("so it is for the policies as they are", reward.grows("pro"))
                .also("at each length PRO is better than imitating the best, at 1 nat", level.better("pro", SFT));
    }
}
