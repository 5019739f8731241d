package org.thurstone.worlds.language.task.arithmetic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Respondent;
import org.thurstone.feedback.verifier.VerifierRater;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.WordTokenizerFile;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.language.task.StartingModels;
import org.thurstone.worlds.language.task.Task;

/**
 * Step-by-step additions by a small transformer that is trained from scratch, with one token per number, on demonstrations in which some carries are
 * forgotten. A recipe that names a model, such as that of another run, starts from it instead.
 *
 * @param fewestOperands of a sum
 * @param mostOperands of a sum
 * @param largest operand; the smallest is 1
 * @param limit partial sums lie in 0 … limit − 1
 * @param carryNoise the share of carries that go wrong in the demonstrations
 * @param demonstrations the number to train on before the first iteration
 * @param imitation settings of that training
 * @param layers of the transformer
 * @param width of its residual stream
 * @param heads of its attention
 */
@Method(
        name = "arithmetic",
        kind = "task",
        summary = "step-by-step additions by a small transformer trained from scratch on noisy demonstrations")
public record ArithmeticTask(
        @Default("3") int fewestOperands,
        @Default("4") int mostOperands,
        @Default("19") int largest,
        @Default("30") int limit,
        @Default("0.5") double carryNoise,
        @Default("24000") int demonstrations,

        @Default("{epochs: 2, batch-size: 48, learning-rate: 2e-3, schedule: {cosine: {warmup: {steps: {count: 50}},"
                + " floor: 0.05}}, weight-decay: 0.01}")
        TrainingSettings imitation,

        @Default("2") int layers,
        @Default("144") int width,
        @Default("4") int heads)
        implements Task {

    private static final String PATTERN = "\\d+|\\S";
    private static final int CONTEXT = 64;

    public ArithmeticTask {
        if (fewestOperands < 2 || mostOperands < fewestOperands) {
            throw new IllegalArgumentException(
                    "a sum has at least two operands, and fewest-operands is not above most-operands");
        }
        if (largest < 1 || limit <= largest) {
            throw new IllegalArgumentException("limit must be above largest, and largest at least 1");
        }
        if (!(carryNoise >= 0 && carryNoise <= 1)) {
            throw new IllegalArgumentException("carry-noise is a share: 0 … 1");
        }
        // A prompt takes 2n tokens, an answer 4n − 1 with its end.
        if (6 * mostOperands > CONTEXT) {
            throw new IllegalArgumentException("most-operands is at most " + CONTEXT / 6);
        }
        if (heads < 1 || width % (2 * heads) != 0) {
            throw new IllegalArgumentException("width must be an even multiple of heads");
        }
    }

    @Override
    public String scoreName() {
        return "accuracy";
    }

    @Override
    public void start(Path checkpoint, Optional<Path> policy, StartingModels models, Seeds seeds, Progress progress) {
        if (policy.isPresent()) {
            try (LanguageModel before = models.load(policy.get())) {
                before.save(checkpoint);
            }
            return;
        }
        WordTokenizerFile words = new WordTokenizerFile(
                Stream.concat(
                                Stream.of("+", "-", "=", ":", "#"),
                                IntStream.range(0, limit).mapToObj(Integer::toString))
                        .toList(),
                PATTERN);
        words.write(checkpoint, CONTEXT);
        try (Transformer transformer = Transformer.initialise(
                Transformers.config("the arithmetic task", config(words.vocabulary())),
                seeds.of("weights"),
                DType.FLOAT32,
                Device.CPU)) {
            LanguageModel model = new LanguageModel(transformer, Tokenizer.load(checkpoint), Optional.empty());
            models.imitate(
                    model,
                    demonstrations(seeds.of("demonstrations")),
                    new Sft(Averaging.BATCH),
                    imitation,
                    "imitation");
            Transformers.save(transformer, checkpoint);
        }
    }

    private List<Demonstration> demonstrations(RandomGenerator random) {
        SumDemonstrator demonstrator = new SumDemonstrator(carryNoise, limit);
        List<Demonstration> shown = new ArrayList<>();
        for (int i = 0; i < demonstrations; i++) {
            Sum sum = draw(random);
            shown.add(new Demonstration(
                    new Prompt("demonstration-" + i, Text.raw(sum.prompt())),
                    Completion.raw(demonstrator.demonstrate(sum, random)),
                    Provenance.UNKNOWN));
        }
        return shown;
    }

    private Sum draw(RandomGenerator random) {
        return Sum.draw(fewestOperands, mostOperands, largest, limit, random);
    }

    private String config(int vocabulary) {
        return """
            {
              "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
              "vocab_size": %d, "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
              "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d, "max_position_embeddings": %d,
              "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "tie_word_embeddings": true,
              "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 1, "attention_bias": false, "mlp_bias": false
            }
            """.formatted(vocabulary, width, width * 8 / 3, layers, heads, heads, width / heads, CONTEXT);
    }

    /** Different sums, as long as there are enough of them. */
    @Override
    public List<Prompt> prompts(long used, int count, LanguageModel start, SplittableGenerator random) {
        List<Prompt> prompts = new ArrayList<>();
        Set<Sum> drawn = new HashSet<>();
        for (int tries = 0; prompts.size() < count; tries++) {
            Sum sum = draw(random);
            if (drawn.add(sum) || tries > 20 * count) {
                prompts.add(new Prompt("sum-" + prompts.size(), Text.raw(sum.prompt())));
            }
        }
        return prompts;
    }

    @Override
    public Optional<Respondent> judge() {
        return Optional.of(new VerifierRater(new SumVerifier(), Identity.of("sum-verifier")));
    }

    /** A demonstrator that forgets no carry. */
    @Override
    public Optional<Completion> demonstration(Prompt prompt, RandomGenerator random) {
        return Sum.parse(prompt.text().plain())
                .map(sum -> Completion.raw(new SumDemonstrator(0, limit).demonstrate(sum, random)));
    }

    @Override
    public Optional<Boolean> sound(Prompt prompt, Completion completion) {
        return Optional.of(SumVerifier.derivedRightly(prompt, completion));
    }
}
