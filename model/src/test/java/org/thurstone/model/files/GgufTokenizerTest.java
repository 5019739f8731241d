package org.thurstone.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.StorageType;

class GgufTokenizerTest {

    @TempDir
    Path dir;

    /** Byte-level tokens of all printable ASCII, one merge, and two marks. */
    private static List<String> tokens() {
        List<String> tokens = new ArrayList<>(List.of("<|start|>", "<|im_end|>", "Ġ"));
        for (char c = '!'; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
        }
        tokens.add("ab");
        return tokens;
    }

    private static int[] types(int... first) {
        int[] types = new int[tokens().size()];
        java.util.Arrays.fill(types, 1);
        System.arraycopy(first, 0, types, 0, first.length);
        return types;
    }

    private static void usual(GgufWriter w) {
        w.text("tokenizer.ggml.model", "gpt2")
                .texts("tokenizer.ggml.tokens", tokens())
                .texts("tokenizer.ggml.merges", List.of("a b"))
                .count("tokenizer.ggml.bos_token_id", 0)
                .count("tokenizer.ggml.eos_token_id", 1);
    }

    private Path file(Consumer<GgufWriter> content) {
        GgufWriter writer = new GgufWriter().text("general.architecture", "llama");
        content.accept(writer);
        Path file = dir.resolve("model.gguf");
        writer.write(file);
        return file;
    }

    private void refused(Consumer<GgufWriter> content, String message) {
        Path file = file(content);
        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void howATextIsSplitIsNeverGuessed() {
        refused(GgufTokenizerTest::usual, "\"tokenizer.ggml.pre\" is missing");
        refused(
                w -> {
                    usual(w);
                    w.text("tokenizer.ggml.pre", "default");
                },
                "\"tokenizer.ggml.pre\" is \"default\"; if you know another that means the same, name it with");
        refused(
                w -> {
                    usual(w);
                    w.text("tokenizer.ggml.pre", "next-year");
                },
                "smollm");
    }

    @Test
    void whatIsMissingOrOfAnotherLengthIsRefusedByItsKey() {
        refused(w -> {}, "\"tokenizer.ggml.model\" is missing: the file has no tokenizer");
        refused(w -> w.text("tokenizer.ggml.model", "bert"), "is \"bert\"; the tokenizers that can be read are");
        refused(w -> w.text("tokenizer.ggml.model", "gpt2"), "\"tokenizer.ggml.tokens\" is missing");
        refused(
                w -> {
                    usual(w);
                    w.text("tokenizer.ggml.pre", "gpt-2").integers("tokenizer.ggml.token_type", new int[] {1});
                },
                "\"tokenizer.ggml.token_type\" has 1 entries for 98 tokens");
        refused(
                w -> w.text("tokenizer.ggml.model", "llama")
                        .texts("tokenizer.ggml.tokens", List.of("<unk>", "a"))
                        .numbers("tokenizer.ggml.scores", new float[] {0}),
                "\"tokenizer.ggml.scores\" has 1 entries for 2 tokens");
        refused(
                w -> w.text("tokenizer.ggml.model", "gpt2")
                        .text("tokenizer.ggml.pre", "gpt-2")
                        .texts("tokenizer.ggml.tokens", List.of("a"))
                        .count("tokenizer.ggml.eos_token_id", 7),
                "\"tokenizer.ggml.eos_token_id\" is 7, and there are 1 tokens");
    }

    /** Whatever type the file gives them, tokens that end a sequence or a turn are not text. */
    @Test
    void whatEndsASequenceIsAMark() {
        Tokenizer normal = Tokenizer.load(file(w -> {
            usual(w);
            w.text("tokenizer.ggml.pre", "gpt-2").integers("tokenizer.ggml.token_type", types(1, 1));
        }));
        assertThat(normal.encode("ab<|im_end|>", false)).containsExactly(97, 1);
        assertThat(normal.special(1)).isTrue();
        assertThat(normal.decode(new int[] {97, 1})).isEqualTo("ab");
        Tokenizer turn = Tokenizer.load(file(w -> {
            w.text("tokenizer.ggml.model", "gpt2")
                    .text("tokenizer.ggml.pre", "gpt-2")
                    .texts("tokenizer.ggml.tokens", tokens())
                    .texts("tokenizer.ggml.merges", List.of("a b"))
                    .integers("tokenizer.ggml.token_type", types(1, 4))
                    .count("tokenizer.ggml.eos_token_id", 0);
        }));
        assertThat(turn.endings().stream().toArray()).containsExactly(0, 1);
    }

    @Test
    void theFileDecidesWhetherATextIsOpened() {
        for (boolean opened : new boolean[] {true, false}) {
            Tokenizer tokenizer = Tokenizer.load(file(w -> {
                usual(w);
                w.text("tokenizer.ggml.pre", "llama-bpe").flag("tokenizer.ggml.add_bos_token", opened);
            }));
            assertThat(tokenizer.encode("ab", true)).isEqualTo(opened ? new int[] {0, 97} : new int[] {97});
        }
        Tokenizer silent = Tokenizer.load(file(w -> {
            usual(w);
            w.text("tokenizer.ggml.pre", "llama-bpe");
        }));
        assertThat(silent.encode("ab", true)).containsExactly(0, 97);
        Tokenizer words = Tokenizer.load(file(w -> {
            usual(w);
            w.text("tokenizer.ggml.pre", "gpt-2");
        }));
        assertThat(words.encode("ab", true)).containsExactly(97);
    }

    @Test
    void aTextThatSpellsBosGetsNoSecondOne() {
        Tokenizer tokenizer = Tokenizer.load(file(w -> {
            usual(w);
            w.text("tokenizer.ggml.pre", "gpt-2")
                    .integers("tokenizer.ggml.token_type", types(3, 3))
                    .flag("tokenizer.ggml.add_bos_token", true);
        }));
        assertThat(tokenizer.encode("ab", true)).containsExactly(0, 97);
        assertThat(tokenizer.encode("<|start|>ab", true)).containsExactly(0, 97);
        assertThat(tokenizer.encode("ab<|start|>", true)).containsExactly(0, 97, 0);
    }

    @Test
    void scalingsThatCannotBeReadAreRefusedByTheirKey() {
        scaled(w -> w.text("llama.rope.scaling.type", "longrope"), "\"llama.rope.scaling.type\" is \"longrope\"");
        scaled(w -> w.text("llama.rope.scaling.type", "linear"), "\"llama.rope.scaling.factor\" is missing");
        scaled(
                w -> w.text("llama.rope.scaling.type", "yarn").number("llama.rope.scaling.factor", 4),
                "\"llama.rope.scaling.original_context_length\" is missing");
        scaled(w -> w.count("llama.rope.dimension_count", 2), "\"llama.rope.dimension_count\" is 2");
        scaled(
                w -> w.count("llama.attention.value_length", 2),
                "\"llama.attention.value_length\" is 2, and llama.attention.key_length is 4");
    }

    private void scaled(Consumer<GgufWriter> more, String message) {
        Path file = file(w -> {
            w.count("llama.block_count", 1)
                    .count("llama.context_length", 16)
                    .count("llama.embedding_length", 8)
                    .count("llama.feed_forward_length", 8)
                    .count("llama.attention.head_count", 2)
                    .count("llama.attention.key_length", 4)
                    .number("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                    .tensor(
                            "token_embd.weight",
                            StorageType.F32,
                            new long[] {3, 8},
                            () -> Tensor.of(new float[24], 3, 8));
            more.accept(w);
        });
        assertThatThrownBy(() -> Transformers.config(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void architecturesThatCannotBeReadAreNamed() {
        Path file = dir.resolve("moe.gguf");
        new GgufWriter()
                .text("general.architecture", "qwen3moe")
                .tensor("token_embd.weight", StorageType.F32, new long[] {2, 2}, () -> Tensor.of(new float[4], 2, 2))
                .write(file);
        assertThatThrownBy(() -> Transformers.config(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"general.architecture\" is \"qwen3moe\", which cannot be read");
    }

    @Test
    void layersThatDifferAreRefusedByTheirKey() {
        Path file = file(w -> w.count("llama.block_count", 2)
                .count("llama.context_length", 16)
                .count("llama.embedding_length", 8)
                .count("llama.feed_forward_length", 8)
                .integers("llama.attention.head_count", new int[] {2, 4})
                .tensor("token_embd.weight", StorageType.F32, new long[] {3, 8}, () -> Tensor.of(new float[24], 3, 8)));
        assertThatThrownBy(() -> Transformers.config(file))
                .hasMessageContaining("\"llama.attention.head_count\" differs between layers: [2, 4]");
    }

    @Test
    void aDirectoryStandsForItsOnlyFile() {
        Path file = file(w -> {
            usual(w);
            w.text("tokenizer.ggml.pre", "gpt-2");
        });
        assertThat(GgufPaths.of(dir)).contains(file);
        new GgufWriter().text("general.architecture", "llama").write(dir.resolve("other.gguf"));
        assertThatThrownBy(() -> GgufPaths.of(dir))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there are 2 GGUF files in");
    }
}
