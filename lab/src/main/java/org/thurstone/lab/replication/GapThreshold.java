package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.thurstone.feedback.pairing.BestWorst;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.feedback.pairing.ScoreGap;
import org.thurstone.lab.Ablation;
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
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.Responses;
import org.thurstone.worlds.bandit.Sampled;

/** RS-DPO's pairs against best and worst, random pairs and imitation of the best, from the same samples. */
@Method(
        name = "gap-threshold",
        kind = "replication",
        papers = "2402.10038",
        source = "arXiv:2402.10038",
        summary = "RS-DPO: training on all pairs with a large enough reward gap beats best against worst")
public record GapThreshold() implements Replication {

    private static final double BETA = 0.1;
    private static final int SAMPLES = 16;
    private static final int RESPONSES = 40;
    private static final double[] ERRORS = {0, 0.5, 1};

    @Override
    public Description about() {
        return new Description("""
            Of k samples from the SFT policy, all pairs whose rewards differ by enough (RS-DPO, σ(gap/τ) > η) train a better DPO policy than the best sample against the
            worst, than random pairs, and than imitating the best sample (rejection sampling).""", """
            `bandit`: 40 responses per prompt, of which the policy samples 16; 30 prompts; a log-linear policy with 12 features that explain 80 % of the reward's
            variance. Rewards have variance 1, and the judge's errors a standard deviation of 0, 0.5 and 1; the judge labels all pairs. η = 0.85 and τ = ½, which is a
            gap of 0.87. DPO with β = 0.1. Measured on 30 other prompts, at a divergence of 1 nat: the true expected reward.""", """
            As in the paper, the number of pairs differs between methods, since each selects its own from the same samples. PPO is not compared. The scale of rewards,
            and with it τ, was chosen here.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int prompts = 30;
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(80, 25), 0.05);
        double[] errors = trial.smoke() ? new double[] {0.5} : ERRORS;
        Pairing wide = trial.ablation() == Ablation.ITSELF ? new ScoreGap(0.85, 0.5) : new RandomPairs(1, false);
        SequencedMap<String, Pairing> pairings = new LinkedHashMap<>();
        pairings.put("score-gap", wide);
        pairings.put("best-worst", new BestWorst());
        pairings.put("random", new RandomPairs(1, false));
        Sweep value = Sweep.along(errors);
        Sweep used = Sweep.along(errors);
        value.each((e, error) -> trial.each(trial.of(10, 4), "judge's error " + error, random -> {
            LinearWorld w = LinearWorld.random(2 * prompts, RESPONSES, 12, 0.2, random);
            Bandit world = w.world();
            Sampled sampled = new Sampled(world, world.reference(), SAMPLES, Sampled.noisy(world, error, random));
            pairings.forEach((name, pairing) -> {
                List<TrainingExample> data =
                        sampled.judged(pairing, prompts, random).examples();
                Loss loss = name.equals("score-gap") ? trial.subject(new Dpo(BETA, 0), BETA) : new Dpo(BETA, 0);
                value.add(name, e, w.value(w.atDivergence(w.learn(trainer, loss, data), 1), prompts));
                used.add(name, e, (double) data.size() / prompts);
            });
            List<TrainingExample> best = new ArrayList<>();
            for (int x = 0; x < prompts; x++) {
                double[] row = sampled.scores()[x];
                int y = sampled.scored(x, random).completions().stream()
                        .map(Responses::index)
                        .reduce((a, b) -> row[a] > row[b] ? a : b)
                        .orElseThrow();
                best.add(Examples.shown(x, y, 1));
            }
            double[][] imitated = w.learn(trainer, new Sft(Averaging.COMPLETION), best);
            value.add("sft on the best", e, w.value(w.atDivergence(imitated, 1), prompts));
        }));
        return Findings.of(Figures.of(
                                "expected reward on other prompts at 1 nat",
                                3,
                                "judge | score-gap | best-worst | random | sft on the best | pairs per prompt, score-gap")
                        .rows(
                                errors.length,
                                e -> new Row(
                                        "judge's error " + errors[e],
                                        Stream.concat(
                                                        value.arms().stream().map(arm -> value.at(arm, e)),
                                                        Stream.of(used.at("score-gap", e)))
                                                .toList())))
                .with(value.curve(
                        "Which pairs to make of sixteen samples",
                        "Expected reward on other prompts at 1 nat; the band is over seeds.",
                        "deviation of the judge's errors",
                        "expected reward"))
                .core(
                        "pairs by gap are better than best against worst and than random pairs",
                        value.better("score-gap", "best-worst") && value.better("score-gap", "random"))
                .also("and than imitating the best", value.better("score-gap", "sft on the best"));
    }
}
