package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Irepo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** iREPO on votes. */
@Method(
        name = "vote-regression",
        kind = "replication",
        rows = {86},
        source = "arXiv:2405.15230",
        summary =
                "iREPO's regression on the votes of several annotators against DPO on their majority, and on all votes")
public record VoteRegression() implements Replication {

    private static final double BETA = 0.3;
    private static final int RESPONSES = 5;

    @Override
    public String claim() {
        return """
            Where several annotators vote on each pair, regressing the implied reward difference on the logarithm of the votes' odds uses how
            sure they are: it leaves less of the regularised optimum than DPO, which sees who won and goes on without end.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: for each seed one prompt × 5 responses with a drawn reward and reference; all ten pairs, each with the votes of 3 to 25
            annotators who follow Bradley and Terry. Tables, all data in each step, β = 0.3. Compared: iREPO on shares of votes; DPO on the
            majority; DPO on every vote. Measured: how much of the regularised objective is left.\
            """;
    }

    @Override
    public String differs() {
        return """
            One iteration, since the optimum of one is known; the paper's committee is of language models. DPO on every vote is not in the paper:
            it is the maximum-likelihood use of the same votes, and the fairer opponent. With 20 worlds the verdict hung on
            the seed (partly with 1, not replicated with 7), and with 80 still (partly with 1 and 7, not replicated with 11), so that there are 320
            now.\
            """;
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(320, 20);
        int steps = 250;
        double[] annotators = trial.smoke() ? new double[] {3, 7} : new double[] {3, 7, 25};
        Bandit world = Bandit.together(trial.seeds(
                seeds,
                "worlds",
                random -> Bandit.rewarded(
                        Simplex.random(1, RESPONSES, 0.5, random),
                        new double[][] {random.doubles(RESPONSES, -1.2, 1.2).toArray()})));
        String[] names = {"irepo", "dpo, majority", "dpo, all votes"};
        SequencedMap<String, double[][]> left = new LinkedHashMap<>();
        for (String name : names) {
            left.put(name, new double[seeds][annotators.length]);
        }
        double[][] optimum = world.optimum(BETA);
        for (int a = 0; a < annotators.length; a++) {
            trial.progress().step("annotators", a, annotators.length, "");
            PairData votes = votes(world, (int) annotators[a], trial, a);
            List<TrainingExample> shares = votes.votes();
            double[][][] ends = {
                Lesson.whole(steps, 0.1).teach(trial.subject(new Irepo(BETA, 0.05), BETA), world.reference(), shares),
                Lesson.whole(steps, 0.1).teach(new Dpo(BETA, 0), world.reference(), majority(votes, world)),
                Lesson.whole(steps, 0.1).teach(new Dpo(BETA, 0), world.reference(), shares)
            };
            for (int m = 0; m < names.length; m++) {
                double[][] of = Objects.requireNonNull(left.get(names[m]));
                for (int s = 0; s < seeds; s++) {
                    of[s][a] = world.objective(optimum, BETA, s) - world.objective(ends[m], BETA, s);
                }
            }
        }
        return findings(annotators, left);
    }

    private static PairData votes(Bandit world, int annotators, Trial trial, int stream) {
        SplittableGenerator random = trial.random("votes", stream);
        PairData votes = PairData.none(world);
        for (int x = 0; x < world.prompts(); x++) {
            for (int y = 0; y < RESPONSES; y++) {
                for (int z = 0; z < y; z++) {
                    for (int i = 0; i < annotators; i++) {
                        boolean first = random.nextDouble() < world.preference()[x][y][z];
                        votes.add(x, first ? y : z, first ? z : y, 1);
                    }
                }
            }
        }
        return votes;
    }

    private static List<TrainingExample> majority(PairData votes, Bandit world) {
        PairData majority = PairData.none(world);
        for (int x = 0; x < world.prompts(); x++) {
            for (int y = 0; y < RESPONSES; y++) {
                for (int z = 0; z < y; z++) {
                    boolean first = votes.count(x, y, z) > votes.count(x, z, y);
                    majority.add(x, first ? y : z, first ? z : y, 1);
                }
            }
        }
        return majority.examples();
    }

    private static Findings findings(double[] annotators, SequencedMap<String, double[][]> left) {
        List<double[][]> all = List.copyOf(left.values());
        List<Figures.Row> rows = new ArrayList<>();
        boolean majority = true;
        boolean every = true;
        for (int a = 0; a < annotators.length; a++) {
            rows.add(Figures.Row.of(
                    (int) annotators[a] + " annotators",
                    Curves.at(all.get(0), a),
                    Curves.at(all.get(1), a),
                    Curves.at(all.get(2), a)));
            majority &= Measured.difference(Curves.column(all.get(0), a), Curves.column(all.get(1), a))
                    .below(0);
            every &= Measured.difference(Curves.column(all.get(0), a), Curves.column(all.get(2), a))
                    .below(0);
        }
        return new Findings(
                List.of(new Figures("regularised objective left", "votes", List.copyOf(left.keySet()), rows, 4)),
                List.of(Curves.of(
                        "What is left, by annotators",
                        "The band is over worlds.",
                        Axis.of("annotators a pair"),
                        Axis.of("regularised objective left").fromZero(),
                        annotators,
                        left)),
                List.of(
                        Check.core(
                                "iREPO leaves less than DPO on the majority, with any number of annotators", majority),
                        Check.also("it leaves less than DPO on every vote as well, with any number", every)),
                List.of());
    }
}
