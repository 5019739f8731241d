package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.EveryPair;
import org.thurstone.train.loss.link.Hinge;
import org.thurstone.train.loss.link.ListLink;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.link.PlackettLuce;
import org.thurstone.train.loss.list.Lipo;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.Simplex;

/** LiPO-λ's weights against DPO and SLiC over the same lists. */
@Method(
        name = "lambda-weights",
        kind = "replication",
        papers = "2402.01878",
        source = "arXiv:2402.01878",
        summary = "LiPO-λ over lists against pairwise losses")
public record LambdaWeights() implements Replication {

    private static final double BETA = 0.3;
    private static final int LIST = 8;
    private static final int RESPONSES = 12;
    private static final double NATS = 1.5;
    private static final double[] FURTHER = {0.25, 0.5, 1, NATS, 2};
    private static final String PAIRS = "dpo, all pairs";

    @Override
    public Description about() {
        return new Description("""
            On ranked lists, weighting each pair by the change of the discounted gain if the two were exchanged (LiPO-λ) gives better policies than DPO or SLiC on all
            pairs of the list, and than the likelihood of the list. For lists of two, it equals DPO.""", """
            `bandit`: 12 responses per prompt, and a log-linear policy with 6 features that explain half of the reward's variance, so that no policy orders every list
            correctly and it matters which pairs have weight. 60 lists of 8 with grades (the probability of beating the rest of the list under the Bradley–Terry model),
            and lists of 2 with grades 1 and 0. β = 0.3. Measured on 60 other prompts, after scaling each policy to a divergence of 1.5 nats (2.5 at most): the expected
            reward, and the win rate against the reference policy.""", """
            Policies are compared at equal divergence, not at their best β; win rates are exact.""");
    }

    private static Loss composed(ListLink link) {
        return Composed.of(new LogRatio(), BETA, link);
    }

    @Override
    public Findings experiment(Trial trial) {
        int prompts = trial.of(60, 30);
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(80, 30), 0.05);
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("lipo-λ", trial.subject(new Lipo(BETA), BETA));
        losses.put(PAIRS, composed(new EveryPair(new Logistic(0), EveryPair.Weights.NONE)));
        losses.put("slic, all pairs", composed(new EveryPair(new Hinge(1), EveryPair.Weights.NONE)));
        losses.put("dpo, plackett-luce", composed(new PlackettLuce()));
        Sweep value = Sweep.once();
        Sweep wins = Sweep.once();
        Sweep course = Sweep.along(FURTHER);
        Sweep apart = Sweep.once();
        trial.each(trial.of(10, 4), "worlds", random -> {
            LinearWorld w = LinearWorld.random(2 * prompts, RESPONSES, 6, 0.5, random);
            List<TrainingList> lists = new ArrayList<>();
            List<TrainingList> twos = new ArrayList<>();
            for (int x = 0; x < prompts; x++) {
                List<Integer> drawn = w.some(LIST, random);
                lists.add(graded(w, x, drawn));
                twos.add(ranked(w, x, drawn.subList(0, 2)));
            }
            losses.forEach((arm, loss) -> {
                double[][] learned = w.learn(trainer, loss, lists);
                course.each((n, nats) -> course.add(arm, n, w.value(w.atDivergence(learned, nats), prompts)));
                double[][] policy = w.atDivergence(learned, NATS);
                value.add(arm, w.value(policy, prompts));
                wins.add(arm, w.world().winRate(policy, w.world().reference()));
            });
            double[][] ours = w.learn(trainer, Objects.requireNonNull(losses.get("lipo-λ")), twos);
            double[][] dpo = w.learn(trainer, Objects.requireNonNull(losses.get(PAIRS)), twos);
            apart.add(
                    "lipo-λ and dpo",
                    IntStream.range(0, prompts)
                            .mapToDouble(x -> Simplex.distance(ours[x], dpo[x]))
                            .max()
                            .orElseThrow());
        });
        return Findings.of(
                        Figures.of(
                                        "at 1.5 nats from the reference, on other prompts",
                                        4,
                                        "loss | expected reward | win rate")
                                .arms(value.arms(), value::end, wins::end),
                        Figures.of(
                                        "lists of two: how far LiPO-λ's policy is from DPO's",
                                        4,
                                        " | total variation, largest over prompts")
                                .row("lipo-λ and dpo", apart.end("lipo-λ and dpo")))
                .with(course.curve(
                        "Expected reward by divergence",
                        "On other prompts; the band is over worlds.",
                        "KL from the reference, nats",
                        "expected reward"))
                .core(
                        "LiPO-λ's policy is worth more than those of DPO and SLiC on all pairs",
                        value.better("lipo-λ", PAIRS) && value.better("lipo-λ", "slic, all pairs"))
                .also("and than that of the list's likelihood", value.better("lipo-λ", "dpo, plackett-luce"))
                .also(
                        "with lists of two its weight is constant and it learns what DPO does",
                        apart.end("lipo-λ and dpo").mean() < 0.05);
    }

    /** Each response's mean chance against the rest of its list. */
    private static TrainingList graded(LinearWorld w, int prompt, List<Integer> responses) {
        double[][] preference = w.world().preference()[prompt];
        List<Double> grades = responses.stream()
                .map(y -> responses.stream()
                        .filter(z -> !z.equals(y))
                        .mapToDouble(z -> preference[y][z])
                        .average()
                        .orElseThrow())
                .toList();
        return Examples.list(prompt, responses, grades);
    }

    private static TrainingList ranked(LinearWorld w, int prompt, List<Integer> two) {
        double[] reward = w.world().reward().orElseThrow()[prompt];
        boolean first = reward[two.get(0)] > reward[two.get(1)];
        return Examples.list(prompt, two, first ? List.of(1.0, 0.0) : List.of(0.0, 1.0));
    }
}
