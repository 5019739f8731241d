package org.thurstone.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.model.transformer.Lora;
import org.thurstone.model.transformer.Tiny;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** Model directories, there and back, and what is said of bad ones. */
class DirectoriesTest {

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(51);

    @TempDir
    Path directory;

    private static double[] logProbs(Transformer model) {
        try (Scope scope = Scope.open()) {
            TokenTree tree = TokenTree.of(new int[] {3, 1, 4}, new int[] {1, 5}, new int[] {9, 2, 6});
            return model.forward(List.of(tree), false).logProbs().toDoubles();
        }
    }

    private Transformer saved(String family) {
        Transformer model = Tiny.model(family, DType.FLOAT32, random, false);
        Transformers.save(model, directory);
        return model;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e30})
    void weightsThatAreNotFiniteAreNamed(double value) throws IOException {
        Transformer model = saved("llama");
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.parameters().all());
        String name = tensors.keySet().stream().skip(2).findFirst().orElseThrow();
        tensors.put(
                name,
                Tensor.full(value, DType.FLOAT32, Device.CPU, tensors.get(name).shape()));
        SafeTensors.write(directory.resolve("model.safetensors"), tensors, Map.of());
        LoadOptions half = new LoadOptions(DType.FLOAT16, Device.CPU, false);
        assertThatThrownBy(() -> Transformers.load(directory, value == 1e30 ? half : LoadOptions.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(
                        "the weights in " + directory + " are damaged: tensor \"" + name + "\" has NaN or infinity");
    }

    @Test
    void sizesBeyondAnyModelAreRefusedByKey() throws IOException {
        saved("llama");
        Path config = directory.resolve("config.json");
        String json = Files.readString(config);
        for (String key : List.of(
                "vocab_size",
                "max_position_embeddings",
                "hidden_size",
                "intermediate_size",
                "num_hidden_layers",
                "num_attention_heads",
                "num_key_value_heads")) {
            for (String value :
                    List.of("2000000000", "99999999999999999999", "0", "-1", "1.5", "\"8\"", "[8]", "{}", "true")) {
                Files.writeString(
                        config, json.replaceFirst("\"" + key + "\"\\s*:\\s*\\d+", "\"" + key + "\": " + value));
                assertThatThrownBy(() -> Transformers.load(directory, LoadOptions.DEFAULT))
                        .as(key + " " + value)
                        .isInstanceOf(UserError.class)
                        .hasMessageStartingWith(
                                config + ": \"" + key + "\" is " + value + "; it has to be a whole number from 1 to ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "gemma2", "gpt2", "gpt_neox", "phi3"})
    void savedStateIsRestoredBitByBit(String family) {
        try (Transformer model = saved(family);
                Transformer back = Transformers.load(directory, LoadOptions.DEFAULT)) {
            assertThat(back.parameters().all().keySet())
                    .isEqualTo(model.parameters().all().keySet());
            model.parameters()
                    .all()
                    .forEach((name, tensor) -> assertThat(
                                    back.parameters().get(name).toFloats())
                            .as(name)
                            .isEqualTo(tensor.toFloats()));
            assertThat(logProbs(back)).isEqualTo(logProbs(model));
        }
    }

    @Test
    void configurationStatesTheDtypeOfTheWeights() throws IOException {
        try (Transformer model = saved("llama");
                Transformer half = Transformers.load(directory, new LoadOptions(DType.BFLOAT16, Device.CPU, false))) {
            assertThat(Files.readString(directory.resolve("config.json"))).contains("\"dtype\" : \"float32\"");
            Path again = directory.resolve("again");
            Transformers.save(half, again);
            assertThat(Files.readString(again.resolve("config.json"))).contains("\"dtype\" : \"bfloat16\"");
            double[] expected = logProbs(model);
            double[] actual = logProbs(half);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(actual[i] - expected[i])).isLessThan(0.3);
            }
        }
    }

    @Test
    void shardsAreReadByTheirIndex() throws IOException {
        try (Transformer model = saved("llama")) {
            Map<String, Tensor> first = new LinkedHashMap<>();
            Map<String, Tensor> second = new LinkedHashMap<>();
            StringBuilder map = new StringBuilder();
            model.parameters().all().forEach((name, tensor) -> {
                boolean early = name.contains("layers.0");
                (early ? first : second).put(name, tensor);
                map.append(map.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(name)
                        .append("\": \"")
                        .append(early ? "a.safetensors" : "b.safetensors")
                        .append('"');
            });
            SafeTensors.write(directory.resolve("a.safetensors"), first, Map.of());
            SafeTensors.write(directory.resolve("b.safetensors"), second, Map.of());
            Files.delete(directory.resolve("model.safetensors"));
            Files.writeString(directory.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + map + "}}");
            try (Transformer back = Transformers.load(directory, LoadOptions.DEFAULT)) {
                assertThat(logProbs(back)).isEqualTo(logProbs(model));
            }
            Files.delete(directory.resolve("b.safetensors"));
            assertThatThrownBy(() -> Transformers.load(directory, LoadOptions.DEFAULT))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("b.safetensors");
        }
    }

    @Test
    void anAdapterComesBackOnItsBase() throws IOException {
        Path base = directory.resolve("base");
        Path adapter = directory.resolve("adapter");
        try (Transformer model = Tiny.model("llama", DType.FLOAT32, random, false)) {
            Transformers.save(model, base);
        }
        try (Transformer adapted = Transformers.load(base, LoadOptions.DEFAULT)
                        .adapt(new Lora(2, 8, List.of("q_proj", "up_proj"), true), random);
                Scope scope = Scope.open();
                org.thurstone.tensor.Gradients off = org.thurstone.tensor.Gradients.off()) {
            adapted.parameters()
                    .trained()
                    .forEach(t -> t.add_(Tensor.normal(random, 0.3, DType.FLOAT32, Device.CPU, t.shape())));
            Transformers.save(adapted, adapter);
            assertThat(adapter.resolve("model.safetensors")).doesNotExist();
            try (Transformer back = Transformers.load(adapter, LoadOptions.DEFAULT)) {
                assertThat(logProbs(back)).isEqualTo(logProbs(adapted));
                assertThat(back.lora()).isEqualTo(adapted.lora());
            }
        }
        try (Transformer other = Tiny.model(
                "{\"model_type\": \"llama\", \"vocab_size\": 23, \"hidden_size\": 8, \"intermediate_size\": 20,"
                        + " \"num_hidden_layers\": 3, \"num_attention_heads\": 2, \"max_position_embeddings\": 64}",
                DType.FLOAT32,
                random,
                false)) {
            assertThatThrownBy(() -> Adapters.attach(other, adapter))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("lora_A.weight is [2, 12], for this model it would be [2, 8]");
            assertThat(other.parameters().trained()).isNotEmpty();
        }
        Files.writeString(
                adapter.resolve("adapter_config.json"),
                Files.readString(adapter.resolve("adapter_config.json")).replace("\"LORA\"", "\"IA3\""));
        assertThatThrownBy(() -> Transformers.load(adapter, LoadOptions.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("peft_type")
                .hasMessageContaining("IA3");
    }

    @Test
    void allFaultsOfTheWeightsAreInOneMessage() {
        try (Transformer model = saved("llama");
                Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new HashMap<>(model.parameters().all());
            tensors.remove("model.layers.1.mlp.up_proj.weight");
            tensors.put("model.norm.weight", Tensor.zeros(DType.FLOAT32, Device.CPU, 13));
            tensors.put("model.layers.7.mlp.up_proj.weight", Tensor.zeros(DType.FLOAT32, Device.CPU, 1));
            tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", Tensor.zeros(DType.FLOAT32, Device.CPU, 2));
            SafeTensors.write(directory.resolve("model.safetensors"), tensors, Map.of());
            assertThatThrownBy(() -> Transformers.load(directory, LoadOptions.DEFAULT))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("1 missing: model.layers.1.mlp.up_proj.weight [20, 12]")
                    .hasMessageContaining("model.norm.weight is [13] in the file, [12] by config.json")
                    .hasMessageContaining("1 not expected: model.layers.7.mlp.up_proj.weight")
                    .hasMessageNotContaining("inv_freq");
        }
    }

    @Test
    void badDirectoriesAreExplained() throws IOException {
        assertThatThrownBy(() -> Transformers.load(directory, LoadOptions.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("config.json");
        refused("{\"model_type\": \"mamba\"}", "\"mamba\"", "llama, mistral, qwen2, qwen3, gemma2");
        refused("{\"model_type\": \"llama\", ", "is not JSON");
        refused("[]", "is not a JSON object");
        refused("{\"model_type\": \"llama\", \"num_hidden_layers\": 3}", "\"hidden_size\" is missing");
        refused(
                "{\"model_type\": \"llama\", \"num_hidden_layers\": 3, \"hidden_size\": \"12\"}",
                "\"hidden_size\" is \"12\"",
                "whole number");
        String llama = "{\"model_type\": \"llama\", \"vocab_size\": 23, \"hidden_size\": 12, \"intermediate_size\": 20,"
                + " \"num_hidden_layers\": 3, \"num_attention_heads\": 4, \"max_position_embeddings\": 64";
        refused(llama + ", \"num_key_value_heads\": 3}", "num_key_value_heads", "does not divide the 4");
        refused(llama + ", \"rope_scaling\": {\"type\": \"longrope\"}}", "longrope", "llama3 and yarn");
        Files.writeString(directory.resolve("config.json"), llama + "}");
        assertThatThrownBy(() -> Transformers.load(directory, LoadOptions.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("neither model.safetensors nor model.safetensors.index.json");
        Files.writeString(directory.resolve("model.safetensors"), "not one");
        assertThatThrownBy(() -> Transformers.load(directory, LoadOptions.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("model.safetensors");
    }

    private void refused(String json, String... words) throws IOException {
        Files.writeString(directory.resolve("config.json"), json);
        assertThatThrownBy(() -> Transformers.config(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void directoryThatCannotBeCreatedIsExplained() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        try (Transformer model = Tiny.model("llama", DType.FLOAT32, random, false)) {
            assertThatThrownBy(() -> Transformers.save(model, file.resolve("model")))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is in the way");
        }
    }
}
