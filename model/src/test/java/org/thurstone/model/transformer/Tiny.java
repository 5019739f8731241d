package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.thurstone.model.TokenTree;
import org.thurstone.model.TokenTree.Segment;
import org.thurstone.model.hub.Transformers;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Parameters;

/** Small random models of every family, and random trees. */
public final class Tiny {

    public static final int VOCABULARY = 23;

    private static final String LLAMA_LIKE = "\"vocab_size\": 23, \"hidden_size\": 12, \"intermediate_size\": 20,"
            + " \"num_hidden_layers\": 3, \"num_attention_heads\": 4, \"num_key_value_heads\": 2, \"head_dim\": 4,"
            + " \"max_position_embeddings\": 64";

    private static final Map<String, String> CONFIGS = Map.of(
            "llama", "{\"model_type\": \"llama\", " + LLAMA_LIKE + "}",
            "mistral", "{\"model_type\": \"mistral\", " + LLAMA_LIKE + ", \"sliding_window\": 5}",
            "qwen2", "{\"model_type\": \"qwen2\", " + LLAMA_LIKE + ", \"tie_word_embeddings\": true}",
            "qwen3", "{\"model_type\": \"qwen3\", " + LLAMA_LIKE + "}",
            "gemma2",
                    "{\"model_type\": \"gemma2\", " + LLAMA_LIKE + ", \"sliding_window\": 4,"
                            + " \"query_pre_attn_scalar\": 4, \"attn_logit_softcapping\": 2.0,"
                            + " \"final_logit_softcapping\": 3.0, \"attn_implementation\": \"eager\"}",
            "gemma3_text",
                    "{\"model_type\": \"gemma3_text\", " + LLAMA_LIKE + ", \"sliding_window\": 4,"
                            + " \"query_pre_attn_scalar\": 4, \"sliding_window_pattern\": 2}",
            "phi3", "{\"model_type\": \"phi3\", " + LLAMA_LIKE + "}",
            "gpt2",
                    "{\"model_type\": \"gpt2\", \"vocab_size\": 23, \"n_embd\": 12, \"n_head\": 3, \"n_layer\": 2,"
                            + " \"n_positions\": 64}",
            "gpt_neox",
                    "{\"model_type\": \"gpt_neox\", \"vocab_size\": 23, \"hidden_size\": 24,"
                            + " \"intermediate_size\": 20, \"num_hidden_layers\": 2, \"num_attention_heads\": 3,"
                            + " \"max_position_embeddings\": 64}");

    private Tiny() {}

    public static List<String> families() {
        return CONFIGS.keySet().stream().sorted().toList();
    }

    public static TransformerConfig config(String family) {
        return Transformers.config(family, CONFIGS.getOrDefault(family, family));
    }

    /** Weights wide enough that nothing in the network is close to linear; norms and biases are random too. */
    public static Transformer model(String family, DType type, RandomGenerator random, boolean checkpointing) {
        TransformerConfig config = config(family);
        Parameters parameters = new Parameters();
        WeightShapes.shapes(config).forEach((name, shape) -> {
            int count = 1;
            for (long s : shape) {
                count *= (int) s;
            }
            double[] values = random.doubles(count, -0.6, 0.6).toArray();
            parameters.add(
                    name, org.thurstone.tensor.Tensor.of(values, shape).to(type).to(Device.CPU), true);
        });
        return new Transformer(config, parameters, checkpointing);
    }

    private static int[] tokens(RandomGenerator random, int most) {
        return random.ints(random.nextInt(1, most + 1), 0, VOCABULARY).toArray();
    }

    /** A tree of up to six segments, any of which may fork, scored here and there. */
    public static TokenTree tree(RandomGenerator random) {
        List<Segment> segments = new ArrayList<>();
        int count = random.nextInt(1, 7);
        for (int s = 0; s < count; s++) {
            int[] tokens = tokens(random, 7);
            BitSet scored = new BitSet();
            for (int i = s == 0 ? 1 : 0; i < tokens.length; i++) {
                scored.set(i, random.nextInt(3) > 0);
            }
            segments.add(new Segment(s == 0 ? -1 : random.nextInt(s), tokens, scored));
        }
        return new TokenTree(segments);
    }

    public static List<TokenTree> trees(RandomGenerator random, int count) {
        List<TokenTree> trees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trees.add(tree(random));
        }
        return trees;
    }
}
