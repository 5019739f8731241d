package org.thurstone.lab.replication;

import static org.thurstone.lab.selection.Advantages.ORDERS;
import static org.thurstone.lab.selection.Advantages.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.elicit.respondent.SimulatedHuman;
import org.thurstone.feedback.acquisition.BudgetSplit;
import org.thurstone.feedback.acquisition.ConstantBudget;
import org.thurstone.feedback.acquisition.DecreasingBudget;
import org.thurstone.feedback.acquisition.IncreasingBudget;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.pairing.AllPairs;
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
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.LogLinear;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.RewardTable;
import org.thurstone.worlds.language.LoopRecipe.Reference;

/** Pairs chosen by their margin, where everything about the answers is known. */
@Method(
        name = "smallest-margins",
        kind = "replication",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "pairs with the smallest margin are the most valuable to label, in a bandit")
public record SmallestMargins() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 160;
    private static final int HELD_OUT = 60;
    private static final int RESPONSES = 20;
    private static final int SAMPLES = 8;
    private static final int FIRST = 24;
    private static final int LABELS = 96;

    @Override
    public Description about() {
        return new Description("""
            With the same number of labels, DPO learns more from pairs with small implicit-reward margins than from random pairs, and less from pairs with large
            margins, both in one iteration and in several. With several iterations, it is better to spend more of the budget early.""", """
            `bandit`: 160 prompts × 20 responses, 10 normal features that explain 90 % of a normal reward's variance, and a log-linear initial policy that is not
            uniform. Each iteration samples 8 answers per prompt. Of all their pairs, the acquisition selects one per prompt (instance level), and of those as many as
            the budget allows (corpus level). Labels follow the Bradley–Terry model; DPO, β = 0.5, continues from the previous policy with the new labels only. 24
            random labels come first, so that there are margins; then 96 selected ones, in one iteration or in three. Measured on 60 other prompts: the win rate against
            the initial policy, which the paper measures, and the expected reward at a divergence of 1 nat, which does not rise merely because a policy moved further.
            One setting at a time is changed, once with the previous iteration as reference and once with the initial policy; the latter also with training on all
            labels so far.""", """
            The paper's policies and its judge are language models. It does not state its β, number of samples, reference and budget ratios; here 8 samples and ratios
            of 3 : 2 : 1, 2 : 2 : 2 and 1 : 2 : 3 are used. The primary check is on the mean over settings with the previous iteration as reference, which is the
            default of this project's loop. This was written down before anything was run. The other reference was one of the settings then, with margins against the
            initial policy; it was combined with all of them because smallest margins did best there.

            The claim holds if both loss and margins use the initial policy as reference, so that the margin equals the loss's own implicit reward, and if each of
            several iterations learns from its own labels only. Pairs with small margins then teach what is not known yet and do not change what is; pairs with the
            largest margins teach the same direction again. With margins against the previous iteration, or with training on all labels, the effect vanishes. If the
            loss uses the previous iteration as reference, the selection of pairs makes no significant difference, for any label noise, budget or spread of quality.
            With 3 features instead of 10, smallest margins are worse, since little is left to learn that their small reward gaps could reveal.""");
    }

    /** What is changed. */
    private record Setting(
            String name,
            double temperature,
            double flips,
            double spread,
            int labels,
            int features,
            MarginReference margin,
            boolean memory) {

        static final Setting BASE = new Setting("as said", 1, 0, 1, LABELS, 10, MarginReference.PREVIOUS, false);

        static List<Setting> all() {
            return List.of(
                    BASE,
                    new Setting("labels never err", 0, 0, 1, LABELS, 10, MarginReference.PREVIOUS, false),
                    new Setting("20 % of labels flipped", 1, 0.2, 1, LABELS, 10, MarginReference.PREVIOUS, false),
                    new Setting("a quarter of the labels", 1, 0, 1, LABELS / 4, 10, MarginReference.PREVIOUS, false),
                    new Setting("three times the labels", 1, 0, 1, LABELS * 3, 10, MarginReference.PREVIOUS, false),
                    new Setting(
                            "a third of the spread of quality",
                            1,
                            0,
                            1 / 3.0,
                            LABELS,
                            10,
                            MarginReference.PREVIOUS,
                            false),
                    new Setting("three times the spread", 1, 0, 3, LABELS, 10, MarginReference.PREVIOUS, false),
                    new Setting("margins against the start", 1, 0, 1, LABELS, 10, MarginReference.INITIAL, false),
                    new Setting(
                            "margins of raw log-probabilities", 1, 0, 1, LABELS, 10, MarginReference.NOTHING, false),
                    new Setting("3 features", 1, 0, 1, LABELS, 3, MarginReference.PREVIOUS, false));
        }

        /** Where an iteration does not forget what the ones before were told. */
        static List<Setting> remembering() {
            return List.of(
                    new Setting("as said", 1, 0, 1, LABELS, 10, MarginReference.PREVIOUS, true),
                    new Setting("margins against the start", 1, 0, 1, LABELS, 10, MarginReference.INITIAL, true));
        }
    }

    /** A world of one seed, the loop in it, and what it says of policies. */
    private record Truth(ActiveLearning<double[]> loop, RewardTable judge, LinearWorld held) {

        static Truth of(
                Setting setting, Reference reference, Loss loss, OfflineTrainer trainer, RandomGenerator random) {
            LinearWorld drawn = LinearWorld.random(PROMPTS + HELD_OUT, RESPONSES, setting.features, 0.1, random);
            double[] start = new double[setting.features];
            for (int k = 0; k < start.length; k++) {
                start[k] = random.nextGaussian() / Math.sqrt(start.length);
            }
            double[][] reward = Arrays.stream(drawn.world().reward().orElseThrow())
                    .map(row -> Arrays.stream(row).map(r -> setting.spread * r).toArray())
                    .toArray(double[][]::new);
            LinearWorld learned = drawn.part(0, PROMPTS, Arrays.copyOf(reward, PROMPTS));
            LogLinear policies = learned.policies();
            RewardTable judge = RewardTable.of(learned.world().reward().orElseThrow());
            ActiveLearning.Setting<double[]> asked = new ActiveLearning.Setting<>(
                    Candidates.rated(new AllPairs(true)),
                    new SimulatedHuman(setting.temperature, setting.flips, 0).open(Opening.withJudge(judge)),
                    setting.margin,
                    policies.learner(
                            trainer, loss, reference == Reference.INITIAL ? Iteration::start : Iteration::current),
                    setting.memory,
                    FIRST,
                    setting.labels);
            double[][][] others = Arrays.copyOfRange(drawn.features(), PROMPTS, PROMPTS + HELD_OUT);
            return new Truth(
                    new ActiveLearning<>(learned, LogLinear.POLICY, asked, start, new Seeds(random.nextLong())),
                    judge,
                    new LinearWorld(
                            Bandit.rewarded(
                                    new LogLinear(others).probabilities(start),
                                    Arrays.copyOfRange(reward, PROMPTS, PROMPTS + HELD_OUT)),
                            others));
        }

        /** On the other prompts: the start, the policy after the first labels, and each iteration. */
        List<double[][]> path(Strategy way) {
            return loop.path(way, PROMPTS, SAMPLES, judge).stream()
                    .map(held.policies()::probabilities)
                    .toList();
        }

        /** How often it is preferred to the start. */
        double wins(double[][] policy) {
            return held.world().winRate(policy, held.world().reference());
        }

        double rewardAtOneNat(double[][] policy) {
            return held.world().value(held.atDivergence(policy, 1));
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        List<Figures> figures = new ArrayList<>();
        List<Lines> plots = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Reference> references = List.of(Reference.PREVIOUS, Reference.INITIAL);
        for (Reference reference : trial.smoke() ? references.subList(0, 1) : references) {
            Advantages wins = compare(trial, reference, settings(trial), held(reference), figures, plots);
            checks.addAll(wins.checks(held(reference), reference == Reference.PREVIOUS));
            notes.addAll(wins.notes(held(reference)));
            if (!trial.smoke()) {
                levelsAndBudgets(trial, reference, figures, checks);
            }
        }
        if (!trial.smoke()) {
            String where = held(Reference.INITIAL) + ", nothing forgotten";
            notes.addAll(compare(trial, Reference.INITIAL, Setting.remembering(), where, figures, plots)
                    .notes(where));
        }
        return new Findings(figures, plots, checks, notes);
    }

    private static Truth truth(Trial trial, Setting setting, Reference reference, RandomGenerator random) {
        Loss dpo = new Dpo(BETA, 0);
        Loss loss = trial.ablation() == Ablation.NOTHING ? trial.subject(dpo, BETA) : dpo;
        return Truth.of(setting, reference, loss, OfflineTrainer.whole(trial.of(40, 10), 0.1), random);
    }

    private static String held(Reference reference) {
        return reference == Reference.PREVIOUS ? "the loss held to the iteration before" : "the loss held to the start";
    }

    private static List<Setting> settings(Trial trial) {
        return trial.smoke() ? List.of(Setting.BASE) : Setting.all();
    }

    private static Advantages compare(
            Trial trial,
            Reference reference,
            List<Setting> settings,
            String where,
            List<Figures> figures,
            List<Lines> plots) {
        List<String> names = settings.stream().map(Setting::name).toList();
        Advantages wins = new Advantages(names);
        Advantages rewards = new Advantages(names);
        Sweep paths = Sweep.along(0, FIRST, FIRST + 32, FIRST + 64, FIRST + LABELS);
        for (int at = 0; at < settings.size(); at++) {
            int setting = at;
            trial.each(trial.of(10, 2), where + ", " + names.get(at), random -> {
                Truth truth = truth(trial, settings.get(setting), reference, random);
                for (Order order : ORDERS) {
                    Order by = trial.ablation() == Ablation.ITSELF ? order : Order.RANDOM;
                    for (boolean several : new boolean[] {false, true}) {
                        List<double[][]> path = truth.path(Strategy.by(by, several ? 3 : 1));
                        wins.add(setting, order, several, truth.wins(path.getLast()));
                        rewards.add(setting, order, several, truth.rewardAtOneNat(path.getLast()));
                        if (setting == 0 && several) {
                            paths.add(
                                    words(order),
                                    path.stream().mapToDouble(truth::wins).toArray());
                        }
                    }
                }
            });
        }
        figures.add(wins.figures("preferred to the start, " + where, 3));
        figures.add(rewards.figures("expected reward at 1 nat, " + where, 3));
        plots.add(paths.curve(
                "What labels earn, " + where,
                "In three iterations after 24 random labels; the band is over seeds.",
                Axis.of("labels"),
                Axis.percent("preferred to the start")));
        return wins;
    }

    private static void levelsAndBudgets(Trial trial, Reference reference, List<Figures> figures, List<Check> checks) {
        List<BudgetSplit> splits = List.of(new DecreasingBudget(3), new ConstantBudget(), new IncreasingBudget(3));
        Sweep byLevel = Sweep.counting(3);
        Sweep byBudget = Sweep.counting(3);
        trial.each(10, held(reference) + ", levels and budgets", random -> {
            Truth truth = truth(trial, Setting.BASE, reference, random);
            for (Order order : ORDERS) {
                for (int j = 0; j < 3; j++) {
                    Strategy level = new Strategy(order, ORDERS.get(j), 3, new ConstantBudget());
                    Strategy budget = new Strategy(order, order, 3, splits.get(j));
                    byLevel.add(words(order), j, truth.wins(truth.path(level).getLast()));
                    byBudget.add(words(order), j, truth.wins(truth.path(budget).getLast()));
                }
            }
        });
        figures.add(Figures.of(
                        "preferred to the start by level, " + held(reference),
                        3,
                        "of a prompt's pairs | of prompts: smallest | of prompts: random | of prompts: largest")
                .rows(byLevel.arms(), arm -> byLevel.row(arm, arm)));
        figures.add(Figures.of(
                        "preferred to the start by budget, " + held(reference),
                        3,
                        "margins | decreasing | constant | increasing")
                .rows(byBudget.arms(), arm -> byBudget.row(arm, arm)));
        double[] decreasing = byBudget.values(words(Order.SMALLEST), 0);
        checks.add(Check.also(
                held(reference) + ", smallest margins with a decreasing budget are better than with a constant one",
                Measured.difference(decreasing, byBudget.values(words(Order.SMALLEST), 1))
                        .above(0)));
        checks.add(Check.also(
                held(reference) + ", smallest margins with a decreasing budget are better than with an increasing one",
                Measured.difference(decreasing, byBudget.values(words(Order.SMALLEST), 2))
                        .above(0)));
    }
}
