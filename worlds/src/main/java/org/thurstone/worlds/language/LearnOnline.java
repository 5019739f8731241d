package org.thurstone.worlds.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Stage;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingPlan;
import org.thurstone.train.online.Online;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Policies;
import org.thurstone.train.online.PolicyHistory;
import org.thurstone.train.online.SampledCompletions;

/**
 * Runs the steps of an online method in one iteration; each step samples, asks and updates. The output contains the policy after the last step, and
 * the state that the next iteration continues from. The state is saved every {@code save-every} steps; a resumed run repeats the steps since then,
 * with the answers in the ledger.
 */
final class LearnOnline implements Stage<Path, Path> {

    private static final String POLICY = "policy";
    private static final String STATE = "state";
    private static final String ASKED = "asked.json";

    /** Figures that are shown while it runs; all are in the metrics. */
    private static final Set<String> SHOWN = Set.of("loss", "reward", "kl");

    private final OnlineRecipe recipe;
    private final OnlineMethod method;
    private final ElicitedSampleValues samples;
    private final StepPrompts prompts;
    private final ModelTrainer learning;
    private final StageSnapshots drafts;
    private final Progress progress;

    LearnOnline(
            OnlineRecipe recipe,
            OnlineMethod method,
            ElicitedSampleValues samples,
            StepPrompts prompts,
            ModelTrainer learning,
            StageSnapshots drafts,
            Progress progress) {
        this.recipe = recipe;
        this.method = method;
        this.samples = samples;
        this.prompts = prompts;
        this.learning = learning;
        this.drafts = drafts;
        this.progress = progress;
    }

    @Override
    public Output<Path> output() {
        return Checkpoints.LEARNED;
    }

    /** The policy that the steps of an iteration came to. */
    static Path policy(Iteration<Path> iteration) {
        return iteration.get(Checkpoints.LEARNED).resolve(POLICY);
    }

    /** The number of answers that the steps of an iteration asked for. */
    static int labels(Iteration<Path> iteration) {
        ElicitedSampleValues.QuestionCounts asked =
                asked(iteration.get(Checkpoints.LEARNED).resolve(ASKED));
        return (int) (asked.comparisons() > 0 ? asked.comparisons() : asked.scores());
    }

    private static ElicitedSampleValues.QuestionCounts asked(Path file) {
        return RunDirectory.read(file, Codec.json(ElicitedSampleValues.QuestionCounts.class));
    }

    @Override
    public Path run(Iteration<Path> iteration, Supplier<Path> directory) {
        Path into = directory.get();
        List<Path> iterates = iteration.iterates();
        String stage = iteration.directory() + "training";
        try (LanguageModel model = learning.load(iterates.getLast());
                LanguageModel origin = learning.load(iterates.getFirst());
                LanguageModel reference = reference(iterates);
                LoadedHistory past = new LoadedHistory(iterates)) {
            Policies policies = new Policies(model.policy(), reference.policy(), past);
            SampledCompletions source = new SampledCompletions(
                    recipe.sampling(),
                    model.tokenizer().endings(),
                    model.tokenizer()::continuation,
                    CompletionSampler.SLOTS,
                    CompletionSampler.listener(progress));
            long steps = (long) recipe.iterations() * recipe.steps();
            Trainer trainer = new Trainer(TrainingPlan.of(
                    model.policy(), method.signals(), Optional.of(reference.policy()), recipe.training()));
            try (Online online = new Online(method, trainer, source, samples, steps)) {
                samples.countFrom(new ElicitedSampleValues.QuestionCounts(0, 0));
                Optional<StageSnapshots.StageSnapshot> draft = drafts.find(iteration.directory());
                MetricsLog metrics;
                int from = 0;
                if (draft.isPresent()) {
                    online.restore(draft.get().directory());
                    samples.countFrom(asked(draft.get().directory().resolve(ASKED)));
                    from = draft.get().step();
                    metrics = learning.metrics(stage, from);
                } else {
                    metrics = learning.metrics(stage);
                    iteration
                            .previous()
                            .map(before -> before.get(Checkpoints.LEARNED).resolve(STATE))
                            .ifPresent(state -> {
                                online.restore(state);
                                moveTo(iterates.getLast(), model, trainer);
                            });
                }
                for (int s = from + 1; s <= recipe.steps(); s++) {
                    String step = "step-" + s + "/";
                    long used = (long) recipe.prompts() * ((long) recipe.steps() * (iteration.number() - 1) + s - 1);
                    StepPrompts.Batch asked =
                            prompts.draw(used, recipe.prompts(), model, origin, iteration.random(step + "prompts"));
                    samples.next("step " + s + " of " + stage, asked.prompts());
                    Map<String, Double> figures =
                            online.step(policies, asked.questions(), iteration.random(step + "answers"));
                    metrics.log(stage, s, figures);
                    progress.step("learning", s, recipe.steps(), shown(figures));
                    if (s % recipe.saveEvery() == 0 && s < recipe.steps()) {
                        metrics.sync();
                        drafts.keep(iteration.directory(), s, at -> save(online, at));
                    }
                }
                metrics.sync();
                model.save(into.resolve(POLICY));
                Path state = into.resolve(STATE);
                Disk.createDirectories(state);
                online.save(state);
                write(into.resolve(ASKED));
            } catch (IOException e) {
                throw new UserError(into + " cannot be written: " + e.getMessage(), e);
            }
        }
        return into;
    }

    private void save(Online online, Path at) {
        online.save(at);
        write(at.resolve(ASKED));
    }

    private void write(Path file) {
        AtomicFile.write(
                file, Codec.json(ElicitedSampleValues.QuestionCounts.class).write(samples.asked()));
    }

    /** The draft is of no use once the output is kept. */
    @Override
    public void kept(Iteration<Path> iteration, Path output) {
        drafts.drop(iteration.directory());
    }

    private LanguageModel reference(List<Path> iterates) {
        return switch (recipe.reference()) {
            case PREVIOUS -> learning.load(iterates.getLast());
            case INITIAL -> learning.load(iterates.getFirst());
            case AVERAGE -> learning.mean(iterates);
        };
    }

    /** What the state says of the policy is what the steps came to; the iteration begins with what was made of that. */
    private void moveTo(Path policy, LanguageModel model, Trainer trainer) {
        if (recipe.extrapolation().isPresent()) {
            try (LanguageModel moved = learning.load(policy)) {
                model.policy().parameters().copyFrom(moved.policy().parameters());
            }
            trainer.freshOptimizer();
        }
    }

    private static String shown(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .filter(f -> SHOWN.contains(f.getKey()))
                .map(f -> "%s %.3f".formatted(f.getKey(), f.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** Past iterates, loaded when they are asked for. */
    private final class LoadedHistory implements PolicyHistory, AutoCloseable {
        private final List<Path> iterates;
        private final Map<Integer, LanguageModel> loaded = new HashMap<>();

        LoadedHistory(List<Path> iterates) {
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
