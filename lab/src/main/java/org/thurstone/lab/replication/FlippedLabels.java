package org.thurstone.lab.replication;

import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Cdpo;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Rdpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** rDPO with flipped labels: the gap to the regularised optimum, and the rates in the number of pairs and features. */
@Method(
        name = "flipped-labels",
        kind = "replication",
        papers = "2403.00409",
        source = "arXiv:2403.00409",
        summary = "rDPO is robust to flipped labels; DPO and cDPO are not")
public record FlippedLabels() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 8;
    private static final int RESPONSES = 5;
    private static final double[] FLIPS = {0, 0.1, 0.2, 0.4};

    @Override
    public Description about() {
        return new Description("""
            If labels are flipped with a known probability ε, DPO and conservative DPO (label smoothing) learn margins that are too small, the more so the larger ε is.
            rDPO's loss is unbiased, so that its result stays close to that of clean labels. In a log-linear class, its error falls with the number of pairs as n^(−1/2)
            and grows with the number of features as d^(1/2).""", """
            `bandit`: 8 prompts × 5 responses with 8 random features (for the rates: up to 32). The true reward is linear in them, labels follow the Bradley–Terry
            model, and each is flipped with probability ε. Log-linear policies are trained on the same pairs by DPO, cDPO(ε) and rDPO(ε), with full batches. Measured:
            the suboptimality in the regularised objective E r − β·KL, and the error of the implied reward differences (root mean square over pairs).""", """
            The paper reports accuracies and win rates of language models; here the optimum is known, and the regularised objective itself is compared. cDPO and rDPO
            know ε, as in the paper's theory.""");
    }

    /** A reward that is β·φ·θ. */
    private static LinearWorld world(int dimensions, RandomGenerator random) {
        double[][][] features = new double[PROMPTS][RESPONSES][dimensions];
        double[] theta = new double[dimensions];
        double[][] reward = new double[PROMPTS][RESPONSES];
        for (int k = 0; k < dimensions; k++) {
            theta[k] = 2 * random.nextGaussian() / Math.sqrt(dimensions);
        }
        for (int x = 0; x < PROMPTS; x++) {
            for (int y = 0; y < RESPONSES; y++) {
                for (int k = 0; k < dimensions; k++) {
                    features[x][y][k] = random.nextGaussian();
                    reward[x][y] += BETA * features[x][y][k] * theta[k];
                }
            }
        }
        return new LinearWorld(Bandit.rewarded(Simplex.rows(PROMPTS, Simplex.uniform(RESPONSES)), reward), features);
    }

    @Override
    public Findings experiment(Trial trial) {
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(80, 40), 0.1);
        double[] flips = trial.smoke() ? new double[] {FLIPS[0], FLIPS[2]} : FLIPS;
        Sweep left = Sweep.along(flips);
        left.each((f, flip) -> trial.each(trial.of(8, 4), "labels flipped with " + flip, random -> {
            LinearWorld w = world(8, random);
            List<TrainingExample> data = drawn(w.world(), 4000, flip, random);
            Loss rdpo = trial.subject(new Rdpo(BETA, flip), BETA);
            left.add("rdpo", f, w.world().shortfall(w.learn(trainer, rdpo, data), BETA));
            left.add("dpo", f, w.world().shortfall(w.learn(trainer, new Dpo(BETA, 0), data), BETA));
            left.add("cdpo", f, w.world().shortfall(w.learn(trainer, new Cdpo(BETA, flip), data), BETA));
        }));
        Findings findings = Findings.of(left.table("regularised objective left", "flip rate", 4, f -> "ε = " + f))
                .with(left.curve(
                        "What flips cost",
                        "4,000 pairs; the interval is over seeds.",
                        Axis.of("flip rate ε"),
                        Axis.of("regularised objective left").fromZero()))
                .core(
                        "at each flip rate above 0 rDPO leaves less of the optimum than DPO and cDPO do",
                        left.everywhere(
                                f -> flips[f] == 0 || (left.less("rdpo", "dpo", f) && left.less("rdpo", "cdpo", f))))
                .also(
                        "without flips all three are the same",
                        Math.abs(left.difference("rdpo", "dpo", 0).mean()) < 1e-6);
        if (trial.smoke()) {
            return findings;
        }
        Sweep byPairs = errors(trial, trainer, Sweep.along(500, 2000, 8000), false);
        Sweep byFeatures = errors(trial, trainer, Sweep.along(2, 8, 32), true);
        Measured pairs = byPairs.powers().end("rdpo");
        Measured features = byFeatures.powers().end("rdpo");
        return findings.with(Figures.of("power of rDPO's error at ε = 0.2", 3, "in | fitted power")
                        .row("number of pairs n", pairs)
                        .row("number of features d", features))
                .with(
                        logs("rDPO's error by pairs", "log₁₀ n", byPairs),
                        logs("rDPO's error by features", "log₁₀ d", byFeatures))
                .also(
                        "its error falls like n^(−1/2): the fitted power lies in −0.5 ± 0.1",
                        Math.abs(pairs.mean() + 0.5) < 0.1)
                .also(
                        "its error grows like d^(1/2): the fitted power lies in 0.5 ± 0.15",
                        Math.abs(features.mean() - 0.5) < 0.15);
    }

    private static List<TrainingExample> drawn(Bandit world, int pairs, double flip, RandomGenerator random) {
        return PairData.drawn(world, world.reference(), pairs, flip, random).examples();
    }

    /** RDPO's error at a flip rate of 0.2, by the number of features or of pairs. */
    private static Sweep errors(Trial trial, OfflineTrainer trainer, Sweep error, boolean features) {
        error.each((v, value) -> trial.each(8, (features ? "features: " : "pairs: ") + (int) value, random -> {
            LinearWorld w = world(features ? (int) value : 8, random);
            List<TrainingExample> data = drawn(w.world(), features ? 4000 : (int) value, 0.2, random);
            Loss rdpo = trial.subject(new Rdpo(BETA, 0.2), BETA);
            error.add("rdpo", v, w.world().impliedError(w.learn(trainer, rdpo, data), BETA));
        }));
        return error;
    }

    private static Lines logs(String title, String axis, Sweep error) {
        return error.map(Math::log10)
                .scaled(Math::log10)
                .curve(title, "On logarithmic scales a rate is a slope.", axis, "log₁₀ of the root mean square error");
    }
}
