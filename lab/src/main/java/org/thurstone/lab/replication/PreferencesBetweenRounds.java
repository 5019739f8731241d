package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.pairing.CorrectWrong;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.loop.Output;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.LogLinear;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.Sampled;
import org.thurstone.worlds.bandit.Simplex;

/** DPO-ST: rounds of self-training with a DPO step in each, against rounds without. */
@Method(
        name = "preferences-between-rounds",
        kind = "replication",
        papers = "2407.18248",
        source = "arXiv:2407.18248",
        summary = "DPO between the rounds of self-training gives better pseudo-labels, and a better model "
                + "trained on them")
public record PreferencesBetweenRounds() implements Replication {

    private static final int RESPONSES = 50;
    private static final int FEATURES = 8;
    private static final int LABELLED = 5;
    private static final int SAMPLES = 4;
    private static final double BETA = 0.1;
    private static final String OURS = "dpo-st";
    private static final String PLAIN = "self-training";
    private static final String TWICE = "self-training, twice as many";

    @Override
    public Description about() {
        return new Description("""
            Self-training samples derivations from a model, keeps those whose answer is correct, and trains the base model on them again, in several rounds. If the
            model is trained in each round by DPO on pairs of its correct and incorrect derivations first (DPO-ST), it then finds more correct derivations, and more
            different ones. The model trained on these answers new questions better than self-training alone, and than training on the labelled derivations alone.""", """
            `bandit` as a world of derivations: 50 per question, of which one in twelve leads to the correct answer, namely those that score highest by a linear
            function of 8 features with a little noise. A log-linear policy; 30 questions, with a labelled derivation for 5 of them. In each of three rounds, DPO-ST
            samples 4 derivations per question for pairs of correct and incorrect ones (β = 0.1), and then another 4 from the model so trained for pseudo-labels,
            without duplicates. Self-training samples the pseudo-labels from its own model; a variant samples 8, as many as DPO-ST in total. Measured on 30 other
            questions: the share of correct derivations, sampled and greedy.""", """
            Not a language model on mathematics: derivations are single tokens with features. The calculator that the paper uses during decoding does not apply here.""");
    }

    /** The right derivations that a model is trained on, a set for each question. */
    private record Derivations(List<TreeSet<Integer>> right) {}

    private static final Output<Derivations> DERIVATIONS = Rounds.output("derivations", Derivations.class);
    private static final Output<double[]> MODEL = Rounds.output("model", double[].class);
    private static final Output<double[]> PREFERRING = Rounds.output("preferring", double[].class);

    private record World(Bandit bandit, double[][][] features, int questions) {

        static World random(int questions, RandomGenerator random) {
            double[][][] features = new double[2 * questions][RESPONSES][FEATURES];
            double[] theta = new double[FEATURES];
            Arrays.setAll(theta, k -> random.nextGaussian());
            double[][] right = new double[2 * questions][RESPONSES];
            for (int x = 0; x < right.length; x++) {
                double[] score = new double[RESPONSES];
                for (int y = 0; y < RESPONSES; y++) {
                    for (int k = 0; k < FEATURES; k++) {
                        features[x][y][k] = random.nextGaussian();
                        score[y] += features[x][y][k] * theta[k] / Math.sqrt(FEATURES);
                    }
                    score[y] += 0.3 * random.nextGaussian();
                }
                double[] sorted = Arrays.stream(score).sorted().toArray();
                double bar = sorted[RESPONSES - RESPONSES / 12];
                right[x] = Arrays.stream(score).map(v -> v >= bar ? 1 : 0).toArray();
            }
            return new World(
                    Bandit.rewarded(Simplex.rows(2 * questions, Simplex.uniform(RESPONSES)), right),
                    features,
                    questions);
        }

        double[][] rights() {
            return bandit.reward().orElseThrow();
        }

        /** The base model, trained on derivations. */
        double[] trained(Derivations shown, int steps) {
            List<TrainingExample> data = new ArrayList<>();
            for (int x = 0; x < questions; x++) {
                for (int y : shown.right.get(x)) {
                    data.add(Examples.shown(x, y, 1));
                }
            }
            return new LogLinear(features)
                    .learn(
                            OfflineTrainer.whole(steps, 0.1),
                            new Sft(Averaging.COMPLETION),
                            new double[FEATURES],
                            bandit.reference(),
                            data);
        }

        /** A model that has learned to tell its right derivations from its wrong ones. */
        double[] preferring(double[] theta, Loss loss, int steps, RandomGenerator random) {
            double[][] now = probabilities(theta);
            PairData pairs = new Sampled(bandit, now, SAMPLES, rights())
                    .judged(new CorrectWrong(4, true, 0.5), questions, random);
            return new LogLinear(features).learn(OfflineTrainer.whole(steps, 0.1), loss, theta, now, pairs.examples());
        }

        double[][] probabilities(double[] theta) {
            try (ExactPolicy policy = ExactPolicy.logLinear(features, theta)) {
                return policy.probabilities();
            }
        }

        /** Right derivations, a set for each question, added to those that are there. */
        Derivations pseudo(double[][] policy, int samples, Derivations labelled, RandomGenerator random) {
            List<TreeSet<Integer>> all = new ArrayList<>();
            for (int x = 0; x < questions; x++) {
                TreeSet<Integer> of = new TreeSet<>(labelled.right.get(x));
                for (int i = 0; i < samples; i++) {
                    int y = Simplex.draw(policy[x], random);
                    if (rights()[x][y] > 0.5) {
                        of.add(y);
                    }
                }
                all.add(of);
            }
            return new Derivations(all);
        }

        Derivations labelled(int count) {
            List<TreeSet<Integer>> labelled = new ArrayList<>();
            for (int x = 0; x < questions; x++) {
                TreeSet<Integer> of = new TreeSet<>();
                for (int y = 0; x < count && of.isEmpty(); y++) {
                    if (rights()[x][y] > 0.5) {
                        of.add(y);
                    }
                }
                labelled.add(of);
            }
            return new Derivations(labelled);
        }

        /** On the questions that were not trained on: the share of correct derivations, and of correct greedy ones. */
        double[] answered(double[][] policy) {
            double right = 0;
            double greedy = 0;
            for (int x = questions; x < 2 * questions; x++) {
                right += Simplex.mean(policy[x], rights()[x]) / questions;
                double[] row = policy[x];
                int best = IntStream.range(0, RESPONSES)
                        .reduce((i, j) -> row[j] > row[i] ? j : i)
                        .orElseThrow();
                greedy += rights()[x][best] / questions;
            }
            return new double[] {right, greedy};
        }
    }

    /** (rounds + 1, 3): right, greedy, and how many different right derivations the round learned from. */
    private static double[][] rounds(
            World world, Optional<Loss> preference, int pseudo, int rounds, int steps, RandomGenerator random) {
        Derivations labelled = world.labelled(LABELLED);
        Rounds<Derivations> loop = Rounds.of(
                DERIVATIONS,
                Rounds.stage(MODEL, i -> world.trained(i.current(), steps)),
                Rounds.stage(
                        PREFERRING,
                        i -> i.number() > rounds || preference.isEmpty()
                                ? i.get(MODEL)
                                : world.preferring(i.get(MODEL), preference.get(), steps, random)),
                Rounds.stage(
                        DERIVATIONS,
                        i -> world.pseudo(world.probabilities(i.get(PREFERRING)), pseudo, labelled, random)));
        // The last iteration trains the model that is measured last.
        return loop.iterations(rounds + 1, labelled).stream()
                .map(i -> {
                    double[] answered = world.answered(world.probabilities(i.get(MODEL)));
                    return new double[] {
                        answered[0],
                        answered[1],
                        i.current().right.stream().mapToInt(TreeSet::size).sum()
                    };
                })
                .toArray(double[][]::new);
    }

    @Override
    public Findings experiment(Trial trial) {
        int rounds = trial.of(3, 2);
        int steps = trial.of(40, 15);
        Optional<Loss> dpo = Optional.of(trial.subject(new Dpo(BETA, 0), BETA));
        Sweep right = Sweep.counting(rounds + 1);
        Sweep greedy = Sweep.counting(rounds + 1);
        Sweep found = Sweep.counting(rounds + 1);
        trial.each(trial.of(10, 4), "worlds", random -> {
            World world = World.random(trial.of(30, 20), random);
            for (String name : List.of(OURS, PLAIN, TWICE)) {
                Optional<Loss> preference = name.equals(OURS) ? dpo : Optional.empty();
                int pseudo = name.equals(TWICE) ? 2 * SAMPLES : SAMPLES;
                double[][] course = rounds(world, preference, pseudo, rounds, steps, random);
                right.each((t, round) -> {
                    right.add(name, t, course[t][0]);
                    greedy.add(name, t, course[t][1]);
                    found.add(name, t, course[t][2]);
                });
            }
        });
        Findings findings = Findings.of(Figures.of(
                                "on other questions",
                                3,
                                "method | right, labelled only | right, end | greedy right, end"
                                        + " | right derivations learned from, end")
                        .arms(right.arms(), right::start, right::end, greedy::end, found::end))
                .with(right.curve(
                        "Right derivations of other questions",
                        "The band is over worlds.",
                        Axis.of("round"),
                        Axis.of("share of right derivations").fromZero()))
                .core(
                        "DPO-ST answers more of the other questions than self-training",
                        right.better(OURS, PLAIN, rounds))
                .core(
                        "and than what was trained on the labelled derivations alone",
                        right.gain(OURS).above(0))
                .also(
                        "and than self-training with twice as many derivations, as many as it draws in all",
                        right.better(OURS, TWICE, rounds))
                .also("it finds more different right derivations", found.better(OURS, PLAIN, rounds));
        return trial.smoke()
                ? findings
                : findings.also("it is ahead greedily, too", greedy.better(OURS, PLAIN, rounds))
                        .also("each round is better than the one before", right.grows(OURS));
    }
}
