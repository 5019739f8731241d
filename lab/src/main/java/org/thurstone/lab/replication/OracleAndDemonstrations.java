package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
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
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Preferences;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** DNO with a teacher's answers among its own, against what else can be made of them. */
@Method(
        name = "oracle-and-demonstrations",
        kind = "replication",
        papers = "2404.03715",
        source = "arXiv:2404.03715",
        summary = "DNO improves in every iteration and overtakes the teacher whose answers it is shown")
public record OracleAndDemonstrations() implements Replication {

    private static final double ETA = 0.5;
    private static final int RESPONSES = 12;
    private static final String ALONE = "dno, own answers only";
    private static final String OFFLINE = "dpo, offline";

    @Override
    public Description about() {
        return new Description("""
            DNO contrasts the policy's own samples and a teacher's answers, by how often an oracle prefers each to the others, batch by batch, with the policy that
            sampled them as reference. The policy then wins against its last iterate in each iteration, and in the end against the teacher. It outperforms training once
            on fixed contrasts (offline DPO on the same answers), self-play that treats the teacher's answers as correct (SPIN), and imitation. The teacher's answers
            help where the policy rarely samples good ones.""", """
            `bandit`: 4 prompts × 12 responses per world. Preferences are four fifths the Bradley–Terry model of a reward and one fifth a random matrix without a
            reward. The initial policy gives good responses rarely; the teacher gives mostly good ones, but not the best. Eight teacher answers per prompt. DNO: 4 own
            samples for each of them, η = ½, pairs whose win rates differ by ¼, 5 iterations; the same without teacher answers; SPIN with β = ½; offline DPO (β = ½) of
            each teacher answer against a sample of the initial policy, labelled by the oracle; supervised training. Measured: exact win rates.""", """
            No language model. The oracle is exact, whereas the paper's is GPT-4. In the paper, the initial policy has already been trained on the teacher's answers.""");
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
            return bandit.learn(OfflineTrainer.whole(steps, 0.1), new Sft(Averaging.COMPLETION), data);
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
            return bandit.learn(OfflineTrainer.whole(steps, 0.1), new Dpo(ETA, 0), data.examples());
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int iterations = trial.of(5, 3);
        int updates = trial.of(15, 8);
        World world = World.random(trial.of(8, 6), trial.of(4, 2), trial.of(8, 5), trial.random("worlds", 0));
        double[][] start = world.bandit().reference();
        SequencedMap<String, OnlineMethod> methods = new LinkedHashMap<>();
        methods.put("dno", trial.subject(new Dno(ETA, 4, 0.25, false, true), ETA));
        methods.put("spin", new Spin(ETA, 0, new Source.Own()));
        if (!trial.smoke()) {
            methods.put(ALONE, new Dno(ETA, 4, 0.25, false, false));
        }
        Sweep course = Sweep.counting(iterations + 1);
        Sweep steps = Sweep.counting(iterations);
        Sweep end = Sweep.once();
        methods.forEach((name, method) -> {
            trial.progress().say(name);
            List<double[][]> path = SelfPlay.phases(iterations, updates, 0.3)
                    .play(method, world.bandit().exactly(), world.questions(), start, start, trial.random("draws", 0));
            course.each((t, iteration) -> course.add(name, t, world.wins(path.get(t), world.teacher())));
            steps.each((t, step) -> steps.add(name, t, world.wins(path.get(t + 1), path.get(t))));
            end.add(name, 0, course.values(name));
        });
        int gradients = iterations * updates * 2;
        double[][] imitated = world.imitated(gradients);
        end.add(OFFLINE, 0, world.wins(world.offline(gradients, trial.random("offline", 0)), world.teacher()));
        end.add("sft", 0, world.wins(imitated, world.teacher()));
        end.add("start", 0, world.wins(start, world.teacher()));
        Findings findings = Findings.of(
                        Figures.of("win rate against the teacher at the end", 3, "method | win rate")
                                .arms(end.arms(), end::end),
                        Figures.of(
                                        "DNO's win rate against its last iterate",
                                        "",
                                        3,
                                        IntStream.rangeClosed(1, iterations)
                                                .mapToObj(t -> "iteration " + t)
                                                .toArray(String[]::new))
                                .rows(1, i -> steps.row("dno", "dno")))
                .with(course.curve("Win rate against the teacher", "The band is over worlds.", "iteration", "win rate"))
                .core(
                        "each of the first three iterations wins against the one before",
                        steps.everywhere(t -> t > 2 || steps.at("dno", t).above(0.5)))
                .core("in the end DNO wins against the teacher", end.end("dno").above(0.5))
                .core(
                        "more often than offline DPO, SPIN and imitation do",
                        end.better("dno", OFFLINE) && end.better("dno", "spin") && end.better("dno", "sft"))
                .also(
                        "no iteration loses against the one before",
                        steps.everywhere(t -> !steps.at("dno", t).below(0.5)));
        return trial.smoke()
                ? findings
                : findings.also("the teacher's answers help", end.better("dno", ALONE))
                        .also(
                                "offline DPO is ahead of SPIN and of imitation",
                                end.better(OFFLINE, "spin") && end.better(OFFLINE, "sft"));
    }
}
