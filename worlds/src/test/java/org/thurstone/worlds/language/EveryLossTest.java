package org.thurstone.worlds.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Text;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.WordTokenizerFile;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Parameter;
import org.thurstone.recipe.Recipe;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;

/** Every loss of the catalogue is trained in a run, on what a loop makes, or refused when the recipe is bound. */
class EveryLossTest {

    /** What a loop cannot make, by loss. */
    private static final Map<String, String> REFUSED = Map.of(
            "bmc", "one completion is the other one edited",
            "dove", "answer different prompts",
            "iterpref", "annotated error regions",
            "m-dpo", "trajectories of several turns",
            "m-kto", "trajectories of several turns",
            "rationale-dpo", "a rationale for each comparison",
            "sami", "contrasted over several prompts");

    private static final int CONTEXT = 64;

    @TempDir
    private static Path start;

    @TempDir
    private Path folder;

    private record Holder(Loss loss) {}

    /** Two layers over single letters. */
    @BeforeAll
    static void model() throws IOException {
        String config = """
            {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 32, "hidden_size": 16,
             "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
             "max_position_embeddings": %d, "rms_norm_eps": 1e-5, "tie_word_embeddings": true}
            """.formatted(CONTEXT);
        try (Transformer model = Transformer.initialise(
                Transformers.config("tiny", config),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                DType.FLOAT32,
                Device.CPU)) {
            Transformers.save(model, start);
        }
        List<String> letters =
                IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
        new WordTokenizerFile(letters, "\\S").write(start, CONTEXT);
    }

    private static Loss bound(String written) {
        return Recipe.parse("loss: " + written, "test")
                .bind(Holder.class, Catalogue.installed())
                .loss();
    }

    static List<Loss> losses() {
        List<Loss> losses = new ArrayList<>(List.of(
                bound("{mixture: {of: [{loss: dpo}, {loss: sft}]}}"),
                bound("{score: log-ratio, link: {regression: {}}}"),
                bound("{score: log-ratio, link: plackett-luce}"),
                bound("{feasible: {loss: lipo}}")));
        for (NamedPart part : Catalogue.installed().ofKind("loss")) {
            if (part.parameters().stream().noneMatch(Parameter::required)) {
                losses.add(bound(part.name()));
            }
        }
        return losses;
    }

    /** Four completions per prompt, each of key phrases, with the judge's scores. */
    private static List<Ranking> rated() {
        List<String> said = List.of("ox the elk the ant the bee", "cow the hen the eel", "fox the owl the rat", "pig");
        List<Ranking> rated = new ArrayList<>();
        for (String prompt : List.of("say", "name", "list")) {
            List<Completion> completions = said.stream().map(Completion::raw).toList();
            rated.add(new Ranking(
                    new Prompt(prompt, Text.raw(prompt)),
                    completions,
                    List.of(0, 1, 2, 3),
                    Optional.of(List.of(3.0, 2.5, 1.0, 0.0)),
                    Provenance.by("judge")));
        }
        return rated;
    }

    private static List<Comparison> compared() {
        return rated().stream()
                .map(r -> new Comparison(
                        r.prompt(),
                        r.completions().get(0),
                        r.completions().get(2),
                        new Preference.Left(),
                        OptionalDouble.of(2),
                        Provenance.by("judge"),
                        Particulars.NONE))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void itIsTrainedOrRefusedByName(Loss loss) throws IOException {
        if (loss.specialData().isPresent()) {
            assertThatThrownBy(() -> LoopLosses.check(loss, true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("loss '" + loss.name() + "' needs ")
                    .hasMessageContaining(REFUSED.getOrDefault(loss.name(), "is not on the list"))
                    .hasMessageContaining(
                            "use " + loss.specialData().orElseThrow().instead());
            return;
        }
        LoopLosses.check(loss, true);
        List<? extends Example> data = LoopLosses.learnsFromScores(loss) ? rated() : compared();
        Path into = Files.createDirectory(folder.resolve("policy"));
        try (MetricsLog metrics = MetricsLog.open(folder.resolve("log"))) {
            new ModelTrainer(Device.CPU, metrics, Progress.SILENT)
                    .learn(
                            start,
                            Map.of(
                                    FrozenLogProbs.REFERENCE, List.of(start),
                                    FrozenLogProbs.SECOND_REFERENCE, List.of(start)),
                            data,
                            loss,
                            TrainingSettings.of(2, 4, 1e-3, 1),
                            Optional.empty(),
                            8,
                            "training",
                            into);
        }
        assertThat(into.resolve("model.safetensors")).exists();
        assertThat(Files.mismatch(into.resolve("model.safetensors"), start.resolve("model.safetensors")))
                .as("where the weights differ")
                .isNotEqualTo(-1);
    }

    @Test
    void theListOfRefusedLossesIsComplete() {
        assertThat(losses().stream().filter(l -> l.specialData().isPresent()).map(Loss::name))
                .containsExactlyInAnyOrderElementsOf(REFUSED.keySet());
    }
}
