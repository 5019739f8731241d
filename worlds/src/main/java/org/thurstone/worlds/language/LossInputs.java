package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Stream;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.Policy;
import org.thurstone.train.CompletionSettings;
import org.thurstone.train.LossRequirements;
import org.thurstone.train.LossTerm;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;

/**
 * The examples of a loss with everything else that it needs: log-probabilities of references, a live reference, samples of it, features of
 * prompts. Offline and iterative training both get them here, so that both train every loss.
 */
public final class LossInputs implements AutoCloseable {

    /**
     * Encoded examples.
     *
     * @param prompts the texts by example id
     */
    public record Data(List<TrainingExample> training, List<TrainingExample> heldOut, Map<String, String> prompts) {
        private Data with(CompletionSettings drawing, Policy from, int each, SplittableGenerator random) {
            return new Data(
                    drawing.added(training, from, each, random.split()),
                    drawing.added(heldOut, from, each, random.split()),
                    prompts);
        }
    }

    /** The source of reference policies. */
    public interface References {

        /** The log-probabilities that a signal stands for. */
        FrozenLogProbs table(TableSignal signal, List<TrainingExample> examples);

        /** The reference policy itself, which the caller closes. */
        Policy live();
    }

    private final Loss loss;
    private final Data data;
    private final TrainingInputs inputs;

    private LossInputs(Loss loss, Data data, TrainingInputs inputs) {
        this.loss = loss;
        this.data = data;
        this.inputs = inputs;
    }

    /**
     * Computes what the loss needs; the policy has not been trained yet.
     *
     * @param figures log-probabilities that metrics need even if the loss does not
     * @param drawing how completions are drawn for losses that look at such
     * @param seeds of what is drawn, the same each time a run is resumed
     */
    public static LossInputs of(
            Loss loss,
            Data data,
            Set<TableSignal> figures,
            References references,
            CompletionSettings drawing,
            Seeds seeds,
            Progress progress) {
        LossRequirements needs = LossRequirements.of(loss);
        Optional<RequiredSamples> samples = needs.referenceSamples();
        Optional<Policy> live =
                needs.liveReference() || samples.isPresent() ? Optional.of(references.live()) : Optional.empty();
        try {
            Data drawn = data;
            if (samples.isPresent()) {
                int each = samples.get().each();
                progress.say("drawing " + each + " completions of the reference for each example …");
                drawn = data.with(drawing, live.orElseThrow(), each, seeds.of("samples"));
            }
            TrainingInputs inputs = new TrainingInputs(
                    tables(loss, needs, drawn, figures, references),
                    live,
                    Optional.of(drawing),
                    features(loss, drawn, seeds));
            return new LossInputs(loss, drawn, inputs);
        } catch (RuntimeException e) {
            live.ifPresent(Policy::close);
            throw e;
        }
    }

    private static Map<TableSignal, FrozenLogProbs> tables(
            Loss loss, LossRequirements needs, Data data, Set<TableSignal> figures, References references) {
        List<TrainingExample> examples = Stream.of(data.training(), data.heldOut())
                .filter(part -> !part.isEmpty())
                .flatMap(part -> LossTerm.toFreeze(loss, part).stream())
                .toList();
        List<TableSignal> required = new ArrayList<>(figures);
        needs.tables().stream()
                .filter(s -> s.ofPolicy() && !figures.contains(s))
                .forEach(required::add);
        Map<TableSignal, FrozenLogProbs> tables = new HashMap<>();
        required.forEach(signal -> tables.put(signal, references.table(signal, examples)));
        return tables;
    }

    private static PromptFeatures features(Loss loss, Data data, Seeds seeds) {
        return PromptFeatures.of(
                loss.signals(), () -> PromptEmbeddings.of(data.prompts(), data.training(), seeds.of("prompts")));
    }

    /** What is trained on. */
    public LossTerm training() {
        return new LossTerm(loss, data.training(), inputs);
    }

    /** What is evaluated on, if there is something. */
    public Optional<LossTerm> heldOut() {
        return data.heldOut().isEmpty() ? Optional.empty() : Optional.of(new LossTerm(loss, data.heldOut(), inputs));
    }

    @Override
    public void close() {
        inputs.reference().ifPresent(Policy::close);
    }
}
