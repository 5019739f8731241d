package org.thurstone.worlds.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.UserError;
import org.thurstone.feedback.judge.Judge;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Round;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.run.Stored;
import org.thurstone.model.LanguageModel;
import org.thurstone.model.Policy;
import org.thurstone.train.Learner;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.online.Online;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Past;
import org.thurstone.train.online.Policies;
import org.thurstone.train.online.SampledCompletions;
import org.thurstone.worlds.language.control.Rerun;

/**
 * Draw, have judged, update, and again. An iteration's steps are one stage of the run directory, {@code iteration-K/learned}: the policy
 * that they came to, and the state that the next iteration goes on from.
 */
final class OnlineLoop {

    private static final String POLICY = "policy";
    private static final String STATE = "state";
    private static final String ASKED = "asked.json";

    /** Figures that are shown while it runs; all are in the metrics. */
    private static final Set<String> TOLD = Set.of("loss", "reward", "kl");

    /** One way through the loop: the recipe's own, or a control's. */
    record Arm(String directory, String title, OnlineMethod method) {

        static Arm main(OnlineRecipe recipe) {
            return new Arm("", "this recipe", recipe.method());
        }

        static Arm of(Rerun control, int index, OnlineRecipe recipe) {
            return new Arm(
                    "controls/" + index + "/", control.title(), control.method().orElse(recipe.method()));
        }
    }

    private final OnlineRecipe recipe;
    private final RunDirectory run;
    private final Seeds seeds;
    private final Judge judge;
    private final List<Judge> components;
    private final StepPrompts questions;
    private final Evaluator evaluator;
    private final Learning learning;
    private final Progress progress;

    /** @param cache a directory for costly things that outlive the run */
    OnlineLoop(
            OnlineRecipe recipe,
            RunDirectory run,
            Seeds seeds,
            Judge judge,
            Path cache,
            Evaluator evaluator,
            Learning learning,
            Progress progress) {
        this.recipe = recipe;
        this.run = run;
        this.seeds = seeds;
        this.judge = judge;
        this.components = new ArrayList<>();
        for (int i = 0; i < recipe.components().size(); i++) {
            components.add(recipe.components().get(i).open(cache, seeds.of("component-" + i)));
        }
        this.questions = new StepPrompts(recipe.task(), recipe.data());
        this.evaluator = evaluator;
        this.learning = learning;
        this.progress = progress;
    }

    /** All iterations of an arm. @return one round each */
    List<Round> go(Arm arm, Path start) {
        List<Round> rounds = new ArrayList<>();
        List<Path> iterates = new ArrayList<>(List.of(start));
        List<Path> estimates = new ArrayList<>(List.of(start));
        for (int k = 1; k <= recipe.iterations(); k++) {
            rounds.add(iterate(arm, k, iterates, estimates));
        }
        return rounds;
    }

    private Round iterate(Arm arm, int k, List<Path> iterates, List<Path> estimates) {
        String at = arm.directory + "iteration-" + k + "/";
        // The same prompts and the same randomness for every arm, so that arms differ by what they do alone.
        String stream = "iteration-" + k + "/";
        long begin = System.nanoTime();
        if (!run.has(at + "learned")) {
            progress.say((arm.directory.isEmpty() ? "" : arm.title + ": ") + "iteration " + k);
        }
        Optional<Path> before = k == 1
                ? Optional.empty()
                : Optional.of(run.path(arm.directory + "iteration-" + (k - 1) + "/learned/" + STATE));
        Path learned = run.directoryStage(
                at + "learned", aside -> learn(arm, List.copyOf(iterates), before, stream, at + "training", aside));
        Path estimate = learned.resolve(POLICY);
        Path policy = recipe.extrapolation().isEmpty()
                ? estimate
                : run.directoryStage(
                        at + POLICY,
                        aside -> learning.extrapolate(
                                estimate,
                                estimates.getLast(),
                                recipe.extrapolation().orElseThrow(),
                                aside));
        estimates.add(estimate);
        iterates.add(policy);
        return run.stage(at + "round.json", Stored.json(Round.class), () -> {
            try (LanguageModel trained = learning.load(policy);
                    LanguageModel origin = learning.load(iterates.getFirst())) {
                JudgeOracle.Asked asked = asked(learned);
                return new Round(
                        k,
                        (int) (asked.comparisons() > 0 ? asked.comparisons() : asked.scores()),
                        0,
                        OptionalDouble.empty(),
                        evaluator.evaluate(trained, Optional.of(origin), seeds.of("evaluation")),
                        (System.nanoTime() - begin) / 1e9);
            }
        });
    }

    private static JudgeOracle.Asked asked(Path learned) {
        Path file = learned.resolve(ASKED);
        try {
            return Stored.json(JudgeOracle.Asked.class).read(Files.readString(file));
        } catch (IOException e) {
            throw UserError.reading(file, e);
        }
    }

    private LanguageModel reference(List<Path> iterates) {
        return switch (recipe.reference()) {
            case PREVIOUS -> learning.load(iterates.getLast());
            case INITIAL -> learning.load(iterates.getFirst());
            case AVERAGE -> learning.mean(iterates);
        };
    }

    private void learn(Arm arm, List<Path> iterates, Optional<Path> before, String stream, String stage, Path into) {
        try (LanguageModel model = learning.load(iterates.getLast());
                LanguageModel origin = learning.load(iterates.getFirst());
                LanguageModel reference = reference(iterates);
                LoadedPast past = new LoadedPast(iterates)) {
            MetricsLog metrics = learning.metrics(stage);
            Policies policies = new Policies(model.policy(), reference.policy(), past);
            SampledCompletions drawing = new SampledCompletions(
                    recipe.sampling(),
                    model.tokenizer().endings(),
                    model.tokenizer()::continuation,
                    Answering.SLOTS,
                    Answering.listener(progress));
            JudgeOracle oracle = new JudgeOracle(
                    judge, components, recipe.annotator(), recipe.unfinishedPenalty(), seeds.of(stream + "annotation"));
            long steps = (long) recipe.iterations() * recipe.steps();
            Learner learner = Learner.of(
                    model.policy(), arm.method.signals(), TrainingInputs.of(reference.policy()), recipe.training());
            try (Online online = new Online(arm.method, learner, drawing, oracle, recipe.training(), steps)) {
                before.ifPresent(state -> {
                    online.restore(state);
                    moveTo(iterates.getLast(), model, learner);
                });
                for (int s = 1; s <= recipe.steps(); s++) {
                    String step = stream + "step-" + s + "/";
                    StepPrompts.Asked asked =
                            questions.draw(recipe.prompts(), model, origin, seeds.of(step + "prompts"));
                    oracle.next(asked.prompts(), seeds.of(step + "annotation"));
                    Map<String, Double> figures = online.step(policies, asked.questions(), seeds.of(step + "answers"));
                    metrics.log(stage, s, figures);
                    progress.step("learning", s, recipe.steps(), told(figures));
                }
                metrics.sync();
                Path policy = Files.createDirectory(into.resolve(POLICY));
                model.save(policy);
                online.save(Files.createDirectory(into.resolve(STATE)));
                AtomicFile.write(
                        into.resolve(ASKED),
                        Stored.json(JudgeOracle.Asked.class).write(oracle.asked()));
            } catch (IOException e) {
                throw new UserError(into + " cannot be written: " + e.getMessage(), e);
            }
        }
    }

    /** What the state says of the policy is what the steps came to; the iteration begins with what was made of that. */
    private void moveTo(Path policy, LanguageModel model, Learner learner) {
        if (recipe.extrapolation().isPresent()) {
            try (LanguageModel moved = learning.load(policy)) {
                model.policy().parameters().copyFrom(moved.policy().parameters());
            }
            learner.freshOptimizer();
        }
    }

    private static String told(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .filter(f -> TOLD.contains(f.getKey()))
                .map(f -> "%s %.3f".formatted(f.getKey(), f.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** Past iterates, loaded when somebody asks for them. */
    private final class LoadedPast implements Past, AutoCloseable {
        private final List<Path> iterates;
        private final Map<Integer, LanguageModel> loaded = new HashMap<>();

        LoadedPast(List<Path> iterates) {
            this.iterates = iterates;
        }

        @Override
        public int size() {
            return iterates.size();
        }

        @Override
        public Policy get(int iterate) {
            return loaded.computeIfAbsent(iterate, k -> learning.load(iterates.get(k)))
                    .policy();
        }

        @Override
        public void close() {
            loaded.values().forEach(LanguageModel::close);
        }
    }
}
