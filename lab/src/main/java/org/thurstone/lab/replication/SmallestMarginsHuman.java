package org.thurstone.lab.replication;

import static org.thurstone.lab.selection.Advantages.ORDERS;
import static org.thurstone.lab.selection.Advantages.words;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.acquisition.BudgetSplit;
import org.thurstone.feedback.acquisition.ConstantBudget;
import org.thurstone.feedback.acquisition.DecreasingBudget;
import org.thurstone.feedback.acquisition.IncreasingBudget;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.reward.Embedder;
import org.thurstone.feedback.reward.MiniLm;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Check;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.lab.selection.ActiveLearning;
import org.thurstone.lab.selection.ActiveLearning.Strategy;
import org.thurstone.lab.selection.Advantages;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.Candidates;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.bandit.LogLinear;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.human.EmbeddedSet;
import org.thurstone.worlds.human.HashedWords;
import org.thurstone.worlds.human.HumanData;
import org.thurstone.worlds.human.HumanData.Annotators;
import org.thurstone.worlds.human.HumanSet;
import org.thurstone.worlds.human.HumanWorld;
import org.thurstone.worlds.language.LoopRecipe.Reference;

/** Pairs chosen by their margin, among answers that people and GPT-4 compared. */
@Method(
        name = "smallest-margins-human",
        kind = "replication",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "pairs with the smallest margin are the most valuable to label, on real comparisons")
public record SmallestMarginsHuman() implements Replication {

    private static final double BETA = 1;
    private static final int FIRST = 40;
    private static final int LABELS = 90;
    private static final String ALPACA = "alpaca_eval";
    private static final String PANDA = "pandalm/testset-v1.json.gz";
    private static final List<String> MODELS = List.of(
            "FuseChat-Gemma-2-9B-Instruct",
            "claude",
            "chatglm2-6b",
            "gemma-2b-it",
            "pythia-12b-mix-sft",
            "vicuna-7b-v1.5",
            "alpaca-7b",
            "gpt-3.5-turbo-1106");

    @Override
    public Description about() {
        return new Description(new SmallestMargins().about().claim(), """
            `human`: answers of eight models to 70 instructions of AlpacaEval, compared by GPT-4, and of five models to PandaLM's 170 instructions, compared by three
            people each. The policy is log-linear in the 384 dimensions of the MiniLM embedding of an answer's first 700 characters, and in the logarithm of its length;
            DPO, β = 1. From the pool of compared pairs, the acquisition selects one per instruction (instance level), and of those as many as the budget allows (corpus
            level); no pair is selected twice. 40 random labels come first, then 90 selected ones, in one iteration or in three. Measured on the held-out third of the
            instructions: how often the policy ranks the answer first that the judge, or most people, prefer.""", """
            Answers come from a pool and are not sampled from the policy; the learned model ranks by frozen embeddings and is not a language model. Seeds split the same
            instructions differently, so that intervals cover the split and not other data. The policy starts at zero, where margins against the initial policy are raw
            log-probabilities.""");
    }

    @Override
    public List<String> data() {
        return List.of(ALPACA, PANDA);
    }

    private record Setting(
            String name, boolean people, Annotators judge, int labels, MarginReference margin, Reference reference) {

        static final Setting BASE =
                new Setting("GPT-4", false, Annotators.MOST, LABELS, MarginReference.PREVIOUS, Reference.PREVIOUS);

        static List<Setting> all() {
            return List.of(
                    BASE,
                    new Setting(
                            "GPT-4, a third of the labels",
                            false,
                            Annotators.MOST,
                            LABELS / 3,
                            MarginReference.PREVIOUS,
                            Reference.PREVIOUS),
                    new Setting(
                            "GPT-4, margins of raw log-probabilities",
                            false,
                            Annotators.MOST,
                            LABELS,
                            MarginReference.NOTHING,
                            Reference.PREVIOUS),
                    new Setting(
                            "GPT-4, the loss held to the start",
                            false,
                            Annotators.MOST,
                            LABELS,
                            MarginReference.PREVIOUS,
                            Reference.INITIAL),
                    new Setting(
                            "most of three people",
                            true,
                            Annotators.MOST,
                            LABELS,
                            MarginReference.PREVIOUS,
                            Reference.PREVIOUS),
                    new Setting(
                            "one of three people",
                            true,
                            Annotators.ONE,
                            LABELS,
                            MarginReference.PREVIOUS,
                            Reference.PREVIOUS),
                    new Setting(
                            "most people, the loss held to the start",
                            true,
                            Annotators.MOST,
                            LABELS,
                            MarginReference.PREVIOUS,
                            Reference.INITIAL));
        }
    }

    /** One split of a set's instructions, and the loop on it. */
    private record Truth(ActiveLearning<double[]> loop, HumanWorld world) {

        static Truth of(Setting setting, EmbeddedSet set, Loss loss, OfflineTrainer trainer, RandomGenerator random) {
            HumanWorld world = new HumanWorld(set, set.split(1 / 3.0, random));
            ActiveLearning.Setting<double[]> asked = new ActiveLearning.Setting<>(
                    Candidates.given(world.pairs()),
                    new HumanData(set.set(), setting.judge),
                    setting.margin,
                    set.policies()
                            .learner(
                                    trainer,
                                    loss,
                                    setting.reference == Reference.INITIAL ? Iteration::start : Iteration::current),
                    false,
                    FIRST,
                    setting.labels);
            double[] start = new double[set.width()];
            return new Truth(
                    new ActiveLearning<>(world, LogLinear.POLICY, asked, start, new Seeds(random.nextLong())), world);
        }

        /** The accuracy at the start, after the first labels, and after each iteration. */
        double[] path(Order order, int iterations, BudgetSplit budget) {
            return loop.path(new Strategy(order, order, iterations, budget)).stream()
                    .mapToDouble(theta ->
                            world.set().accuracy(theta, world.split().held()).mean())
                    .toArray();
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 2);
        List<Setting> settings = trial.smoke() ? List.of(Setting.BASE) : Setting.all();
        Loss dpo = new Dpo(BETA, 0);
        Loss loss = trial.ablation() == Ablation.NOTHING ? trial.subject(dpo, BETA) : dpo;
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(40, 10), 0.03);
        try (MiniLm encoder = new MiniLm(1)) {
            Embedder embedder = trial.smoke() ? new HashedWords(60) : encoder;
            trial.progress().say("embedding the answers");
            EmbeddedSet judged =
                    EmbeddedSet.of(HumanSet.alpacaEval(trial.data(ALPACA), MODELS, trial.of(70, 40)), embedder, 700);
            EmbeddedSet voted = EmbeddedSet.of(HumanSet.pandaLm(trial.data(PANDA)), embedder, 700);
            Advantages accuracy =
                    new Advantages(settings.stream().map(Setting::name).toList());
            Sweep paths = Sweep.along(0, FIRST, FIRST + LABELS / 3, FIRST + 2 * LABELS / 3, FIRST + LABELS);
            for (int at = 0; at < settings.size(); at++) {
                int place = at;
                Setting setting = settings.get(at);
                trial.each(seeds, setting.name, random -> {
                    Truth truth = Truth.of(setting, setting.people ? voted : judged, loss, trainer, random);
                    for (Order order : ORDERS) {
                        Order by = trial.ablation() == Ablation.ITSELF ? order : Order.RANDOM;
                        double[] several = truth.path(by, 3, new ConstantBudget());
                        accuracy.add(place, order, false, truth.path(by, 1, new ConstantBudget())[2]);
                        accuracy.add(place, order, true, several[4]);
                        if (place == 0) {
                            paths.add(words(order), several);
                        }
                    }
                });
            }
            List<Figures> figures = new ArrayList<>(List.of(accuracy.figures("pairs ranked as preferred", 3)));
            List<Check> checks = new ArrayList<>(accuracy.checks("in the mean over settings", true));
            if (!trial.smoke()) {
                budgets(trial, seeds, judged, loss, trainer, figures, checks);
            }
            Lines plot = paths.curve(
                    "What GPT-4's labels teach",
                    "In three iterations after 40 random labels; the band is over splits.",
                    Axis.of("labels"),
                    Axis.percent("held-out pairs ranked as preferred"));
            return new Findings(figures, List.of(plot), checks, accuracy.notes("real comparisons"));
        }
    }

    private static void budgets(
            Trial trial,
            int seeds,
            EmbeddedSet set,
            Loss loss,
            OfflineTrainer trainer,
            List<Figures> figures,
            List<Check> checks) {
        List<BudgetSplit> splits = List.of(new DecreasingBudget(3), new ConstantBudget(), new IncreasingBudget(3));
        Sweep values = Sweep.counting(3);
        trial.each(seeds, "budgets", random -> {
            Truth truth = Truth.of(Setting.BASE, set, loss, trainer, random);
            for (Order order : ORDERS) {
                for (int b = 0; b < 3; b++) {
                    values.add(words(order), b, truth.path(order, 3, splits.get(b))[4]);
                }
            }
        });
        figures.add(Figures.of(
                        "pairs ranked as GPT-4 prefers, by budget", 3, "margins | decreasing | constant | increasing")
                .rows(values.arms(), arm -> values.row(arm, arm)));
        double[] decreasing = values.values(words(Order.SMALLEST), 0);
        checks.add(Check.also(
                "smallest margins with a decreasing budget are better than with a constant one",
                Measured.difference(decreasing, values.values(words(Order.SMALLEST), 1))
                        .above(0)));
        checks.add(Check.also(
                "smallest margins with a decreasing budget are better than with an increasing one",
                Measured.difference(decreasing, values.values(words(Order.SMALLEST), 2))
                        .above(0)));
    }
}
