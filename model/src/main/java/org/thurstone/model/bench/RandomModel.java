package org.thurstone.model.bench;

import java.util.random.RandomGenerator;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;

/**
 * A Llama of random weights, for benchmarks that need no model directory: six layers of width 288, three key heads of six, 1,024 positions.
 *
 * @param vocabulary number of tokens, at least 8
 */
public record RandomModel(int vocabulary) {

    public RandomModel {
        if (vocabulary < 8) {
            throw new IllegalArgumentException("a vocabulary of " + vocabulary + " is below 8");
        }
    }

    /** @return owned by the caller, who closes it */
    public Transformer make(RandomGenerator random, Device device) {
        return Transformer.initialise(
                Transformers.config("the benchmark's model", """
                    {
                      "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "vocab_size": %d,
                      "hidden_size": 288, "intermediate_size": 768, "num_hidden_layers": 6, "num_attention_heads": 6,
                      "num_key_value_heads": 3, "head_dim": 48, "max_position_embeddings": 1024, "rms_norm_eps": 1e-05,
                      "rope_theta": 10000.0, "tie_word_embeddings": true, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 1
                    }
                    """.formatted(vocabulary)), random, DType.FLOAT32, device);
    }

    /** Random tokens, none of them special. */
    public static int[] tokens(int count, int vocabulary, RandomGenerator random) {
        return random.ints(count, 3, vocabulary).toArray();
    }
}
