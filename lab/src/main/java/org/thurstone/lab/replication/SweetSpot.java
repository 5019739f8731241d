package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.pairing.BestWorst;
import org.thurstone.feedback.pairing.BestWorstOfFew;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.ScorePositions;
import org.thurstone.feedback.pairing.ScorePositions.Position;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Substitute;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.Sampled;
import org.thurstone.worlds.bandit.Simplex;

/** Which samples to pair as their number grows, where the lowest rewards are those of broken answers and where they are not. */
@Method(
        name = "sweet-spot",
        kind = "replication",
        rows = {80},
        source = "arXiv:2502.16825",
        summary = "with many samples the rejected one is best taken at μ − 2σ, not at the minimum")
public record SweetSpot() implements Replication {

    private static final double BETA = 0.1;
    private static final int PROMPTS = 20;
    private static final int RESPONSES = 400;
    private static final int FEATURES = 10;
    private static final int[] SAMPLES = {8, 16, 32, 64, 128};

    @Override
    public String claim() {
        return """
            As more samples are drawn, DPO on the highest against the lowest reward gets worse. With the rejected one at μ − 2σ of the prompt's rewards
            it does not, and of the 21 pairs of seven points of the distribution those with the highest reward, or μ + 2σ, against
            μ − 2σ are the best.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 400 responses a prompt, 20 prompts, a log-linear policy of 10 features that explain 90 % of a normal reward's variance; and the
            same with 1.5 % of responses broken: their reward is 6 less, and an eleventh feature tells. 8 to 128 samples, labelled by their
            rewards; DPO with β = 0.1. Measured on 20 other prompts at a divergence of 1 nat: the expected reward.\
            """;
    }

    @Override
    public String differs() {
        return """
            Where language models' lowest rewards come from is not in the paper; broken answers are our guess, and the world without them shows
            what becomes of the claim if rewards are normal all the way. Policies are compared at equal divergence.\
            """;
    }

    private record Rule(String name, Pairing pairing) {}

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 8);
        int[] samples = trial.smoke() ? new int[] {8, 128} : SAMPLES;
        Pairing spot = trial.substitute() == Substitute.ITSELF
                ? new ScorePositions(Position.HIGHEST, Position.TWO_BELOW)
                : new BestWorst();
        List<Rule> rules = List.of(
                new Rule("highest, μ − 2σ", spot),
                new Rule("highest, lowest", new BestWorst()),
                new Rule("highest, lowest of 5", new BestWorstOfFew(5)));
        double[][][] broken = values(trial, rules, samples, seeds, 0.015);
        double[][][] normal = trial.smoke() ? broken : values(trial, rules, samples, seeds, 0);
        List<Figures> figures = new ArrayList<>(List.of(table("with broken answers", rules, samples, broken)));
        List<Lines> plots =
                new ArrayList<>(List.of(plot("Expected reward, with broken answers", rules, samples, broken)));
        int last = samples.length - 1;
        List<Check> checks = new ArrayList<>(List.of(
                Check.core(
                        "with broken answers, highest against lowest gets worse from " + samples[0] + " samples to "
                                + samples[last],
                        gain(broken[1], last).below(0)),
                Check.core(
                        "at " + samples[last] + " samples μ − 2σ is better than the lowest",
                        Measured.difference(Curves.column(broken[0], last), Curves.column(broken[1], last))
                                .above(0)),
                Check.core(
                        "with μ − 2σ more samples do no harm",
                        !gain(broken[0], last).below(0)),
                Check.also(
                        "nor do they with the lowest of 5",
                        !gain(broken[2], last).below(0))));
        if (!trial.smoke()) {
            figures.add(table("with normal rewards", rules, samples, normal));
            plots.add(plot("Expected reward, with normal rewards", rules, samples, normal));
            checks.add(Check.also(
                    "where rewards are normal all the way, highest against lowest gets worse as well",
                    gain(normal[1], last).below(0)));
            all(trial, seeds, figures, checks);
        }
        return new Findings(figures, plots, checks, List.of());
    }

    private static Measured gain(double[][] of, int last) {
        return Measured.difference(Curves.column(of, last), Curves.column(of, 0));
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
        double[][] policy = w.learned(
                Lesson.whole(trial.of(40, 25), 0.05),
                trial.substitute() == Substitute.NOTHING ? trial.subject(new Dpo(BETA, 0), BETA) : new Dpo(BETA, 0),
                sampled.judged(pairing, PROMPTS, random).examples());
        return w.value(w.atDivergence(policy, 1), PROMPTS);
    }

    /** (rules × seeds × numbers of samples). */
    private static double[][][] values(Trial trial, List<Rule> rules, int[] samples, int seeds, double share) {
        double[][][] value = new double[rules.size()][seeds][samples.length];
        List<double[][]> found = trial.seeds(seeds, "broken: " + share, random -> {
            LinearWorld w = world(share, random);
            double[][] one = new double[rules.size()][samples.length];
            for (int n = 0; n < samples.length; n++) {
                for (int r = 0; r < rules.size(); r++) {
                    one[r][n] = value(trial, w, rules.get(r).pairing(), samples[n], random);
                }
            }
            return one;
        });
        for (int s = 0; s < seeds; s++) {
            for (int r = 0; r < rules.size(); r++) {
                value[r][s] = found.get(s)[r];
            }
        }
        return value;
    }

    private static Figures table(String where, List<Rule> rules, int[] samples, double[][][] value) {
        List<Figures.Row> rows = new ArrayList<>();
        for (int r = 0; r < rules.size(); r++) {
            List<Measured> row = new ArrayList<>();
            for (int n = 0; n < samples.length; n++) {
                row.add(Curves.at(value[r], n));
            }
            rows.add(new Figures.Row(rules.get(r).name(), row));
        }
        return new Figures(
                "expected reward on other prompts at 1 nat, " + where,
                "chosen, rejected",
                Arrays.stream(samples).mapToObj(n -> n + " samples").toList(),
                rows,
                3);
    }

    private static Lines plot(String title, List<Rule> rules, int[] samples, double[][][] value) {
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        for (int r = 0; r < rules.size(); r++) {
            lines.put(rules.get(r).name(), value[r]);
        }
        return Curves.of(
                title,
                "On other prompts at 1 nat; the band is over seeds.",
                Axis.of("log₂ of the number of samples"),
                Axis.of("expected reward"),
                Arrays.stream(samples)
                        .mapToDouble(n -> Math.log(n) / Math.log(2))
                        .toArray(),
                lines);
    }

    /** The 21 pairs of points, at 64 samples, with broken answers. */
    private static void all(Trial trial, int seeds, List<Figures> figures, List<Check> checks) {
        List<Position> positions = List.of(Position.values());
        int count = positions.size();
        List<double[][]> found = trial.seeds(seeds, "21 pairs of points", random -> {
            LinearWorld w = world(0.015, random);
            double[][] one = new double[count][count];
            for (int high = 1; high < count; high++) {
                for (int low = 0; low < high; low++) {
                    one[high][low] =
                            value(trial, w, new ScorePositions(positions.get(high), positions.get(low)), 64, random);
                }
            }
            return one;
        });
        List<Figures.Row> rows = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        int[] at = {0, 0};
        for (int high = count - 1; high >= 1; high--) {
            List<Measured> row = new ArrayList<>();
            for (int low = 0; low < count - 1; low++) {
                int h = high;
                int l = low;
                Measured m = low < high
                        ? Measured.of(found.stream().mapToDouble(f -> f[h][l]).toArray())
                        : Measured.of(Double.NaN);
                row.add(m);
                if (m.mean() > best) {
                    best = m.mean();
                    at = new int[] {high, low};
                }
            }
            rows.add(new Figures.Row("chosen: " + words(positions.get(high)), row));
        }
        figures.add(new Figures(
                "expected reward on other prompts at 1 nat, 64 samples, with broken answers",
                "",
                positions.subList(0, count - 1).stream()
                        .map(p -> "rejected: " + words(p))
                        .toList(),
                rows,
                3));
        checks.add(Check.also(
                "of the 21 pairs of points the best has the highest or μ + 2σ chosen and μ − 2σ rejected; here it is "
                        + words(positions.get(at[0])) + " against " + words(positions.get(at[1])),
                positions.get(at[0]).compareTo(Position.TWO_ABOVE) >= 0 && positions.get(at[1]) == Position.TWO_BELOW));
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
