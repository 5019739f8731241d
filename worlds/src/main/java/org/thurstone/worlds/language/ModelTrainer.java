package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.Precision;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Torch;
import org.thurstone.train.CompletionSettings;
import org.thurstone.train.LossTerm;
import org.thurstone.train.Rewards;
import org.thurstone.train.StepMetrics;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.TrainingObserver;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.worlds.language.extrapolation.Extrapolation;
import org.thurstone.worlds.language.task.StartingModels;

/** Loads and trains models, and computes implicit-reward margins. */
public final class ModelTrainer implements StartingModels {

    private final Device device;
    private final MetricsLog metrics;
    private final Progress progress;
    private final TemplateChoice template;
    private final Precision precision;

    /** For models with their own chat template, in float32. */
    public ModelTrainer(Device device, MetricsLog metrics, Progress progress) {
        this(device, metrics, progress, TemplateChoice.OWN, Precision.FLOAT32);
    }

    private ModelTrainer(
            Device device, MetricsLog metrics, Progress progress, TemplateChoice template, Precision precision) {
        this.device = device;
        this.metrics = metrics;
        this.progress = progress;
        this.template = template;
        this.precision = precision;
    }

    /** The same for models that are used with this chat template and precision. */
    ModelTrainer with(TemplateChoice choice, Precision other) {
        return new ModelTrainer(device, metrics, progress, choice, other);
    }

    /**
     * On a device.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda:N}
     */
    public static ModelTrainer on(String device, MetricsLog metrics, Progress progress) {
        return new ModelTrainer(Device.parse(device), metrics, progress);
    }

    @Override
    public LanguageModel load(Path checkpoint) {
        return load(checkpoint, device, template, precision);
    }

    static LanguageModel load(Path checkpoint, Device device, TemplateChoice template, Precision precision) {
        LanguageModel model = LanguageModel.load(
                checkpoint,
                new LoadOptions(LoadOptions.DEFAULT.type(), device, LoadOptions.DEFAULT.checkpointing())
                        .withTemplate(template)
                        .at(precision));
        Torch.tuneThreads(model.policy().parameters().count());
        return model;
    }

    @Override
    public void imitate(
            LanguageModel model,
            List<Demonstration> demonstrations,
            Loss loss,
            TrainingSettings settings,
            String stage) {
        Torch.tuneThreads(model.policy().parameters().count());
        train(
                model,
                new LossTerm(loss, examples(loss, demonstrations, model), TrainingInputs.NONE),
                settings,
                stage,
                Map.of());
    }

    /**
     * One iteration's training: the latest iterate learns from examples and is written to a directory.
     *
     * @param references policies that the loss is taken against: the reference, and a second one for losses with two
     * @param adapter trained instead of all weights, and then added to them
     * @param sampleTokens where a completion is cut that is drawn for a loss that looks at samples
     */
    void learn(
            Path current,
            Map<TableSignal, List<Path>> references,
            List<? extends Example> data,
            Loss loss,
            TrainingSettings settings,
            Optional<Adapter> adapter,
            int sampleTokens,
            String stage,
            Path into) {
        try (LanguageModel model = Adapter.on(load(current), adapter, settings.seed());
                LossInputs inputs = LossInputs.of(
                        loss,
                        encoded(loss, data, model),
                        Set.of(),
                        references(references, settings.tokensPerPass()),
                        CompletionSettings.of(model.tokenizer(), sampleTokens, CompletionSampler.SLOTS),
                        new Seeds(settings.seed()),
                        progress)) {
            train(model, inputs.training(), settings, stage, dropped(loss, data, inputs));
            save(model, into);
        }
    }

    /** An adapter is added to the weights, so that the next iteration can train a new one. */
    private static void save(LanguageModel model, Path into) {
        if (model.policy() instanceof Transformer transformer
                && transformer.lora().isPresent()) {
            try (LanguageModel merged = model.with(transformer.merged())) {
                merged.save(into);
            }
        } else {
            model.save(into);
        }
    }

    private LossInputs.References references(Map<TableSignal, List<Path>> checkpoints, int tokensPerPass) {
        return new LossInputs.References() {
            @Override
            public FrozenLogProbs table(TableSignal signal, List<TrainingExample> examples) {
                try (LanguageModel reference = mean(of(signal))) {
                    return FrozenLogProbs.compute(reference.policy(), signal.name(), examples, tokensPerPass);
                }
            }

            @Override
            public Policy live() {
                return mean(of(FrozenLogProbs.REFERENCE)).policy();
            }

            private List<Path> of(TableSignal signal) {
                return Optional.ofNullable(checkpoints.get(signal))
                        .orElseThrow(() -> new UserError("the loss needs " + signal.words() + ", and a run has none"));
            }
        };
    }

    /** Writes what becomes of an iteration's estimate. */
    void extrapolate(Path estimate, Path before, Extrapolation way, Path into) {
        try (LanguageModel model = load(estimate);
                LanguageModel earlier = load(before)) {
            way.move(model.policy().parameters(), earlier.policy().parameters());
            model.save(into);
        }
    }

    /** The policy whose weights are the mean of several checkpoints'. */
    LanguageModel mean(List<Path> checkpoints) {
        LanguageModel mean = load(checkpoints.getFirst());
        for (int i = 1; i < checkpoints.size(); i++) {
            try (LanguageModel other = load(checkpoints.get(i))) {
                mean.policy().parameters().moveTowards(other.policy().parameters(), 1.0 / (i + 1));
            }
        }
        return mean;
    }

    /** A training's figures, from its beginning; one that was killed begins again, and so do they. */
    MetricsLog metrics(String stage) {
        metrics.forgetFrom(stage);
        return metrics;
    }

    /** The same where the steps up to one are kept. */
    MetricsLog metrics(String stage, int kept) {
        metrics.forgetFrom(stage, kept + 1);
        return metrics;
    }

    /** How many examples did not fit, and of how many; nothing where all did. */
    private static Map<String, Double> dropped(Loss loss, List<? extends Example> data, LossInputs inputs) {
        int all = ExampleConverter.to(loss, data).size();
        int dropped = all - inputs.training().examples().size();
        return dropped == 0
                ? Map.of()
                : Map.of(TrainingStage.DROPPED, (double) dropped, TrainingStage.EXAMPLES, (double) all);
    }

    private void train(
            LanguageModel model, LossTerm data, TrainingSettings settings, String stage, Map<String, Double> before) {
        metrics.forgetFrom(stage); // a training that was killed begins again, and so do its figures
        if (!before.isEmpty()) {
            metrics.log(stage, 0, before);
        }
        Trainer.train(model.policy(), data, settings, new TrainingObserver() {
            @Override
            public void step(StepMetrics m) {
                metrics.log(stage, m.step(), figures(m));
                progress.step(
                        "training",
                        m.step(),
                        m.steps(),
                        "loss %.4f  %,.0f tokens/s".formatted(m.loss(), m.tokensPerSecond()));
            }
        });
        metrics.sync(); // before the stage counts as finished
    }

    /** A step's figures under TRL's names. */
    public static Map<String, Double> figures(StepMetrics m) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", m.loss());
        if (m.parts().size() > 1) {
            m.parts().forEach((name, value) -> figures.put("loss/" + name, value));
        }
        m.rewards().ifPresent(r -> figures.putAll(figures(r)));
        if (!Double.isNaN(m.divergence())) {
            figures.put("kl", m.divergence());
        }
        figures.put("grad_norm", m.gradientNorm());
        figures.put("learning_rate", m.learningRate());
        figures.put("epoch", m.epoch());
        figures.put("tokens_per_second", m.tokensPerSecond());
        return figures;
    }

    /** Implicit rewards and log-probabilities under the names that TRL has for them; those of completions that are not there are left out. */
    public static Map<String, Double> figures(Rewards r) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("rewards/chosen", r.chosen());
        figures.put("rewards/rejected", r.rejected());
        figures.put("rewards/margins", r.margins());
        figures.put("rewards/accuracies", r.accuracies());
        figures.put("logps/chosen", r.chosenLogProb());
        figures.put("logps/rejected", r.rejectedLogProb());
        figures.values().removeIf(v -> Double.isNaN(v));
        return figures;
    }

    /**
     * Examples as the loss takes them ({@link ExampleConverter}).
     *
     * @throws UserError if none is left, or if the loss cannot be asked about such examples
     */
    public List<TrainingExample> examples(Loss loss, List<? extends Example> data, LanguageModel model) {
        return encoded(loss, data, model).training();
    }

    private LossInputs.Data encoded(Loss loss, List<? extends Example> data, LanguageModel model) {
        Encoded.Rows<Example> rows = model.encoding()
                .encodeAll(
                        ExampleConverter.to(loss, data), (e, encoding) -> ExampleConverter.encoded(loss, e, encoding));
        rows.dropped().stream().limit(3).forEach(d -> progress.say("dropped " + d.promptId() + ": " + d.reason()));
        if (rows.dropped().size() > 3) {
            progress.say("… and " + (rows.dropped().size() - 3) + " more examples dropped");
        }
        rows.notes().forEach((note, count) -> progress.say("note: %,d × %s".formatted(count, note)));
        List<TrainingExample> examples = new ArrayList<>();
        Map<String, String> prompts = new LinkedHashMap<>();
        for (Encoded.Row<Example> row : rows.kept()) {
            String id = Integer.toString(examples.size());
            examples.add(ExampleConverter.of(id, row));
            prompts.put(id, row.example().prompt().text().plain());
        }
        return new LossInputs.Data(examples, List.of(), prompts);
    }

    /** log π(left) − log π(right) of each pair, by the policy of a checkpoint. */
    double[] differences(List<CandidatePair> pairs, Path checkpoint) {
        try (LanguageModel model = load(checkpoint)) {
            List<TokenTree> trees = pairs.stream()
                    .map(p -> switch (model.encoding().encode(p.prompt(), List.of(p.left(), p.right()))) {
                        case Encoded.Included kept -> kept.tree();
                        case Encoded.Dropped d ->
                            throw new UserError(
                                    "a sampled pair of prompt " + d.promptId() + " cannot be read back: " + d.reason());
                    })
                    .toList();
            Policy policy = model.policy();
            double[] sums = LogProbs.ofLeaves(policy, trees);
            double[] differences = new double[pairs.size()];
            for (int i = 0; i < differences.length; i++) {
                differences[i] = sums[2 * i] - sums[2 * i + 1];
            }
            return differences;
        }
    }
}
