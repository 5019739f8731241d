package org.thurstone.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.model.files.WeightFile;
import org.thurstone.model.hub.AdapterWeights;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.Shared;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.Lora;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.WeightShapes;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.gguf.GgufFile;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.StorageType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GgufExportTest {

    @TempDir
    Path dir;

    private Exported export(Path model, String type) {
        return GgufExport.of(Optional.of(type), Optional.empty())
                .model(model, dir.resolve(type + model.getFileName() + ".gguf"));
    }

    private Exported export(Path model) {
        return GgufExport.of(Optional.empty(), Optional.empty())
                .model(model, dir.resolve(model.getFileName() + "-as-it-is.gguf"));
    }

    /** A model with random weights in a directory of its own. */
    private Path model(String config) {
        return model(config, parameters -> {});
    }

    private Path model(String config, Consumer<Parameters> change) {
        TransformerConfig read = Transformers.config("config.json", config);
        Path directory = dir.resolve("model");
        Parameters parameters = WeightShapes.random(
                read, 0.3, RandomGeneratorFactory.of("L64X128MixRandom").create(7), DType.FLOAT32, Device.CPU);
        try (Transformer transformer = new Transformer(read, parameters, false);
                Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            change.accept(parameters);
            Transformers.save(transformer, directory);
        }
        return directory;
    }

    private static String llama(String more) {
        return "{\"model_type\": \"llama\", \"vocab_size\": 23, \"hidden_size\": 36, \"intermediate_size\": 32,"
                + " \"num_hidden_layers\": 2, \"num_attention_heads\": 9, \"num_key_value_heads\": 3,"
                + " \"max_position_embeddings\": 64, \"rms_norm_eps\": 1e-5" + more + "}";
    }

    private static double[] logProbs(Path model, int... ids) {
        try (Transformer transformer = Transformers.load(model, LoadOptions.DEFAULT);
                Scope scope = Scope.open()) {
            return logProbs(transformer, ids);
        }
    }

    private static double[] logProbs(Transformer transformer, int... ids) {
        TokenTree tree = TokenTree.of(new int[] {ids[0]}, java.util.Arrays.copyOfRange(ids, 1, ids.length));
        return transformer.forward(List.of(tree), false).logProbs().toDoubles();
    }

    private static int[] sequence(int length, int vocabulary) {
        int[] ids = new int[length];
        for (int k = 0; k < length; k++) {
            ids[k] = (7 * k * k + 3 * k + 1) % vocabulary;
        }
        return ids;
    }

    /** Each tensor and key of an architecture is to the bit what llama.cpp's own converter made of the same checkpoint. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt2", "qwen2"})
    void checkpointsAreWrittenAsByLlamaCppsConverter(String family) {
        Path written = export(Shared.models("fixtures/" + family), "f32").file();
        try (GgufFile ours = GgufFile.open(written);
                GgufFile theirs = GgufFile.open(Shared.models("gguf/fixtures/" + family + ".gguf"));
                Scope scope = Scope.open()) {
            assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(theirs.names());
            for (String name : theirs.names()) {
                assertThat(ours.shape(name)).as(name).isEqualTo(theirs.shape(name));
                assertThat(ours.tensor(name).toFloats())
                        .as(name)
                        .isEqualTo(theirs.tensor(name).toFloats());
            }
            for (String key : theirs.metadata().keys()) {
                boolean ofArchitecture = key.startsWith(family + ".") || key.equals("general.architecture");
                if (ofArchitecture && ours.metadata().has(key)) {
                    assertThat(ours.metadata().shown(key))
                            .as(key)
                            .isEqualTo(theirs.metadata().shown(key));
                } else if (ofArchitecture) {
                    // A head that is as wide as the quotient says needs no key.
                    assertThat(key).matches(".*(key_length|value_length)");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt2", "qwen2"})
    void whatIsWrittenInEachTypeIsReadAgain(String family) {
        Path original = Shared.models("gguf/fixtures/" + family + ".gguf");
        for (String type : List.of("f32", "f16", "bf16", "q8_0")) {
            Path written = export(original, type).file();
            try (GgufFile one = GgufFile.open(original);
                    GgufFile two = GgufFile.open(written);
                    Scope scope = Scope.open()) {
                assertThat(two.names()).containsExactlyElementsOf(one.names());
                for (String name : one.names()) {
                    float[] wanted = one.tensor(name).toFloats();
                    float[] found = two.tensor(name).to(DType.FLOAT32).toFloats();
                    StorageType stored = two.type(name);
                    int row = (int) one.shape(name)[one.shape(name).length - 1];
                    for (int k = 0; k < wanted.length; k++) {
                        assertThat((double) found[k])
                                .as(name + " in " + stored)
                                .isCloseTo(wanted[k], within(rounding(stored, wanted, k, row)));
                    }
                }
            }
        }
    }

    /** Half of the distance of two neighbours, where a value is. */
    private static double rounding(StorageType type, float[] values, int at, int row) {
        double size = Math.abs(values[at]);
        return switch (type) {
            case F16 -> size * Math.pow(2, -11) + Math.pow(2, -25);
            case BF16 -> size * Math.pow(2, -8);
            case Q8_0 -> {
                double most = 0;
                int from = at / row * row + at % row / 32 * 32;
                for (int k = from; k < from + 32; k++) {
                    most = Math.max(most, Math.abs(values[k]));
                }
                // The scale is rounded to sixteen bits as well, which is felt 127 times.
                yield most / 127 * 0.5 + most * Math.pow(2, -11) + 1e-9;
            }
            default -> 0;
        };
    }

    @Test
    void rowsThatBlocksDoNotFillAreHalvesAndAreNamed() {
        Exported written = export(Shared.models("fixtures/llama"), "q8_0");
        assertThat(written.tensors()).containsEntry(StorageType.F16, 3).containsKey(StorageType.Q8_0);
        assertThat(written.notes())
                .anyMatch(note -> note.contains("blk.0.ffn_down.weight (rows of 56)") && note.contains("F16"));
        try (GgufFile file = GgufFile.open(written.file())) {
            assertThat(file.type("blk.0.ffn_down.weight")).isEqualTo(StorageType.F16);
            assertThat(file.type("blk.0.attn_norm.weight")).isEqualTo(StorageType.F32);
        }
    }

    @Test
    void queriesAndKeysComeBackToTheBit() {
        Path directory = model(llama(""));
        Path written = export(directory).file();
        try (WeightFile one = WeightFile.open(directory.resolve("model.safetensors"));
                WeightFile two = WeightFile.open(written);
                GgufFile file = GgufFile.open(written);
                Scope scope = Scope.open()) {
            assertThat(two.names()).containsExactlyInAnyOrderElementsOf(one.names());
            for (String name : one.names()) {
                assertThat(two.tensor(name).toFloats())
                        .as(name)
                        .isEqualTo(one.tensor(name).toFloats());
            }
            // The rows of a head of four: 0, 2, 1, 3 in the file.
            float[] query = one.tensor("model.layers.0.self_attn.q_proj.weight").toFloats();
            float[] stored = file.tensor("blk.0.attn_q.weight").toFloats();
            float[] key = one.tensor("model.layers.1.self_attn.k_proj.weight").toFloats();
            float[] storedKey = file.tensor("blk.1.attn_k.weight").toFloats();
            for (int column = 0; column < 36; column++) {
                assertThat(stored[36 + column]).isEqualTo(query[2 * 36 + column]);
                assertThat(storedKey[9 * 36 + column]).isEqualTo(key[10 * 36 + column]);
            }
        }
    }

    @Test
    void aTiedModelIsWrittenOnceAndAnUntiedOneWithItsOutput() {
        Path tied = export(model(llama(", \"tie_word_embeddings\": true"))).file();
        try (GgufFile file = GgufFile.open(tied)) {
            assertThat(file.has("output.weight")).isFalse();
        }
        assertThat(Transformers.config(tied).tied()).isTrue();
        Path other = dir.resolve("untied.gguf");
        try (GgufFile file = GgufFile.open(tied)) {
            GgufWriter writer = new GgufWriter();
            file.metadata().keys().forEach(key -> writer.copy(key, file.metadata()));
            file.names().forEach(name -> writer.copy(name, file));
            writer.tensor(
                            "output.weight",
                            StorageType.F32,
                            new long[] {23, 36},
                            () -> file.tensor("token_embd.weight").mul(2))
                    .write(other);
        }
        assertThat(Transformers.config(other).tied()).isFalse();
        assertThat(logProbs(other, 1, 2, 3)).isNotEqualTo(logProbs(tied, 1, 2, 3));
        Path directory = dir.resolve("back");
        new org.thurstone.model.hub.ModelConversion(Optional.empty(), java.util.OptionalLong.empty())
                .convert(other, directory);
        assertThat(Transformers.config(directory).tied()).isFalse();
        assertThat(logProbs(directory, 1, 2, 3)).isEqualTo(logProbs(other, 1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rope_type\": \"linear\", \"factor\": 8.0}",
                "{\"rope_type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 16}",
                "{\"rope_type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 16, \"beta_fast\": 16.0, \"attention_factor\": 1.3}",
                "{\"rope_type\": \"dynamic\", \"factor\": 4.0}"
            })
    void scaledPositionsAreWrittenWhole(String scaling) {
        Path directory = model(llama(", \"rope_theta\": 5000.0, \"rope_scaling\": " + scaling));
        int[] ids = sequence(60, 23);
        double[] wanted = logProbs(directory, ids);
        double[] found = logProbs(export(directory).file(), ids);
        for (int k = 0; k < wanted.length; k++) {
            assertThat(found[k]).isCloseTo(wanted[k], within(1e-5));
        }
    }

    @Test
    void llama3sFactorsAreATensor() {
        String json = llama(
                        ", \"rope_theta\": 5000.0, \"rope_parameters\": {\"rope_type\": \"llama3\", \"rope_theta\": 5000.0,"
                                + " \"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
                                + " \"original_max_position_embeddings\": 8192}")
                .replace("\"max_position_embeddings\": 64", "\"max_position_embeddings\": 16384");
        Path directory = model(json);
        Path written = export(directory).file();
        try (GgufFile file = GgufFile.open(written)) {
            assertThat(file.shape("rope_freqs.weight")).containsExactly(2);
        }
        int[] ids = sequence(60, 23);
        double[] wanted = logProbs(directory, ids);
        double[] found = logProbs(written, ids);
        for (int k = 0; k < wanted.length; k++) {
            assertThat(found[k]).isCloseTo(wanted[k], within(1e-5));
        }
    }

    @Test
    void headsOfAnotherWidthThanTheQuotientAreSaid() {
        Path directory = model(llama(", \"head_dim\": 8"));
        Path written = export(directory).file();
        try (GgufFile file = GgufFile.open(written)) {
            assertThat(file.metadata().count("llama.attention.key_length")).hasValue(8);
            assertThat(file.metadata().count("llama.attention.value_length")).hasValue(8);
        }
        assertThat(logProbs(written, 1, 2, 3)).isEqualTo(logProbs(directory, 1, 2, 3));
        Path quotient = export(Shared.models("fixtures/qwen2"), "f32").file();
        try (GgufFile file = GgufFile.open(quotient)) {
            assertThat(file.metadata().has("qwen2.attention.key_length")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model_type\": \"gemma3_text\", \"vocab_size\": 23, \"hidden_size\": 32, \"intermediate_size\": 32, \"num_hidden_layers\": 3, \"num_attention_heads\": 4, \"num_key_value_heads\": 2, \"head_dim\": 8, \"query_pre_attn_scalar\": 8, \"max_position_embeddings\": 64, \"rms_norm_eps\": 1e-6, \"sliding_window\": 8, \"layer_types\": [\"sliding_attention\", \"full_attention\", \"sliding_attention\"], \"rope_theta\": 1000000.0, \"rope_local_base_freq\": 10000.0}",
                "{\"model_type\": \"gemma3_text\", \"vocab_size\": 23, \"hidden_size\": 32, \"intermediate_size\": 32, \"num_hidden_layers\": 7, \"num_attention_heads\": 4, \"num_key_value_heads\": 2, \"head_dim\": 8, \"query_pre_attn_scalar\": 8, \"max_position_embeddings\": 64, \"rms_norm_eps\": 1e-6, \"sliding_window\": 8, \"sliding_window_pattern\": 6, \"rope_theta\": 1000000.0, \"rope_local_base_freq\": 10000.0, \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 8.0}}",
                "{\"model_type\": \"gpt_neox\", \"vocab_size\": 23, \"hidden_size\": 32, \"intermediate_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 4, \"max_position_embeddings\": 64, \"rotary_pct\": 0.25, \"use_parallel_residual\": true}",
                "{\"model_type\": \"gpt_neox\", \"vocab_size\": 23, \"hidden_size\": 32, \"intermediate_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 4, \"max_position_embeddings\": 64, \"rotary_pct\": 0.5, \"use_parallel_residual\": false, \"attention_bias\": false, \"tie_word_embeddings\": true}",
                "{\"model_type\": \"phi3\", \"vocab_size\": 23, \"hidden_size\": 32, \"intermediate_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 4, \"max_position_embeddings\": 64, \"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 10000.0, \"partial_rotary_factor\": 0.5}}",
                "{\"model_type\": \"qwen3\", \"vocab_size\": 23, \"hidden_size\": 32, \"intermediate_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 4, \"num_key_value_heads\": 2, \"head_dim\": 12, \"max_position_embeddings\": 64}",
                "{\"model_type\": \"llama\", \"vocab_size\": 23, \"hidden_size\": 32, \"intermediate_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 4, \"num_key_value_heads\": 2, \"max_position_embeddings\": 64, \"attention_bias\": true, \"mlp_bias\": true}"
            })
    void otherFamiliesAreWrittenAndReadAgain(String config) {
        Path directory = model(
                config,
                parameters -> parameters.all().values().forEach(t -> {
                    if (t.dim() == 1) {
                        t.add_(Tensor.normal(
                                RandomGeneratorFactory.of("L64X128MixRandom").create(3),
                                0.2,
                                DType.FLOAT32,
                                Device.CPU,
                                t.shape()));
                    }
                }));
        int[] ids = sequence(40, 23);
        double[] wanted = logProbs(directory, ids);
        double[] found = logProbs(export(directory).file(), ids);
        for (int k = 0; k < wanted.length; k++) {
            assertThat(found[k]).isCloseTo(wanted[k], within(1e-5));
        }
    }

    @Test
    void whatTheFormatCannotSayIsRefusedByItsKey() {
        refused(llama(", \"hidden_act\": \"relu\""), "\"hidden_act\" is relu");
        refused(llama(", \"partial_rotary_factor\": 0.5"), "\"partial_rotary_factor\" is 0.5");
        refused(
                "{\"model_type\": \"gpt2\", \"vocab_size\": 23, \"n_embd\": 32, \"n_head\": 4, \"n_layer\": 2, \"n_positions\": 64,"
                        + " \"scale_attn_by_inverse_layer_idx\": true}",
                "\"scale_attn_by_inverse_layer_idx\"");
    }

    private void refused(String config, String message) {
        Path directory = model(config);
        Path output = dir.resolve("refused.gguf");
        assertThatThrownBy(
                        () -> GgufExport.of(Optional.empty(), Optional.empty()).model(directory, output))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
        assertThat(output).doesNotExist();
    }

    @Test
    void aWindowThatLlamaCppDoesNotKnowIsSaid() {
        String mistral = llama(", \"sliding_window\": 16").replace("\"llama\"", "\"mistral\"");
        assertThat(export(model(mistral)).notes())
                .anyMatch(note -> note.contains("no sliding window") && note.contains("16"));
    }

    @Test
    void halvesThatOverflowAreRefusedAndThoseThatVanishAreCounted() {
        Path large = model(llama(""), parameters -> {
            Tensor weight = parameters.get("model.layers.1.mlp.up_proj.weight");
            weight.detach().reshape(-1).narrow(0, 5, 2).copy_(Tensor.of(new float[] {131_072, -70_000}, 2));
        });
        Path output = dir.resolve("large.gguf");
        assertThatThrownBy(() ->
                        GgufExport.of(Optional.of("f16"), Optional.empty()).model(large, output))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("tensor \"blk.1.ffn_up.weight\" has 2 values that F16 would make infinite");
        assertThat(output).doesNotExist();
        assertThat(dir).isDirectoryNotContaining("glob:**/*.tmp");
        Path small = model(
                llama(""),
                parameters -> parameters
                        .get("model.layers.1.mlp.up_proj.weight")
                        .detach()
                        .reshape(-1)
                        .narrow(0, 0, 3)
                        .copy_(Tensor.of(new float[] {1e-8f, -1e-9f, 0}, 3)));
        assertThat(export(small, "f16").notes())
                .anyMatch(note -> note.startsWith("2 of ") && note.contains("became 0"));
        assertThat(export(small, "bf16").notes()).noneMatch(note -> note.contains("became 0"));
    }

    @Test
    void theTypeIsTheSourcesUnlessGiven() {
        Path directory = model(llama(""));
        for (String dtype : List.of("float32", "bfloat16", "float16")) {
            Path other = dir.resolve(dtype);
            org.thurstone.model.hub.ModelConversion.of(Optional.of(dtype), Optional.empty())
                    .convert(directory, other);
            StorageType expected = switch (dtype) {
                case "bfloat16" -> StorageType.BF16;
                case "float16" -> StorageType.F16;
                default -> StorageType.F32;
            };
            try (GgufFile file = GgufFile.open(export(other).file())) {
                assertThat(file.type("blk.0.ffn_up.weight")).isEqualTo(expected);
            }
        }
    }

    @Test
    void aFileWithoutAnotherTypeIsCopiedBlockByBlock() {
        Path original = Shared.models("smollm2/SmolLM2-135M-Instruct.Q4_1.gguf");
        Exported written = export(original);
        assertThat(written.tensors()).containsEntry(StorageType.Q4_1, 210).containsEntry(StorageType.Q8_0, 1);
        try (GgufFile one = GgufFile.open(original);
                GgufFile two = GgufFile.open(written.file());
                Scope scope = Scope.open()) {
            assertThat(two.names()).containsExactlyElementsOf(one.names());
            assertThat(two.tensor("blk.7.attn_k.weight").toFloats())
                    .isEqualTo(one.tensor("blk.7.attn_k.weight").toFloats());
            for (String key : one.metadata().keys()) {
                assertThat(two.metadata().shown(key))
                        .as(key)
                        .isEqualTo(one.metadata().shown(key));
            }
            assertThat(two.metadata().text("general.license")).contains("apache-2.0");
            assertThat(two.metadata().count("tokenizer.ggml.eot_token_id")).hasValue(2);
        }
        assertThat(written.modelfile().orElseThrow())
                .content()
                .contains("FROM ./SmolLM2-135M-Instruct.Q4_1.gguf-as-it-is.gguf")
                .contains("PARAMETER stop \"<|im_end|>\"")
                .contains("SYSTEM \"\"\"You are a helpful AI assistant named SmolLM")
                .contains("{{ if eq .Role \"user\" }}<|im_start|>user\n{{ .Content }}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"falcon", "gpt-2", "llama-bpe", "llama-spm", "phi-3", "qwen2", "starcoder"})
    void vocabulariesAreWrittenAsTheyWereRead(String vocabulary) throws Exception {
        Path original = Shared.models("gguf/vocab/" + vocabulary + ".gguf");
        JsonNode cases =
                new JsonMapper().readTree(Files.readString(Shared.models("gguf/vocab/" + vocabulary + ".json")));
        Tokenizer tokenizer = Tokenizer.load(original);
        GgufWriter writer = new GgufWriter().text("general.architecture", "llama");
        List<String> notes = new ArrayList<>();
        new VocabularyKeys(ModelTexts.of(original), tokenizer, tokenizer.vocabulary(), Optional.empty(), writer, notes)
                .write();
        tokenizer.eos().ifPresent(id -> writer.count("tokenizer.ggml.eos_token_id", id));
        Path written = dir.resolve("vocabulary.gguf");
        writer.write(written);
        try (GgufFile one = GgufFile.open(original);
                GgufFile two = GgufFile.open(written)) {
            assertThat(two.metadata().texts("tokenizer.ggml.tokens"))
                    .isEqualTo(one.metadata().texts("tokenizer.ggml.tokens"));
            assertThat(two.metadata().texts("tokenizer.ggml.merges"))
                    .isEqualTo(one.metadata().texts("tokenizer.ggml.merges"));
            assertThat(two.metadata().count("tokenizer.ggml.bos_token_id"))
                    .isEqualTo(one.metadata().count("tokenizer.ggml.bos_token_id"));
            long[] types = one.metadata().counts("tokenizer.ggml.token_type").orElseThrow();
            long[] found = two.metadata().counts("tokenizer.ggml.token_type").orElseThrow();
            for (int id = 0; id < types.length; id++) {
                // What opens or ends a sequence is a mark, whatever the file said; an unknown token is one of its own
                // kind.
                boolean mark = tokenizer.endings().get(id) || tokenizer.bos().orElse(-1) == id;
                // Fillers are called unknown by some files and unused by others.
                boolean filler = types[id] == 2 && found[id] == 5;
                if (!mark && !filler && id != 0) {
                    assertThat(found[id]).as(tokenizer.shown(id)).isEqualTo(types[id]);
                }
            }
        }
        Tokenizer again = Tokenizer.load(written);
        for (JsonNode one : cases) {
            String text = one.get("text").asString();
            int[] ids = again.encode(text, false);
            assertThat(ids).as(text).hasSize(one.get("ids").size());
            for (int k = 0; k < ids.length; k++) {
                assertThat(ids[k]).as(text).isEqualTo(one.get("ids").get(k).asInt());
            }
        }
    }

    @Test
    void anAdapterIsMergedOrWrittenAlone() {
        Path base = model(llama(""));
        Path adapter = adapter(base, new Lora(4, 6, List.of("q_proj", "k_proj", "down_proj"), true));
        int[] ids = sequence(20, 23);
        double[] wanted = logProbs(adapter, ids);
        Path merged = export(adapter).file();
        double[] found = logProbs(merged, ids);
        for (int k = 0; k < wanted.length; k++) {
            assertThat(found[k]).isCloseTo(wanted[k], within(1e-5));
        }
        Path alone = dir.resolve("alone.gguf");
        Exported written = GgufExport.of(Optional.empty(), Optional.empty()).adapter(adapter, alone);
        assertThat(written.modelfile()).isEmpty();
        try (GgufFile file = GgufFile.open(alone);
                GgufFile whole = GgufFile.open(merged);
                GgufFile before = GgufFile.open(export(base).file());
                Scope scope = Scope.open()) {
            assertThat(file.metadata().text("general.type")).contains("adapter");
            assertThat(file.metadata().text("adapter.type")).contains("lora");
            // alpha · √rank, because llama.cpp divides by the rank
            double alpha = file.metadata().number("adapter.lora.alpha").orElseThrow();
            assertThat(alpha).isCloseTo(12, within(1e-6));
            assertThat(file.names()).hasSize(2 * 2 * 3);
            for (String weight : List.of("blk.0.attn_q.weight", "blk.1.attn_k.weight", "blk.1.ffn_down.weight")) {
                Tensor product = file.tensor(weight + ".lora_b")
                        .matmul(file.tensor(weight + ".lora_a"))
                        .mul(alpha / 4)
                        .add(before.tensor(weight));
                float[] sum = product.toFloats();
                float[] one = whole.tensor(weight).toFloats();
                for (int k = 0; k < sum.length; k++) {
                    assertThat(sum[k]).as(weight).isCloseTo(one[k], within(1e-5f));
                }
            }
        }
        assertThatThrownBy(
                        () -> GgufExport.of(Optional.empty(), Optional.empty()).adapter(base, dir.resolve("none.gguf")))
                .hasMessageContaining("has no adapter");
    }

    @Test
    void whatRoundingTakesFromAnAdapterIsSaid() {
        Path base = model(llama(""));
        Path adapter = adapter(base, new Lora(4, 1e-4, List.of("q_proj"), false));
        assertThat(export(adapter, "f32").notes()).noneMatch(note -> note.contains("lost to rounding"));
        String note = export(adapter, "bf16").notes().stream()
                .filter(n -> n.contains("lost to rounding"))
                .findFirst()
                .orElseThrow();
        assertThat(note).contains("--adapter-only");
        Path large = adapter(base, new Lora(4, 16, List.of("q_proj"), false));
        assertThat(GgufExport.of(Optional.of("q8_0"), Optional.empty())
                        .model(large, dir.resolve("large.gguf"))
                        .notes())
                .anyMatch(n -> n.contains("lost to rounding") && !n.contains("--adapter-only"));
    }

    @Test
    void anAdapterBelongsToTheWeightsThatItWasTrainedOn() {
        Path base = model(llama(""));
        Path adapter = adapter(base, new Lora(4, 6, List.of("q_proj"), false));
        assertThat(logProbs(adapter, 1, 2, 3)).hasSize(2);
        model(
                llama(""),
                parameters -> parameters.get("model.norm.weight").detach().mul_(1.01));
        assertThatThrownBy(() -> logProbs(adapter, 1, 2, 3))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was trained on other weights than those of")
                .hasMessageContaining("F32")
                .hasMessageContaining("base_model.json");
        assertThatThrownBy(() -> export(adapter, "f32")).hasMessageContaining("was trained on other weights");
        assertThat(adapter.resolve("base_model.json").toFile().delete()).isTrue();
        assertThat(logProbs(adapter, 1, 2, 3)).hasSize(2);
    }

    @Test
    void rowsWithoutATokenAreListedAsUnusedAndTokensWithoutARowAreRefused() {
        Path vocabulary = Shared.models("stories260k");
        Tokenizer tokenizer = Tokenizer.load(vocabulary);
        GgufWriter writer = new GgufWriter().text("general.architecture", "llama");
        List<String> notes = new ArrayList<>();
        new VocabularyKeys(
                        ModelTexts.of(vocabulary),
                        tokenizer,
                        tokenizer.vocabulary() + 3,
                        Optional.empty(),
                        writer,
                        notes)
                .write();
        Path written = dir.resolve("padded.gguf");
        writer.write(written);
        try (GgufFile file = GgufFile.open(written)) {
            long[] types = file.metadata().counts("tokenizer.ggml.token_type").orElseThrow();
            assertThat(types).hasSize(tokenizer.vocabulary() + 3).endsWith(5, 5, 5);
            List<String> tokens = file.metadata().texts("tokenizer.ggml.tokens").orElseThrow();
            assertThat(tokens).doesNotHaveDuplicates();
        }
        assertThat(notes).anyMatch(note -> note.startsWith("3 rows of the embedding have no token"));
        assertThatThrownBy(() -> new VocabularyKeys(
                        ModelTexts.of(vocabulary), tokenizer, 100, Optional.empty(), new GgufWriter(), notes))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has " + tokenizer.vocabulary() + " tokens, and the embedding has only 100 rows");
    }

    @Test
    void licenceAndTemplatesOutliveADirectory() {
        Path original = export(Shared.models("stories260k")).file();
        Path named = dir.resolve("named.gguf");
        try (GgufFile file = GgufFile.open(original)) {
            GgufWriter writer = new GgufWriter();
            file.metadata().keys().forEach(key -> writer.copy(key, file.metadata()));
            file.names().forEach(name -> writer.copy(name, file));
            writer.text("general.license", "mit")
                    .text("tokenizer.chat_template", "{% for m in messages %}<s>{{ m.content }}</s>{% endfor %}")
                    .text("tokenizer.chat_template.tool_use", "{{ tools }}")
                    .texts("tokenizer.chat_templates", List.of("tool_use"))
                    .write(named);
        }
        Path directory = dir.resolve("between");
        new org.thurstone.model.hub.ModelConversion(Optional.empty(), java.util.OptionalLong.empty())
                .convert(named, directory);
        Path again = export(directory).file();
        assertThat(org.thurstone.model.hub.ModelInfo.of(directory).licence()).contains("mit");
        try (GgufFile file = GgufFile.open(again)) {
            assertThat(file.metadata().text("general.license")).contains("mit");
            assertThat(file.metadata().text("tokenizer.chat_template").orElseThrow())
                    .startsWith("{% for");
            assertThat(file.metadata().text("tokenizer.chat_template.tool_use")).contains("{{ tools }}");
            assertThat(file.metadata().texts("tokenizer.chat_templates")).contains(List.of("tool_use"));
        }
        Tokenizer one = Tokenizer.load(Shared.models("stories260k"));
        Tokenizer two = Tokenizer.load(again);
        for (String text : List.of("Once upon a time, there was a  big dog.", " \u00e9 \uD83D\uDE42\n\tx", "")) {
            assertThat(two.encode(text, true)).as(text).isEqualTo(one.encode(text, true));
        }
    }

    /** EOS of the base is another token than the one that closes an answer in the chat template. */
    @Test
    void theEndOfATurnIsWhatEndsAnAnswer() {
        List<String> tokens = new ArrayList<>(List.of("<|endoftext|>", "<|stop|>"));
        for (char c = '!'; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
        }
        int[] types = new int[tokens.size()];
        java.util.Arrays.fill(types, 1);
        types[0] = 3;
        types[1] = 4;
        Path plain = export(model(llama("").replace("\"vocab_size\": 23", "\"vocab_size\": " + tokens.size())))
                .file();
        Path chat = dir.resolve("chat.gguf");
        try (GgufFile file = GgufFile.open(plain)) {
            GgufWriter writer = new GgufWriter();
            file.metadata().keys().stream()
                    .filter(key -> !key.startsWith("tokenizer."))
                    .forEach(key -> writer.copy(key, file.metadata()));
            file.names().forEach(name -> writer.copy(name, file));
            writer.text("tokenizer.ggml.model", "gpt2")
                    .text("tokenizer.ggml.pre", "gpt-2")
                    .texts("tokenizer.ggml.tokens", tokens)
                    .texts("tokenizer.ggml.merges", List.of())
                    .integers("tokenizer.ggml.token_type", types)
                    .count("tokenizer.ggml.eos_token_id", 0)
                    .text(
                            "tokenizer.chat_template",
                            "{% for m in messages %}[{{ m.role }}]{{ m.content }}<|stop|>{% endfor %}"
                                    + "{% if add_generation_prompt %}[assistant]{% endif %}")
                    .write(chat);
        }
        try (org.thurstone.model.hub.LanguageModel model =
                org.thurstone.model.hub.LanguageModel.load(chat, LoadOptions.DEFAULT)) {
            assertThat(model.tokenizer().endings().stream().toArray()).containsExactly(0, 1);
            assertThat(model.tokenizer().special(1)).isTrue();
        }
        assertThat(org.thurstone.model.hub.ModelInfo.of(chat)
                        .tokenizer()
                        .orElseThrow()
                        .ends())
                .containsExactly("<|endoftext|>", "<|stop|>");
        Exported written = GgufExport.of(Optional.of("f16"), Optional.empty()).model(chat, dir.resolve("out.gguf"));
        try (GgufFile file = GgufFile.open(written.file())) {
            assertThat(file.metadata().count("tokenizer.ggml.eos_token_id")).hasValue(1);
            assertThat(file.metadata().count("tokenizer.ggml.eot_token_id")).hasValue(1);
        }
        assertThat(written.modelfile().orElseThrow())
                .content()
                .contains("PARAMETER stop \"<|stop|>\"", "PARAMETER stop \"<|endoftext|>\"")
                .contains("[user]{{ .Content }}")
                .doesNotContain("SYSTEM \"\"\"");
    }

    @Test
    void aTemplateThatIsNoRowOfTurnsHasNoTemplateForOllama() {
        java.time.Clock clock = java.time.Clock.systemUTC();
        Path directory = Shared.models("stories260k");
        Path file = dir.resolve("t.jinja");
        for (String text : List.of(
                "{{ messages | length }}{% for m in messages %}<{{ m.content }}>{% endfor %}!",
                "{% for m in messages %}[{{ m.role }}]{{ m.content | upper }}{% endfor %}[assistant]")) {
            org.thurstone.data.AtomicFile.write(file, text);
            org.thurstone.model.text.ChatTemplate template = org.thurstone.model.text.ChatTemplate.load(
                            directory,
                            new org.thurstone.model.text.TemplateChoice(Optional.of(file), java.util.Map.of()),
                            clock)
                    .orElseThrow();
            assertThat(OllamaTemplate.of(template, "")).as(text).isEmpty();
        }
    }

    private Path adapter(Path base, Lora lora) {
        Path directory = dir.resolve("adapter");
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(9);
        try (Transformer adapted = Transformers.load(base, LoadOptions.DEFAULT).adapt(lora, random);
                Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            adapted.parameters().all().forEach((name, tensor) -> {
                if (name.contains("lora_")) {
                    tensor.copy_(Tensor.normal(random, 0.3, DType.FLOAT32, Device.CPU, tensor.shape()));
                }
            });
            Transformers.save(adapted, directory);
        }
        assertThat(AdapterWeights.isAdapter(directory)).isTrue();
        return directory;
    }
}
