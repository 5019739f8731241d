package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.pairing.BestWorst;
import org.thurstone.feedback.pairing.BestWorstOfFew;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.ScorePositions;
import org.thurstone.feedback.pairing.ScorePositions.Position;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Lines;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.Sampled;
import org.thurstone.worlds.bandit.Simplex;

/** Which samples to pair as their number grows, where the lowest rewards are those of broken answers and where they are not. */
@Method(
        name = "sweet-spot",
        kind = "replication",
        papers = "2502.16825",
        source = "arXiv:2502.16825",
        summary = "with many samples, the rejected one should be taken at μ − 2σ, not at the minimum")
public record SweetSpot() implements Replication {

    private static final double BETA = 0.1;
    private static final int PROMPTS = 20;
    private static final int RESPONSES = 400;
    private static final int FEATURES = 10;
    private static final double[] SAMPLES = {8, 16, 32, 64, 128};
    private static final String SPOT = "highest, μ − 2σ";
    private static final String LOWEST = "highest, lowest";

    @Override
    public Description about() {
        return new Description("""
            As more samples are drawn, DPO on the highest against the lowest reward becomes worse. With the rejected sample at μ − 2σ of the prompt's rewards it does
            not; of the 21 pairs of seven points of the distribution, those with the highest reward, or μ + 2σ, against μ − 2σ are the best.""", """
            `bandit`: 400 responses per prompt, 20 prompts, a log-linear policy with 10 features that explain 90 % of a normal reward's variance; and the same with 1.5
            % of the responses broken: their reward is 6 lower, and an eleventh feature identifies them. 8 to 128 samples, labelled by their rewards; DPO with β = 0.1.
            Measured on 20 other prompts at a divergence of 1 nat: the expected reward.""", """
            The paper does not say what causes the lowest rewards of language models. Broken answers are a guess, and the world without them tests the claim for purely
            normal rewards. Policies are compared at equal divergence.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        double[] samples = trial.smoke() ? new double[] {8, 128} : SAMPLES;
        Pairing spot = trial.ablation() == Ablation.ITSELF
                ? new ScorePositions(Position.HIGHEST, Position.TWO_BELOW)
                : new BestWorst();
        SequencedMap<String, Pairing> rules = new LinkedHashMap<>();
        rules.put(SPOT, spot);
        rules.put(LOWEST, new BestWorst());
        rules.put("highest, lowest of 5", new BestWorstOfFew(5));
        Sweep broken = values(trial, rules, samples, 0.015);
        int most = (int) samples[samples.length - 1];
        Findings findings = Findings.of(table("with broken answers", samples, broken))
                .with(plot("Expected reward, with broken answers", broken))
                .core(
                        "with broken answers, highest against lowest gets worse from " + (int) samples[0]
                                + " samples to " + most,
                        broken.gain(LOWEST).below(0))
                .core(
                        "at " + most + " samples μ − 2σ is better than the lowest",
                        broken.better(SPOT, LOWEST, broken.last()))
                .core("with μ − 2σ more samples do no harm", !broken.gain(SPOT).below(0))
                .also(
                        "nor do they with the lowest of 5",
                        !broken.gain("highest, lowest of 5").below(0));
        if (trial.smoke()) {
            return findings;
        }
        Sweep normal = values(trial, rules, samples, 0);
        return all(
                trial,
                findings.with(table("with normal rewards", samples, normal))
                        .with(plot("Expected reward, with normal rewards", normal))
                        .also(
                                "where rewards are normal all the way, highest against lowest gets worse as well",
                                normal.gain(LOWEST).below(0)));
    }

    private static LinearWorld world(double share, RandomGenerator random) {
        LinearWorld plain = LinearWorld.random(2 * PROMPTS, RESPONSES, FEATURES, 0.1, random);
        double[][] reward = plain.world().reward().orElseThrow();
        double[][][] features = new double[reward.length][RESPONSES][];
        for (int x = 0; x < reward.length; x++) {
            for (int y = 0; y < RESPONSES; y++) {
                boolean broken = random.nextDouble() < share;
                features[x][y] = Arrays.copyOf(plain.features()[x][y], FEATURES + 1);
                features[x][y][FEATURES] = broken ? 1 : 0;
                reward[x][y] -= broken ? 6 : 0;
            }
        }
        return new LinearWorld(
                Bandit.rewarded(Simplex.rows(reward.length, Simplex.uniform(RESPONSES)), reward), features);
    }

    private static double value(Trial trial, LinearWorld w, Pairing pairing, int samples, RandomGenerator random) {
        Bandit world = w.world();
        Sampled sampled =
                new Sampled(world, world.reference(), samples, world.reward().orElseThrow());
        double[][] policy = w.learn(
                OfflineTrainer.whole(trial.of(40, 12), 0.05),
                trial.ablation() == Ablation.NOTHING ? trial.subject(new Dpo(BETA, 0), BETA) : new Dpo(BETA, 0),
                sampled.judged(pairing, PROMPTS, random).examples());
        return w.value(w.atDivergence(policy, 1), PROMPTS);
    }

    /**
     * Results of each rule, by the number of samples.
     *
     * @param share of broken answers
     */
    private static Sweep values(Trial trial, SequencedMap<String, Pairing> rules, double[] samples, double share) {
        Sweep value = Sweep.along(samples);
        trial.each(trial.of(10, 3), "broken: " + share, random -> {
            LinearWorld w = world(share, random);
            value.each((n, count) -> rules.forEach(
                    (name, pairing) -> value.add(name, n, value(trial, w, pairing, (int) count, random))));
        });
        return value;
    }

    private static Figures table(String where, double[] samples, Sweep value) {
        return Figures.of(
                        "expected reward on other prompts at 1 nat, " + where,
                        "chosen, rejected",
                        3,
                        Arrays.stream(samples)
                                .mapToObj(n -> (int) n + " samples")
                                .toArray(String[]::new))
                .rows(value.arms(), arm -> value.row(arm, arm));
    }

    private static Lines plot(String title, Sweep value) {
        return value.scaled(n -> Math.log(n) / Math.log(2))
                .curve(
                        title,
                        "On other prompts at 1 nat; the band is over seeds.",
                        "log₂ of the number of samples",
                        "expected reward");
    }

    /** The 21 pairs of points, at 64 samples, with broken answers. */
    private static Findings all(Trial trial, Findings findings) {
        List<Position> positions = List.of(Position.values());
        List<Position> lower = positions.subList(0, positions.size() - 1);
        Sweep value = Sweep.once();
        trial.each(10, "21 pairs of points", random -> {
            LinearWorld w = world(0.015, random);
            for (Position high : positions) {
                for (Position low : positions.subList(0, positions.indexOf(high))) {
                    value.add(name(high, low), value(trial, w, new ScorePositions(high, low), 64, random));
                }
            }
        });
        Figures table = Figures.of(
                        "expected reward on other prompts at 1 nat, 64 samples, with broken answers",
                        "",
                        3,
                        lower.stream().map(p -> "rejected: " + words(p)).toArray(String[]::new))
                .rows(lower.size(), i -> {
                    Position high = positions.reversed().get(i);
                    return new Row(
                            "chosen: " + words(high),
                            lower.stream()
                                    .map(low -> low.compareTo(high) < 0
                                            ? value.end(name(high, low))
                                            : Measured.of(Double.NaN))
                                    .toList());
                });
        String best = value.arms().stream()
                .max(Comparator.comparingDouble(arm -> value.end(arm).mean()))
                .orElseThrow();
        return findings.with(table)
                .also(
                        "of the 21 pairs of points the best has the highest or μ + 2σ chosen and μ − 2σ rejected; here"
                                + " it is " + best,
                        best.equals(name(Position.HIGHEST, Position.TWO_BELOW))
                                || best.equals(name(Position.TWO_ABOVE, Position.TWO_BELOW)));
    }

    private static String name(Position high, Position low) {
        return words(high) + " against " + words(low);
    }

    private static String words(Position position) {
        return switch (position) {
            case LOWEST -> "lowest";
            case TWO_BELOW -> "μ − 2σ";
            case ONE_BELOW -> "μ − σ";
            case MEAN -> "μ";
            case ONE_ABOVE -> "μ + σ";
            case TWO_ABOVE -> "μ + 2σ";
            case HIGHEST -> "highest";
        };
    }
}
