package org.thurstone.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a tokenizer in which every byte is a token (0 – 255), with special tokens behind, and a chat template in the manner of ChatML. */
final class ByteModel {

    static final int START = 256;
    static final int END = 257;
    static final int TEXT_END = 258;
    static final int VOCABULARY = 260;

    static final String CHATML = """
            {%- if tools %}<|im_start|>system
            {% for tool in tools %}{{ tool | tojson }}
            {% endfor %}<|im_end|>
            {% endif -%}
            {%- for message in messages -%}
            <|im_start|>{{ message.role }}
            {{ message.content }}{% for call in message.tool_calls %}<tool_call>
            {"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}
            </tool_call>{% endfor %}<|im_end|>
            {% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
            {% endif %}""";

    private ByteModel() {}

    /** Random weights, small enough that a request takes milliseconds. */
    static Transformer random() {
        return Transformer.initialise(
                Transformers.config("the test's model", """
                {
                  "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "vocab_size": %d,
                  "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2,
                  "num_key_value_heads": 1, "max_position_embeddings": 1024, "rms_norm_eps": 1e-05, "tie_word_embeddings": true
                }
                """.formatted(VOCABULARY)),
                Api.generator(3),
                DType.FLOAT32,
                Device.CPU);
    }

    static LanguageModel of(Policy policy, Path directory) {
        return of(policy, directory, CHATML);
    }

    static LanguageModel of(Policy policy, Path directory, String template) {
        try {
            write(directory);
            Files.writeString(directory.resolve("chat_template.jinja"), template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LanguageModel(policy, Tokenizer.load(directory), ChatTemplate.load(directory, Clock.systemUTC()));
    }

    private static void write(Path directory) throws IOException {
        JsonMapper json = new JsonMapper();
        ObjectNode root = json.createObjectNode();
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        for (int value = 0; value < 256; value++) {
            vocabulary.put(letter(value), value);
        }
        model.putArray("merges");
        List<String> specials = List.of("<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|spare|>");
        var added = root.putArray("added_tokens");
        for (String special : specials) {
            added.addObject()
                    .put("id", 256 + specials.indexOf(special))
                    .put("content", special)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        for (String part : List.of("pre_tokenizer", "decoder")) {
            root.putObject(part)
                    .put("type", "ByteLevel")
                    .put("add_prefix_space", false)
                    .put("trim_offsets", true)
                    .put("use_regex", false);
        }
        Files.writeString(directory.resolve("tokenizer.json"), root.toString());
        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                "{\"bos_token\": \"<|im_start|>\", \"eos_token\": \"<|im_end|>\", \"add_bos_token\": false}");
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\": [257, 258]}");
    }

    /** The letter of GPT-2's alphabet for a byte: itself where it can be printed. */
    private static String letter(int value) {
        List<Integer> printable = new ArrayList<>();
        IntStream.rangeClosed('!', '~').forEach(printable::add);
        IntStream.rangeClosed(161, 172).forEach(printable::add);
        IntStream.rangeClosed(174, 255).forEach(printable::add);
        return Character.toString(
                printable.contains(value)
                        ? value
                        : 256
                                + (int) IntStream.range(0, value)
                                        .filter(other -> !printable.contains(other))
                                        .count());
    }
}
