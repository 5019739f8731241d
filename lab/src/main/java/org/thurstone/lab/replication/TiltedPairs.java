package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.lab.About;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.online.method.OnlineDpo;
import org.thurstone.train.online.method.Pairs;
import org.thurstone.train.online.method.Pilaf;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** PILAF's pairs against the policy's own, against hybrid ones and against the best and worst of several. */
@Method(
        name = "tilted-pairs",
        kind = "replication",
        rows = {53},
        source = "arXiv:2502.04270",
        summary = "labels on PILAF's pairs, tilted up and down the implicit reward, teach more than labels on others")
public record TiltedPairs() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 10;
    private static final int RESPONSES = 250;
    private static final int FEATURES = 8;
    /** The share of the reward that features do not explain. */
    private static final double OWN = 0.2;

    private static final int SAMPLES = 8;
    private static final int OWN_PAIRS = 1;
    private static final int HYBRID = 2;
    private static final int EXTREMES = 3;
    private static final double[] RATES = {0.5, 1};
    /** Responses where all pairs are listed. */
    private static final int FEW = 10;

    @Override
    public About about() {
        return new About("""
            With pairs of which half come from the policy, and half set one answer of the policy tilted up its implicit reward against one of the policy tilted
            down, DPO's gradient points where the true regularised objective rises. So each label teaches the policy, and the reward that it
            implies, more than labels on the policy's own pairs, on one answer of it and one of the reference, or on the best and the worst
            of 8 by the implicit reward.""", """
            `bandit`: 10 prompts × 250 responses, so that an answer is seldom drawn twice; a log-linear policy of 8 features that explain 80 % of the
            reward's variance of 1; uniform reference, β = 0.5. A step draws a pair for each prompt, has it labelled by Bradley and Terry's model, and goes down
            DPO's gradient once; since a constant rate wavers, what is looked at is the mean, in logarithms, of the later half of the policies so
            far. Measured: the true regularised objective E r − β·KL; after how many labels it is nine tenths of what own pairs come to after
            1,000, each method at that of two rates with which it needs fewest; and the squared error of the implied differences of reward, between
            answers of the optimum. The direction: 10 responses, tables; the cosine of the
            expected step with the exact gradient of the objective, at policies that have
            learned half of a reward with errors of deviation 0.5.""", """
            The paper trains language models in rounds of some thousand labels; here each step has ten. The tilts are exact: answers are one
            token, and tilting token by token is tilting. An earlier version compared the objective after 1,000 labels, where own pairs and PILAF's
            had both come to the best of the policy class and nothing is left that labels could buy. With 12 worlds of 1,000 responses the two could not be
            told apart; with 32 the verdict hung on the seed (257 labels against 359 with seed 1, 356 against 365 with seed 7), so that there are 128
            now, of 250 responses for the time it takes. Where rewards and β are three times as large (24 other worlds) PILAF's expected step is nearer to the
            gradient than own pairs' (cosines of 0.93 and 0.87), and yet it needs more labels (446 against 220).""");
    }

    private record Contender(String name, OnlineMethod method) {}

    private static List<Contender> contenders(Trial trial) {
        return List.of(
                new Contender("pilaf", trial.subject(new Pilaf(BETA), BETA)),
                new Contender("own pairs", new OnlineDpo(BETA)),
                new Contender("hybrid", new Pairs(new Dpo(BETA, 0), new Source.Own(), new Source.Reference())),
                new Contender("best and worst of 8", TiltedPairs::extremes));
    }

    /** Of several answers those that the implicit reward puts highest and lowest. */
    private static void extremes(Session session) {
        List<Group> drawn = session.draw(new Source.Own(), SAMPLES);
        List<TrainingSingle> singles = session.singles(drawn, new double[drawn.size()][SAMPLES]);
        double[] policy = Session.sums(session.logProbs(session.policies().policy(), singles), singles);
        double[] reference = Session.sums(session.logProbs(session.policies().reference(), singles), singles);
        List<Group> groups = new ArrayList<>();
        for (int g = 0; g < drawn.size(); g++) {
            int best = 0;
            int worst = 0;
            for (int i = 1; i < SAMPLES; i++) {
                int at = g * SAMPLES;
                double implied = policy[at + i] - reference[at + i];
                best = implied > policy[at + best] - reference[at + best] ? i : best;
                worst = implied <= policy[at + worst] - reference[at + worst] ? i : worst;
            }
            Group all = drawn.get(g);
            groups.add(new Group(
                    all.prompt(), List.of(all.samples().get(best), all.samples().get(worst)), all.weight()));
        }
        session.learn(new Dpo(BETA, 0), session.pairs(groups, 0, 1, session.preferences(groups, 0, 1)));
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(128, 6);
        int steps = trial.of(100, 40);
        double[] rates = trial.smoke() ? new double[] {1} : RATES;
        List<Contender> contenders = contenders(trial);
        // Contenders × rates × seeds × steps.
        double[][][][] objective = new double[contenders.size()][rates.length][seeds][];
        double[][][] errors = new double[contenders.size()][rates.length][seeds];
        List<LinearWorld> worlds =
                trial.seeds(seeds, "worlds", random -> LinearWorld.random(PROMPTS, RESPONSES, FEATURES, OWN, random));
        for (int s = 0; s < seeds; s++) {
            LinearWorld w = worlds.get(s);
            for (int c = 0; c < contenders.size(); c++) {
                trial.progress()
                        .step(
                                "world " + s,
                                c,
                                contenders.size(),
                                contenders.get(c).name());
                for (int r = 0; r < rates.length; r++) {
                    List<double[][]> path = averaged(path(trial, contenders.get(c), w, steps, rates[r], s));
                    objective[c][r][s] = path.stream()
                            .mapToDouble(p -> w.world().objective(p, BETA))
                            .toArray();
                    errors[c][r][s] = error(w.world(), path.get(steps / 5));
                }
            }
        }
        return findings(trial, contenders, rates, objective, errors);
    }

    private static List<double[][]> path(
            Trial trial, Contender contender, LinearWorld w, int steps, double rate, int seed) {
        try (ExactPolicy policy = ExactPolicy.logLinear(w.features(), new double[FEATURES])) {
            return SelfPlay.sampled(steps, 1, rate)
                    .play(
                            contender.method(),
                            w.world().labels(trial.random("labels", seed)),
                            w.world().questions(),
                            w.world().reference(),
                            policy,
                            trial.random("draws", seed));
        }
    }

    private static Findings findings(
            Trial trial, List<Contender> contenders, double[] rates, double[][][][] objective, double[][][] errors) {
        int steps = objective[0][0][0].length - 1;
        double[] reached = Curves.column(objective[OWN_PAIRS][best(objective[OWN_PAIRS])], steps);
        List<Figures.Row> rows = new ArrayList<>();
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        double[][] labels = new double[contenders.size()][];
        double[][] wrong = new double[contenders.size()][];
        for (int c = 0; c < contenders.size(); c++) {
            int rate = 0;
            labels[c] = labels(objective[c][0], reached);
            for (int r = 1; r < rates.length; r++) {
                double[] here = labels(objective[c][r], reached);
                if (Measured.of(here).mean() < Measured.of(labels[c]).mean()) {
                    labels[c] = here;
                    rate = r;
                }
            }
            wrong[c] = errors[c][rate];
            lines.put(contenders.get(c).name(), objective[c][rate]);
            rows.add(Figures.Row.of(
                    contenders.get(c).name(),
                    Measured.of(labels[c]),
                    Curves.at(objective[c][rate], steps / 5),
                    Measured.of(wrong[c]),
                    Curves.at(objective[c][best(objective[c])], steps),
                    Measured.of(rates[rate])));
        }
        List<Figures.Row> directions = new ArrayList<>();
        boolean straighter = true;
        List<double[]> cosines = cosines(trial, contenders.subList(0, 3));
        for (int c = 0; c < cosines.size(); c++) {
            directions.add(Figures.Row.of(contenders.get(c).name(), Measured.of(cosines.get(c))));
            straighter &= c == 0
                    || Measured.difference(cosines.get(0), cosines.get(c)).above(0);
        }
        double[] places = new double[steps + 1];
        Arrays.setAll(places, t -> t * PROMPTS);
        String early = steps / 5 * PROMPTS + " labels";
        return new Findings(
                List.of(
                        new Figures(
                                "what labels teach",
                                "pairs",
                                List.of(
                                        "labels to 90 % of what own pairs come to",
                                        "objective, " + early,
                                        "squared error of implied differences, " + early,
                                        "objective, end, at its best rate",
                                        "rate"),
                                rows,
                                3),
                        new Figures(
                                "cosine of the expected step with the gradient of the regularised objective",
                                "pairs",
                                List.of("cosine"),
                                directions,
                                3)),
                List.of(Curves.of(
                        "What labels teach",
                        "At each method's rate for the fewest labels; the band is over worlds.",
                        Axis.of("labels"),
                        Axis.of("regularised objective"),
                        places,
                        lines)),
                List.of(
                        Check.core("PILAF needs fewer labels than own pairs", fewer(labels, OWN_PAIRS)),
                        Check.core("and than best and worst of 8", fewer(labels, EXTREMES)),
                        Check.also("and than hybrid pairs", fewer(labels, HYBRID)),
                        Check.also(
                                "after " + early
                                        + " the reward that it implies is nearer to the true one than own pairs' "
                                        + "and best and worst's",
                                fewer(wrong, OWN_PAIRS) && fewer(wrong, EXTREMES)),
                        Check.also(
                                "its expected step is nearer to the objective's gradient than those of own and hybrid"
                                        + " pairs",
                                straighter)),
                List.of());
    }

    private static boolean fewer(double[][] of, int other) {
        return Measured.difference(of[0], of[other]).below(0);
    }

    /** The rate with the highest mean at the end. */
    private static int best(double[][][] objective) {
        int last = objective[0][0].length - 1;
        int best = 0;
        for (int r = 1; r < objective.length; r++) {
            best = Curves.at(objective[r], last).mean()
                            > Curves.at(objective[best], last).mean()
                    ? r
                    : best;
        }
        return best;
    }

    /** For each world after how many labels the objective is at 90 % of a goal, and stays; all of them where it never is. */
    private static double[] labels(double[][] objective, double[] goal) {
        double[] labels = new double[objective.length];
        for (int s = 0; s < labels.length; s++) {
            int t = objective[s].length - 1;
            while (t > 0 && objective[s][t - 1] >= 0.9 * goal[s]) {
                t--;
            }
            labels[s] = t * PROMPTS;
        }
        return labels;
    }

    /** After each step the mean, in logarithms, of the later half of the policies so far: what a constant rate wavers about. */
    private static List<double[][]> averaged(List<double[][]> path) {
        int prompts = path.getFirst().length;
        int responses = path.getFirst()[0].length;
        double[][][] sums = new double[path.size() + 1][prompts][responses];
        List<double[][]> means = new ArrayList<>();
        for (int t = 0; t < path.size(); t++) {
            double[][] mean = new double[prompts][];
            int from = (t + 1) / 2;
            for (int x = 0; x < prompts; x++) {
                double[] logits = new double[responses];
                for (int y = 0; y < responses; y++) {
                    sums[t + 1][x][y] = sums[t][x][y] + Math.log(path.get(t)[x][y]);
                    logits[y] = (sums[t + 1][x][y] - sums[from][x][y]) / (t + 1 - from);
                }
                mean[x] = Simplex.softmax(logits);
            }
            means.add(mean);
        }
        return means;
    }

    /** Mean over prompts, and over pairs of answers of the optimum, of the squared error of the implied difference of reward. */
    private static double error(Bandit world, double[][] policy) {
        double[][] optimum = world.optimum(BETA);
        return world.mean(x -> {
            double[] wrong = advantage(world, policy, x);
            double mean = Simplex.mean(optimum[x], wrong);
            return 2
                    * (Simplex.mean(
                                    optimum[x],
                                    Arrays.stream(wrong).map(w -> w * w).toArray())
                            - mean * mean);
        });
    }

    /** (responses): r − β·log(π/π_ref). */
    private static double[] advantage(Bandit world, double[][] policy, int x) {
        double[] advantage = new double[policy[x].length];
        double[] reward = world.reward().orElseThrow()[x];
        Arrays.setAll(advantage, y -> reward[y] - BETA * Math.log(policy[x][y] / world.reference()[x][y]));
        return advantage;
    }

    /** For each contender and world. */
    private static List<double[]> cosines(Trial trial, List<Contender> contenders) {
        // Prompts have nothing in common in a table: each seed is one.
        Bandit world = Bandit.together(trial.seeds(trial.of(40, 24), "small worlds", random -> {
            double[] reward = new double[FEW];
            Arrays.setAll(reward, y -> 1.5 * random.nextGaussian());
            return Bandit.rewarded(Simplex.random(1, FEW, 1, random), new double[][] {reward});
        }));
        double[][] seen = new double[world.prompts()][];
        double[][] start = new double[world.prompts()][];
        for (int x = 0; x < start.length; x++) {
            RandomGenerator random = trial.random("half learned", x);
            seen[x] = Arrays.stream(world.reward().orElseThrow()[x])
                    .map(r -> 0.5 * r + 0.5 * random.nextGaussian())
                    .toArray();
            start[x] = Simplex.tilted(world.reference()[x], seen[x], 1 / BETA);
        }
        List<double[]> all = new ArrayList<>();
        for (Contender c : contenders) {
            double[][] moved = SelfPlay.exact(1, 1e-3)
                    .play(c.method(), world, start, trial.random("exact", 0))
                    .getLast();
            double[] cosines = new double[world.prompts()];
            for (int x = 0; x < cosines.length; x++) {
                double[] advantage = advantage(world, start, x);
                double mean = Simplex.mean(start[x], advantage);
                double[] rise = new double[FEW];
                double[] step = new double[FEW];
                for (int y = 0; y < FEW; y++) {
                    rise[y] = start[x][y] * (advantage[y] - mean);
                    step[y] = Math.log(moved[x][y] / start[x][y]);
                }
                double middle = Arrays.stream(step).average().orElseThrow();
                cosines[x] =
                        cosine(rise, Arrays.stream(step).map(s -> s - middle).toArray());
            }
            all.add(cosines);
        }
        return all;
    }

    private static double cosine(double[] a, double[] b) {
        double dot = Simplex.mean(a, b);
        double lengths = Math.sqrt(Simplex.mean(a, a) * Simplex.mean(b, b));
        return lengths == 0 ? 0 : dot / lengths;
    }
}
