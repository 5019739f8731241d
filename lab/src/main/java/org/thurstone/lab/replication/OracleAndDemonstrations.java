package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.online.EncodedPrompt;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Source;
import org.thurstone.train.online.method.Dno;
import org.thurstone.train.online.method.Spin;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Preferences;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** DNO with a teacher's answers among its own, against what else can be made of them. */
@Method(
        name = "oracle-and-demonstrations",
        kind = "replication",
        rows = {97},
        source = "arXiv:2404.03715",
        summary = "DNO gets better with every iteration and overtakes the teacher whose answers it is shown")
public record OracleAndDemonstrations() implements Replication {

    private static final double ETA = 0.5;
    private static final int RESPONSES = 12;

    @Override
    public String claim() {
        return """
            Contrasting own answers, and a teacher's among them, by how often an oracle prefers each to the others, batch by batch against the policy that
            gave them (DNO), makes a policy that wins against its last iterate in each iteration, and in the end against the teacher. It is ahead
            of contrasts that are made once (offline DPO on the same answers), of self-play that takes the teacher to be right (SPIN) and of
            imitation. The teacher's answers help where the policy hardly says good ones itself.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 4 prompts × 12 responses a world; preferences are Bradley and Terry's of a reward by four fifths and a random matrix, which follows
            none, by one. The start says good responses rarely, the teacher mostly, but not the best of them. Eight of the teacher's answers a prompt;
            DNO: 4 own answers beside each, η = ½, pairs whose win rates differ by ¼, 5 iterations; the same without the teacher's answers; SPIN with
            β = ½; offline DPO (β = ½) of each of the teacher's answers against one of the start's, labelled by the oracle; supervised training. Measured:
            exact win rates.\
            """;
    }

    @Override
    public String differs() {
        return "No language model; the oracle is exact where the paper's is GPT-4. In the paper the start has learned"
                + " from the teacher already.";
    }

    private record World(Bandit bandit, double[][] teacher, List<EncodedPrompt> questions, int prompts) {

        static World random(int seeds, int prompts, int shown, RandomGenerator random) {
            int all = seeds * prompts;
            double[][] start = new double[all][];
            double[][] teacher = new double[all][];
            double[][][] preference = new double[all][][];
            List<EncodedPrompt> questions = new ArrayList<>();
            for (int x = 0; x < all; x++) {
                double[] reward = new double[RESPONSES];
                Arrays.setAll(reward, y -> random.nextGaussian());
                double[] noise = new double[RESPONSES];
                Arrays.setAll(noise, y -> 0.5 * random.nextGaussian());
                double[] steep = Arrays.stream(reward).map(r -> 2 * r).toArray();
                preference[x] = Preferences.groups(
                        new double[] {0.8, 0.2}, Preferences.transitive(steep), Preferences.random(RESPONSES, random));
                start[x] = Simplex.tilted(Simplex.softmax(noise), reward, -0.8);
                teacher[x] = Simplex.softmax(reward);
                for (int i = 0; i < shown; i++) {
                    int y = Simplex.draw(teacher[x], random);
                    questions.add(EncodedPrompt.of("x" + x + " " + i, x).with("" + y, y));
                }
            }
            return new World(Bandit.preferring(start, preference), teacher, questions, prompts);
        }

        /** (seeds): how often one wins against the other, by world. */
        double[] wins(double[][] one, double[][] other) {
            return IntStream.range(0, teacher.length / prompts)
                    .mapToDouble(s -> IntStream.range(s * prompts, (s + 1) * prompts)
                            .mapToDouble(x -> bandit.game(x).winRate(one[x], other[x]))
                            .average()
                            .orElseThrow())
                    .toArray();
        }

        private static int shown(EncodedPrompt question) {
            return question.given().getFirst().tokens()[0];
        }

        double[][] imitated(int steps) {
            double[][] counts = new double[teacher.length][RESPONSES];
            questions.forEach(q -> counts[q.tokens()[0]][shown(q)]++);
            List<TrainingExample> data = new ArrayList<>();
            for (int x = 0; x < counts.length; x++) {
                for (int y = 0; y < RESPONSES; y++) {
                    if (counts[x][y] > 0) {
                        data.add(Examples.shown(x, y, counts[x][y]));
                    }
                }
            }
            return Lesson.whole(steps, 0.1).teach(new Sft(Averaging.COMPLETION), bandit.reference(), data);
        }

        double[][] offline(int steps, RandomGenerator random) {
            PairData data = PairData.none(bandit);
            for (EncodedPrompt q : questions) {
                int x = q.tokens()[0];
                int y = shown(q);
                int z = Simplex.draw(bandit.reference()[x], random);
                if (y != z) {
                    boolean first = bandit.preference()[x][y][z] >= 0.5;
                    data.add(x, first ? y : z, first ? z : y, 1);
                }
            }
            return Lesson.whole(steps, 0.1).teach(new Dpo(ETA, 0), bandit.reference(), data.examples());
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(8, 6);
        int iterations = trial.of(5, 3);
        int updates = trial.of(15, 8);
        World world = World.random(seeds, trial.of(4, 2), trial.of(8, 5), trial.random("worlds", 0));
        SequencedMap<String, OnlineMethod> methods = new LinkedHashMap<>();
        methods.put("dno", trial.subject(new Dno(ETA, 4, 0.25, false, true), ETA));
        methods.put("spin", new Spin(ETA, 0, new Source.Own()));
        if (!trial.smoke()) {
            methods.put("dno, own answers only", new Dno(ETA, 4, 0.25, false, false));
        }
        SequencedMap<String, double[][]> course = new LinkedHashMap<>();
        List<List<double[][]>> paths = new ArrayList<>();
        methods.forEach((name, method) -> {
            trial.progress().step(name, paths.size(), methods.size(), "");
            List<double[][]> path = SelfPlay.phases(iterations, updates, 0.3)
                    .play(
                            method,
                            world.bandit().oracle(),
                            world.questions(),
                            world.bandit().reference(),
                            world.bandit().reference(),
                            trial.random("draws", 0));
            double[][] wins = new double[seeds][path.size()];
            for (int t = 0; t < path.size(); t++) {
                double[] of = world.wins(path.get(t), world.teacher());
                for (int s = 0; s < seeds; s++) {
                    wins[s][t] = of[s];
                }
            }
            course.put(name, wins);
            paths.add(path);
        });
        int steps = iterations * updates * 2;
        double[] imitated = world.wins(world.imitated(steps), world.teacher());
        double[] offline = world.wins(world.offline(steps, trial.random("offline", 0)), world.teacher());
        return findings(trial, world, course, paths.getFirst(), imitated, offline);
    }

    private static Findings findings(
            Trial trial,
            World world,
            SequencedMap<String, double[][]> course,
            List<double[][]> path,
            double[] imitated,
            double[] offline) {
        int last = path.size() - 1;
        double[] ours = Curves.column(Objects.requireNonNull(course.get("dno")), last);
        double[] spin = Curves.column(Objects.requireNonNull(course.get("spin")), last);
        List<Measured> steps = new ArrayList<>();
        boolean early = true;
        boolean late = true;
        for (int t = 1; t <= last; t++) {
            Measured step = Measured.of(world.wins(path.get(t), path.get(t - 1)));
            steps.add(step);
            early &= t > 3 || step.above(0.5);
            late &= !step.below(0.5);
        }
        List<Figures.Row> rows = new ArrayList<>();
        course.forEach((name, wins) -> rows.add(Figures.Row.of(name, Curves.at(wins, last))));
        rows.add(Figures.Row.of("dpo, offline", Measured.of(offline)));
        rows.add(Figures.Row.of("sft", Measured.of(imitated)));
        rows.add(Figures.Row.of("start", Measured.of(world.wins(world.bandit().reference(), world.teacher()))));
        List<Check> checks = new ArrayList<>(List.of(
                Check.core("each of the first three iterations wins against the one before", early),
                Check.core(
                        "in the end DNO wins against the teacher",
                        Measured.of(ours).above(0.5)),
                Check.core(
                        "more often than offline DPO, SPIN and imitation do",
                        Measured.difference(ours, offline).above(0)
                                && Measured.difference(ours, spin).above(0)
                                && Measured.difference(ours, imitated).above(0)),
                Check.also("no iteration loses against the one before", late)));
        if (!trial.smoke()) {
            double[] alone = Curves.column(Objects.requireNonNull(course.get("dno, own answers only")), last);
            checks.add(Check.also(
                    "the teacher's answers help",
                    Measured.difference(ours, alone).above(0)));
            checks.add(Check.also(
                    "offline DPO is ahead of SPIN and of imitation",
                    Measured.difference(offline, spin).above(0)
                            && Measured.difference(offline, imitated).above(0)));
        }
        return new Findings(
                List.of(
                        new Figures("win rate against the teacher at the end", "method", List.of("win rate"), rows, 3),
                        new Figures(
                                "DNO's win rate against its last iterate",
                                "",
                                IntStream.rangeClosed(1, last)
                                        .mapToObj(t -> "iteration " + t)
                                        .toList(),
                                List.of(new Figures.Row("dno", steps)),
                                3)),
                List.of(Curves.of(
                        "Win rate against the teacher",
                        "The band is over worlds.",
                        Axis.of("iteration"),
                        Axis.of("win rate"),
                        Curves.counting(last + 1),
                        course)),
                checks,
                List.of());
    }
}
