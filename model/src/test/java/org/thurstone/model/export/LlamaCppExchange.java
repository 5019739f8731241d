package org.thurstone.model.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.model.Decoding;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.Lora;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.Torch;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Java half of dev/check-against-llama-cpp: writes a model as GGUF files of three types, a random adapter for it as a GGUF adapter, and what the model, and the
 * model with the adapter merged, say to some prompts.
 */
final class LlamaCppExchange {

    private static final int TOKENS = 24;
    private static final int RANK = 8;

    private static final List<String> PROMPTS = List.of(
            "What is the capital of France?",
            "Write a short poem about the sea.",
            "Explain photosynthesis to a child.",
            "List three uses of a paperclip.",
            "Who wrote Romeo and Juliet?",
            "Give me a recipe for pancakes.",
            "Translate \"good morning\" into Spanish.",
            "What is 12 times 12?",
            "Describe a sunset in one sentence.",
            "Why is the sky blue?",
            "Suggest a name for a bakery.",
            "What does HTTP stand for?",
            "Write a haiku about autumn.",
            "How do I boil an egg?",
            "Name two planets.",
            "What is a prime number?",
            "Tell me a fact about whales.",
            "How can I sleep better?",
            "Write a for loop in Python.",
            "Say goodbye politely.");

    private LlamaCppExchange() {}

    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[0]);
        Path out = Path.of(arguments[1]);
        Torch.threads(
                Integer.parseInt(Optional.ofNullable(System.getenv("THREADS")).orElse("2")));
        for (String type : List.of("f32", "f16", "q8_0")) {
            GgufExport.of(Optional.of(type), Optional.empty()).model(model, out.resolve(type + ".gguf"));
        }
        LanguageModel language = LanguageModel.load(model, LoadOptions.DEFAULT);
        List<int[]> prompts = PROMPTS.stream()
                .map(text -> prompt(language.chat(), language.tokenizer(), text))
                .toList();
        Transformer base = (Transformer) language.policy();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("base", continuations(base, prompts));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        Transformer adapted = base.adapt(new Lora(RANK, 2.0 * RANK, List.of(), false), random);
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            adapted.parameters().all().forEach((name, tensor) -> {
                if (name.endsWith("lora_B.weight")) {
                    tensor.copy_(Tensor.normal(random, 0.02, DType.FLOAT32, Device.CPU, tensor.shape()));
                }
            });
        }
        Transformers.save(adapted, out.resolve("adapter"));
        GgufExport.of(Optional.empty(), Optional.empty()).adapter(out.resolve("adapter"), out.resolve("adapter.gguf"));
        try (Transformer merged = adapted.merged()) {
            said.put("adapted", continuations(merged, prompts));
        }
        Files.writeString(out.resolve("continuations.json"), JsonMapper.shared().writeValueAsString(said));
        adapted.close();
    }

    private static int[] prompt(ChatTemplate template, Tokenizer tokenizer, String text) {
        return tokenizer.encode(template.render(List.of(new Message(Role.USER, text)), true), false);
    }

    /** Tokens of largest logit, one after the other, with their log-probabilities and the distance to the second best. */
    private static List<Map<String, Object>> continuations(Transformer model, List<int[]> prompts) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int[] prompt : prompts) {
            try (Decoding decoding = model.decode(1, prompt.length + TOKENS + 1);
                    Gradients off = Gradients.off()) {
                int[] ids = new int[TOKENS];
                double[] gaps = new double[TOKENS];
                double[] logProbs = new double[TOKENS];
                for (int k = 0; k < TOKENS; k++) {
                    try (Scope scope = Scope.open()) {
                        Tensor logits = k == 0
                                ? decoding.start(List.of(prompt), List.of(new int[] {0}))
                                : decoding.step(new int[] {0}, new int[] {ids[k - 1]});
                        float[] row = logits.toFloats();
                        float[] logs = logits.logSoftmax(-1).toFloats();
                        int best = 0;
                        float second = Float.NEGATIVE_INFINITY;
                        for (int id = 1; id < row.length; id++) {
                            if (row[id] > row[best]) {
                                second = row[best];
                                best = id;
                            } else {
                                second = Math.max(second, row[id]);
                            }
                        }
                        ids[k] = best;
                        gaps[k] = row[best] - second;
                        logProbs[k] = logs[best];
                    }
                }
                all.add(Map.of("prompt", prompt, "ids", ids, "gaps", gaps, "log_probs", logProbs));
            }
        }
        return all;
    }
}
