package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.method.OnlineDpo;
import org.thurstone.train.online.method.Rloo;
import org.thurstone.train.online.method.Spo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Preferences;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** SPO's policy gradient on win rates against the same gradient on a fitted reward, and online DPO. */
@Method(
        name = "wins-as-reward",
        kind = "replication",
        papers = "2401.04056",
        source = "arXiv:2401.04056",
        summary = "with the win rate over own samples as reward (SPO), policies converge to the minimax "
                + "winner; with a fitted reward they do not")
public record WinsAsReward() implements Replication {

    private static final double BETA = 0.05;
    private static final int RESPONSES = 5;
    private static final int SAMPLES = 8;
    private static final int PLACES = 40;

    @Override
    public Description about() {
        return new Description("""
            A policy trained with the win rate of each of its samples against its other samples as reward (SPO) converges, on average, to the minimax winner, even with
            cyclic preferences and with noisy answers. A policy trained with a reward that is fitted to the same preferences does not, since no reward can represent a
            cycle. If preferences come from a reward, both find the best response.""", """
            `bandit`: for each seed one prompt × 5 responses. Three of them have cyclic preferences with random probabilities between 0.7 and 0.95, and beat the other
            two with 0.6 to 0.9; the same with each answer flipped with probability 0.3; and preferences by a normal reward with standard deviation 2. SPO with RLOO, 8
            samples per step, whose pairs are each answered once at random; RLOO with the Bradley–Terry fit to all true preferences as its reward; online DPO; β = 0.05
            for all. Measured: the duality gap of the average of the policies so far, in the game without flipped answers and without β.""", """
            The paper's tasks are continuous control, with trajectories instead of answers. Its guarantee is for the average of policies without regularisation; the
            small β prevents a policy gradient from ending in a corner, where all samples are equal.""");
    }

    private record Kind(String name, Bandit told, Bandit truth) {}

    private static Kind kind(Trial trial, String name, int seeds) {
        List<Bandit> truth = new ArrayList<>();
        List<Bandit> told = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            RandomGenerator random = trial.random("games", s);
            double[] reward = new double[RESPONSES];
            Arrays.setAll(reward, y -> 2 * random.nextGaussian());
            double[][] preference = name.equals("reward") ? Preferences.transitive(reward) : circle(random);
            double[][] answers = name.equals("noisy circle") ? Preferences.flipped(preference, 0.3) : preference;
            double[][] reference = Simplex.random(1, RESPONSES, 0.5, random);
            truth.add(Bandit.preferring(reference, preference));
            told.add(new Bandit(reference, new double[][][] {answers}, Optional.of(new double[][] {fitted(answers)})));
        }
        return new Kind(name, Bandit.together(told), Bandit.together(truth));
    }

    private static double[][] circle(RandomGenerator random) {
        double[][] p = new double[RESPONSES][RESPONSES];
        for (int y = 0; y < RESPONSES; y++) {
            p[y][y] = 0.5;
            for (int z = y + 1; z < RESPONSES; z++) {
                double strong = random.nextDouble(0.7, 0.95);
                double some = random.nextDouble(0.6, 0.9);
                double wins = z >= 3 ? some : z == y + 1 ? strong : 1 - strong;
                p[y][z] = wins;
                p[z][y] = 1 - wins;
            }
        }
        return p;
    }

    /** Rewards of the Bradley–Terry model fitted to all pairs with equal weights. */
    private static double[] fitted(double[][] preference) {
        TallyCounter counter = new TallyCounter();
        for (int y = 0; y < RESPONSES; y++) {
            for (int z = 0; z < y; z++) {
                counter.add("" + y, "" + z, Outcome.LEFT, preference[y][z]);
                counter.add("" + y, "" + z, Outcome.RIGHT, preference[z][y]);
            }
        }
        double[] reward = new double[RESPONSES];
        for (Standing s :
                BradleyTerry.PLAIN.rank(counter.tally(), Inference.NONE).standings()) {
            reward[Integer.parseInt(s.item())] = s.rating();
        }
        return reward;
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(1200, 120);
        Rloo climb = new Rloo(SAMPLES, BETA, 0.2, false);
        SequencedMap<String, OnlineMethod> methods = new LinkedHashMap<>();
        methods.put("spo", trial.subject(new Spo(climb), BETA));
        methods.put("fitted reward", climb);
        methods.put("online-dpo", new OnlineDpo(BETA));
        Figures table = Figures.of(
                "duality gap of the average policy at the end",
                3,
                "preferences | spo | fitted reward | online-dpo | exact Nash with β");
        Findings findings = Findings.of();
        for (String name : trial.smoke() ? List.of("circle") : List.of("circle", "noisy circle", "reward")) {
            Kind kind = kind(trial, name, trial.of(16, 10));
            Sweep gap = Sweep.counting(PLACES + 1).scaled(i -> i * steps / PLACES);
            methods.forEach((method, how) -> {
                trial.progress().say(name + ": " + method);
                for (double[] course : gaps(trial, kind, how, steps)) {
                    gap.add(method, course);
                }
            });
            double[] regularised = kind.told()
                    .each(s -> kind.truth().game(s).gap(kind.told().game(s).nash(BETA)));
            table = table.row(
                    name, gap.end("spo"), gap.end("fitted reward"), gap.end("online-dpo"), Measured.of(regularised));
            findings = checked(findings, name, gap)
                    .with(gap.curve(
                            "Duality gap, " + name,
                            "Of the average of the policies so far; the band is over games.",
                            Axis.of("step"),
                            Axis.of("duality gap").fromZero()));
        }
        return findings.with(table);
    }

    private static Findings checked(Findings findings, String kind, Sweep gap) {
        double ours = gap.end("spo").mean();
        double fitted = gap.end("fitted reward").mean();
        if (kind.equals("reward")) {
            return findings.also(
                    "where preferences come from a reward, SPO's gap is small, below 0.15, and so is that with a"
                            + " fitted reward",
                    ours < 0.15 && fitted < 0.15);
        }
        return findings.core(
                        kind + ": SPO's gap is less than half of that with a fitted reward",
                        gap.less("spo", "fitted reward", PLACES) && ours < 0.5 * fitted)
                .core(kind + ": it is small, below 0.15", ours < 0.15)
                .also(kind + ": it is less than online DPO's", gap.less("spo", "online-dpo", PLACES));
    }

    /** For each game, at each place: the gap of the average of the policies so far. */
    private static double[][] gaps(Trial trial, Kind kind, OnlineMethod method, int steps) {
        Bandit told = kind.told();
        int seeds = told.prompts();
        List<double[][]> path = SelfPlay.sampled(steps, 1, trial.of(1, 2) * seeds)
                .play(
                        method,
                        told.labels(trial.random("answers", 0)),
                        told.questions(),
                        told.reference(),
                        told.reference(),
                        trial.random("draws", 0));
        double[][] gaps = new double[seeds][PLACES + 1];
        for (int x = 0; x < seeds; x++) {
            double[] sum = new double[RESPONSES];
            for (int t = 0; t < path.size(); t++) {
                for (int y = 0; y < RESPONSES; y++) {
                    sum[y] += path.get(t)[x][y];
                }
                if (t * PLACES % steps == 0) {
                    double seen = t + 1;
                    gaps[x][t * PLACES / steps] = kind.truth()
                            .game(x)
                            .gap(Arrays.stream(sum).map(v -> v / seen).toArray());
                }
            }
        }
        return gaps;
    }
}
