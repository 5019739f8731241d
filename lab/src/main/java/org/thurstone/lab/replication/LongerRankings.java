package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.list.Pro;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.LinearWorld;

/** PRO with rankings of two, three, five and eight. */
@Method(
        name = "longer-rankings",
        kind = "replication",
        rows = {128},
        source = "arXiv:2306.17492",
        summary = "PRO learns more from longer rankings")
public record LongerRankings() implements Replication {

    private static final int RESPONSES = 10;

    @Override
    public String claim() {
        return """
            PRO takes rankings of any length, and the longer they are the better the policy that comes of the same prompts; it is better than
            imitating the best response of each ranking.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 10 responses a prompt, a log-linear policy of 10 features that explain 80 % of the reward's variance, 30 prompts with one
            ranking each of 2, 3, 5 or 8 responses, scored by their rewards. PRO with its likelihood weight of 0.05, and likelihood alone on the
            best of the same responses. Measured on 30 other prompts: the expected reward of the policy, whose mean is 0 at the start, and the same at
            a divergence of 1 nat, because losses over longer rankings push less far in as many steps.\
            """;
    }

    @Override
    public String differs() {
        return """
            The paper lengthens its rankings with responses of other models, of which some are better; ours are all from the same distribution, so
            that length alone is tried. Rewards are the true ones.\
            """;
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 6);
        int steps = trial.of(80, 40);
        int prompts = 30;
        int[] lengths = trial.smoke() ? new int[] {2, 8} : new int[] {2, 3, 5, 8};
        Loss pro = trial.subject(new Pro(0.05), 0.1);
        double[][][] value = new double[4][seeds][lengths.length];
        for (int l = 0; l < lengths.length; l++) {
            int length = lengths[l];
            List<double[]> found = trial.seeds(seeds, "rankings", random -> {
                LinearWorld w = LinearWorld.random(2 * prompts, RESPONSES, 10, 0.2, random);
                double[][] reward = w.world().reward().orElseThrow();
                List<TrainingExample> rankings = new ArrayList<>();
                List<TrainingExample> best = new ArrayList<>();
                for (int x = 0; x < prompts; x++) {
                    double[] worth = reward[x];
                    List<Integer> drawn = w.some(8, random).subList(0, length);
                    rankings.add(Examples.list(
                            x, drawn, drawn.stream().map(y -> worth[y]).toList()));
                    best.add(Examples.shown(
                            x,
                            drawn.stream()
                                    .reduce((a, b) -> worth[a] > worth[b] ? a : b)
                                    .orElseThrow(),
                            1));
                }
                double[][] ranked = w.learned(Lesson.whole(steps, 0.05), pro, rankings);
                double[][] imitated = w.learned(Lesson.whole(steps, 0.05), new Sft(Averaging.COMPLETION), best);
                return new double[] {
                    w.value(ranked, prompts),
                    w.value(imitated, prompts),
                    w.value(w.atDivergence(ranked, 1), prompts),
                    w.value(w.atDivergence(imitated, 1), prompts)
                };
            });
            for (int s = 0; s < seeds; s++) {
                for (int m = 0; m < value.length; m++) {
                    value[m][s][l] = found.get(s)[m];
                }
            }
        }
        List<Figures.Row> rows = new ArrayList<>();
        double[] places = new double[lengths.length];
        boolean longer = true;
        boolean level = true;
        boolean imitation = true;
        int last = lengths.length - 1;
        for (int l = 0; l < lengths.length; l++) {
            places[l] = lengths[l];
            rows.add(Figures.Row.of(
                    "rankings of " + lengths[l],
                    Curves.at(value[0], l),
                    Curves.at(value[1], l),
                    Curves.at(value[2], l),
                    Curves.at(value[3], l)));
            longer &= l == 0
                    || Curves.at(value[0], l).mean()
                            > Curves.at(value[0], l - 1).mean();
            level &= l == 0
                    || Curves.at(value[2], l).mean()
                            > Curves.at(value[2], l - 1).mean();
            imitation &= Measured.difference(Curves.column(value[2], l), Curves.column(value[3], l))
                    .above(0);
        }
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        lines.put("pro", value[2]);
        lines.put("sft on the best", value[3]);
        return new Findings(
                List.of(new Figures(
                        "expected reward on other prompts",
                        "data",
                        List.of("pro", "sft on the best", "pro, 1 nat", "sft, 1 nat"),
                        rows,
                        3)),
                List.of(Curves.of(
                        "Longer rankings",
                        "Expected reward on other prompts at 1 nat from the start; the band is over seeds.",
                        Axis.of("responses in a ranking"),
                        Axis.of("expected reward"),
                        places,
                        lines)),
                List.of(
                        Check.core(
                                "at a divergence of 1 nat, rankings of eight teach more than rankings of two",
                                Measured.difference(Curves.column(value[2], last), Curves.column(value[2], 0))
                                        .above(0)),
                        Check.core("there each step in length is a step in reward", level),
                        Check.also("so it is for the policies as they are", longer),
                        Check.also("at each length PRO is better than imitating the best, at 1 nat", imitation)),
                List.of());
    }
}
