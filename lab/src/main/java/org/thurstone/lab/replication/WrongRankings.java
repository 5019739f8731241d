package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.rank.evaluation.RankingAccuracy;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Series;
import org.thurstone.statistics.Correlation;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** Ranking accuracy: what it is, what it could be, and how seldom DPO turns a pair that the reference has the wrong way round. */
@Method(
        name = "wrong-rankings",
        kind = "replication",
        papers = "2405.19534",
        source = "arXiv:2405.19534",
        summary = "DPO seldom corrects pairs that the reference ranks wrongly, and ranks worse than the "
                + "optimum of its own objective would")
public record WrongRankings() implements Replication {

    private static final double BETA = 0.1;
    private static final int PROMPTS = 100;
    private static final int HELD_OUT = 60;
    private static final int RESPONSES = 6;
    private static final int FEATURES = 16;
    private static final double OWN = 0.3;
    private static final int EVERY = 5;
    private static final double[] SPREADS = {3, 10, 30};
    private static final String IMPLIED = "(accuracy of the implied reward)";
    private static final String TOGETHER = "(correlation of ranking accuracy and win rate)";

    @Override
    public Description about() {
        return new Description("""
            A policy that optimised DPO's objective perfectly would still rank some pairs wrongly; how many follows from the reference and the share of people that
            prefer each answer (idealised ranking accuracy). Trained policies rank worse than that (the alignment gap): the loss falls, and yet few of the pairs are
            corrected that the reference ranks wrongly. Which ones are corrected depends on how far the reference is off. Close to the reference, ranking accuracy
            correlates with the win rate.""", """
            `bandit`: 160 prompts × 6 responses, 16 normal features that explain 70 % of a normal reward's variance, Bradley–Terry labels. The reference is log-linear
            in the same features and independent of the reward; its log-ratios of two responses have a standard deviation of 3, 10 or 30 nats, where perfect
            optimisation at β = 0.1 changes them by about 14. DPO on 100 or 1,000 pairs of 100 prompts, stopped where its loss on 200 other pairs of those prompts is
            lowest. Measured on all pairs of the 60 other prompts.""", """
            The paper's policies are language models on public data sets, most of which do not report how many people prefer each answer; here that is known exactly.
            The 30 % of the reward that the policy cannot represent stand for what a language model fails to generalise.""");
    }

    /** By how far the reference is off: pairs in order, pairs that are turned, and how far the formula is from the optimum. */
    private record Metrics(Sweep accuracy, Sweep turned, Sweep wrong) {}

    /** Log-ratios of a preferred to the other response. */
    private record Pair(int prompt, int chosen, int rejected) {
        double of(double[][] policy) {
            return Math.log(Math.max(policy[prompt][chosen], 1e-300) / Math.max(policy[prompt][rejected], 1e-300));
        }
    }

    private record Truth(Bandit world, double[][][] features, double[] start) {

        static Truth random(double spread, RandomGenerator random) {
            LinearWorld drawn = LinearWorld.random(PROMPTS + HELD_OUT, RESPONSES, FEATURES, OWN, random);
            // Δφ·θ has a variance of 2·|θ|².
            double[] start = IntStream.range(0, FEATURES)
                    .mapToDouble(k -> spread / Math.sqrt(2 * FEATURES) * random.nextGaussian())
                    .toArray();
            double[][] reference = Arrays.stream(drawn.features())
                    .map(row -> Simplex.softmax(Arrays.stream(row)
                            .mapToDouble(f -> IntStream.range(0, FEATURES)
                                    .mapToDouble(k -> f[k] * start[k])
                                    .sum())
                            .toArray()))
                    .toArray(double[][]::new);
            return new Truth(Bandit.rewarded(reference, drawn.world().reward().orElseThrow()), drawn.features(), start);
        }

        /** Labelled pairs of the first prompts, as people answer. */
        PairData asked(int count, RandomGenerator random) {
            PairData data = PairData.none(world);
            for (int i = 0; i < count; i++) {
                int x = random.nextInt(PROMPTS);
                int y = random.nextInt(RESPONSES);
                int z = (y + 1 + random.nextInt(RESPONSES - 1)) % RESPONSES;
                boolean first = random.nextDouble() < world.preference()[x][y][z];
                data.add(x, first ? y : z, first ? z : y, 1);
            }
            return data;
        }

        /** DPO's mean loss. */
        double loss(PairData data, double[][] policy) {
            double sum = 0;
            double count = 0;
            for (int x = 0; x < PROMPTS; x++) {
                for (int y = 0; y < RESPONSES; y++) {
                    for (int z = 0; z < RESPONSES; z++) {
                        Pair pair = new Pair(x, y, z);
                        double h = pair.of(policy) - pair.of(world.reference());
                        sum += data.count(x, y, z) * Math.log1p(Math.exp(-BETA * h));
                        count += data.count(x, y, z);
                    }
                }
            }
            return sum / count;
        }

        List<Pair> held() {
            double[][] reward = world.reward().orElseThrow();
            List<Pair> pairs = new ArrayList<>();
            for (int x = PROMPTS; x < PROMPTS + HELD_OUT; x++) {
                for (int y = 0; y < RESPONSES; y++) {
                    for (int z = 0; z < RESPONSES; z++) {
                        if (reward[x][y] > reward[x][z]) {
                            pairs.add(new Pair(x, y, z));
                        }
                    }
                }
            }
            return pairs;
        }

        /** Over the policy's way from the reference to where it stops. */
        void see(Metrics seen, int place, Trial trial, int count, int steps, RandomGenerator random) {
            PairData learned = asked(count, random);
            PairData others = asked(200, random);
            List<double[][]> way = new ArrayList<>();
            way.add(world.reference());
            try (ExactPolicy policy = ExactPolicy.logLinear(features, start)) {
                OfflineTrainer.whole(steps, 0.15)
                        .train(
                                policy,
                                trial.subject(new Dpo(BETA, 0), BETA),
                                Map.of(FrozenLogProbs.REFERENCE, world.reference()),
                                learned.examples(),
                                EVERY,
                                (step, now) -> way.add(now));
            }
            int best = 0;
            for (int i = 1; i < way.size(); i++) {
                best = loss(others, way.get(i)) < loss(others, way.get(best)) ? i : best;
            }
            List<Pair> pairs = held();
            double[][] policy = way.get(best);
            look(seen, place, policy, pairs);
            double[] thirds = thirds(policy, pairs);
            seen.turned.add("DPO: easiest third", place, thirds[0]);
            seen.turned.add("middle third", place, thirds[1]);
            seen.turned.add("hardest third", place, thirds[2]);
            seen.turned.add(TOGETHER, place, together(way.subList(0, best + 1), pairs));
        }

        private void look(Metrics seen, int place, double[][] policy, List<Pair> pairs) {
            double[] zero = new double[pairs.size()];
            double[] reference =
                    pairs.stream().mapToDouble(p -> p.of(world.reference())).toArray();
            double[] now = pairs.stream().mapToDouble(p -> p.of(policy)).toArray();
            double[] gained = IntStream.range(0, now.length)
                    .mapToDouble(i -> now[i] - reference[i])
                    .toArray();
            double[] preferring = pairs.stream()
                    .mapToDouble(p -> world.preference()[p.prompt][p.chosen][p.rejected])
                    .toArray();
            double[][] reward = world.reward().orElseThrow();
            // The optimum's log-ratios themselves: its probabilities are too small for a double where references are
            // far off.
            double[] optimum = IntStream.range(0, now.length)
                    .mapToDouble(i -> {
                        Pair p = pairs.get(i);
                        return reference[i] + (reward[p.prompt][p.chosen] - reward[p.prompt][p.rejected]) / BETA;
                    })
                    .toArray();
            double dpo = RankingAccuracy.of(now, zero).mean();
            double formula =
                    RankingAccuracy.idealised(reference, zero, preferring, BETA).mean();
            seen.accuracy.add(
                    "reference", place, RankingAccuracy.of(reference, zero).mean());
            seen.accuracy.add("DPO", place, dpo);
            seen.accuracy.add("idealised", place, formula);
            seen.accuracy.add("alignment gap", place, formula - dpo);
            seen.accuracy.add(IMPLIED, place, RankingAccuracy.of(gained, zero).mean());
            seen.wrong.add(
                    "idealised",
                    place,
                    Math.abs(RankingAccuracy.of(optimum, zero).mean() - formula));
            seen.turned.add("by DPO", place, turned(reference, now));
            seen.turned.add("by the optimum", place, turned(reference, optimum));
        }

        /** The share of wrongly ordered pairs before that are in order after. */
        private static double turned(double[] before, double[] after) {
            return IntStream.range(0, before.length)
                    .filter(i -> before[i] < 0)
                    .mapToDouble(i -> after[i] > 0 ? 1 : 0)
                    .average()
                    .orElse(Double.NaN);
        }

        /** The share of pairs corrected, among those that the reference orders wrongly: in three thirds by their loss, the easy ones first. */
        private double[] thirds(double[][] policy, List<Pair> pairs) {
            List<Pair> wrong = pairs.stream()
                    .filter(p -> p.of(world.reference()) < 0)
                    .sorted((a, b) -> Double.compare(turning(b), turning(a)))
                    .toList();
            return IntStream.range(0, 3)
                    .mapToDouble(t -> wrong.subList(t * wrong.size() / 3, (t + 1) * wrong.size() / 3).stream()
                            .mapToDouble(p -> p.of(policy) > 0 ? 1 : 0)
                            .average()
                            .orElse(Double.NaN))
                    .toArray();
        }

        private double turning(Pair pair) {
            double[] reference = world.reference()[pair.prompt];
            return RankingAccuracy.turningLoss(
                    Math.log(reference[pair.chosen]), Math.log(reference[pair.rejected]), BETA);
        }

        /** The correlation, along the way, of ranking accuracy and of how often the policy is preferred to the reference. */
        private double together(List<double[][]> way, List<Pair> pairs) {
            double[] ranking = way.stream()
                    .mapToDouble(p -> RankingAccuracy.of(
                                    pairs.stream()
                                            .mapToDouble(pair -> pair.of(p))
                                            .toArray(),
                                    new double[pairs.size()])
                            .mean())
                    .toArray();
            double[] wins = way.stream()
                    .mapToDouble(p -> IntStream.range(PROMPTS, PROMPTS + HELD_OUT)
                            .mapToDouble(x -> world.game(x).winRate(p[x], world.reference()[x]))
                            .average()
                            .orElseThrow())
                    .toArray();
            return Correlation.pearson(ranking, wins);
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(100, 40);
        double[] spreads = trial.smoke() ? new double[] {10} : SPREADS;
        Figures accuracies = Figures.of(
                "ranking accuracy", 3, "reference off by | reference | DPO | idealised | alignment gap | " + IMPLIED);
        Figures turns = Figures.of(
                "of the pairs that the reference has the wrong way round, turned",
                3,
                "reference off by | by DPO | by the optimum | DPO: easiest third | middle third | hardest third | "
                        + TOGETHER);
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean exact = true;
        boolean learns = true;
        boolean gap = true;
        boolean seldom = true;
        boolean easyFirst = true;
        boolean together = true;
        for (int count : trial.smoke() ? new int[] {100} : new int[] {100, 1000}) {
            Metrics seen = new Metrics(Sweep.along(spreads), Sweep.along(spreads), Sweep.along(spreads));
            seen.accuracy.each((k, spread) -> trial.each(
                    trial.of(10, 8),
                    count + " pairs, reference off by " + spread + " nats",
                    random -> Truth.random(spread, random).see(seen, k, trial, count, steps, random)));
            for (int k = 0; k < spreads.length; k++) {
                String name = count + " pairs, " + (int) spreads[k] + " nats";
                accuracies = accuracies.rows(List.of(seen.accuracy.row(name, k)));
                turns = turns.rows(List.of(seen.turned.row(name, k)));
                if (!seen.turned.at("by DPO", k).below(0.5)) {
                    notes.add("Half or more may be turned with " + name
                            + " off: what is seldom turned are errors that are not small compared with what"
                            + " perfect optimisation moves log-ratios by.");
                }
            }
            exact &= seen.wrong.everywhere(
                    k -> Arrays.stream(seen.wrong.values("idealised", k)).allMatch(error -> error < 1e-12));
            learns &= seen.accuracy.everywhere(k -> seen.accuracy.at(IMPLIED, k).above(0.55));
            gap &= seen.accuracy.everywhere(
                    k -> seen.accuracy.at("alignment gap", k).above(0));
            seldom &= seen.turned.everywhere(k -> seen.turned.at("by DPO", k).below(0.5));
            easyFirst &= seen.turned.better("DPO: easiest third", "hardest third");
            together &= seen.turned.everywhere(k -> seen.turned.at(TOGETHER, k).above(0.9));
            Sweep logs = seen.accuracy.scaled(Math::log10);
            series.add(Series.of("DPO, " + count + " pairs", logs.points("DPO")));
            if (trial.smoke() || count == 1000) {
                series.add(Series.control("idealised", logs.points("idealised")));
            }
        }
        return Findings.of(accuracies, turns)
                .with(new Lines(
                        "Ranking accuracy by how far the reference is off",
                        "The interval is over seeds.",
                        Axis.of("log₁₀ of the reference's log-ratios' deviation (nats)"),
                        Axis.percent("pairs in order"),
                        series))
                .core(
                        "the formula's idealised accuracy is the ranking accuracy of the optimum in closed form, to the"
                                + " last pair",
                        exact)
                .core("DPO learns: its implied reward is right of more than 55 % of the pairs", learns)
                .core("it ranks worse than the idealised accuracy everywhere", gap)
                .core("it turns fewer than half of what the reference has the wrong way round", seldom)
                .also("it turns more of the third with the least to make up than of that with the most", easyFirst)
                .also(
                        "on the way from the reference, ranking accuracy and win rate are correlated by more than 0.9",
                        together)
                .note(notes.toArray(String[]::new));
    }
}
