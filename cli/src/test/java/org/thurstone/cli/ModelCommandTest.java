package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelCommandTest {

    @TempDir
    private Path dir;

    private Path model = Path.of("");

    @BeforeEach
    void model() {
        model = TinyModel.write(dir.resolve("model"));
    }

    /** Trained so that it says something else than its base. */
    private Path adapter() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (char c = 'b'; c < 'l'; c++) {
            rows.append("{\"prompt\": \"%s\", \"chosen\": \"a\", \"rejected\": \"z\"}%n".formatted(c));
        }
        Path out = dir.resolve("lora");
        Shell trained = Shell.run(
                "train",
                "--model=" + model,
                "--data=" + Files.writeString(dir.resolve("pairs.jsonl"), rows),
                "--held-out-share=0",
                "--set=adapter.rank=2",
                "--epochs=4",
                "--learning-rate=1e-2",
                "--output=" + out);
        assertThat(trained.code()).as(trained.err()).isZero();
        return out.resolve("policy");
    }

    private double score(Path of) throws IOException {
        Path rows = Files.writeString(dir.resolve("rows.jsonl"), "{\"prompt\": \"bc\", \"completion\": \"adza\"}\n");
        Shell scored = Shell.run("score", rows.toString(), "--model=" + of, "--output=-");
        assertThat(scored.code()).as(scored.err()).isZero();
        return JsonMapper.shared().readTree(scored.out()).get("sum_log_prob").asDouble();
    }

    private Shell model(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "model";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Shell.run(all);
    }

    @Test
    void mergedModelHasTheAdaptersLogProbabilities() throws IOException {
        Path adapter = adapter();
        Path merged = dir.resolve("merged");
        Shell shell = model("merge", adapter.toString(), "--output=" + merged);
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(merged.resolve("adapter_config.json")).doesNotExist();
        assertThat(score(merged)).isCloseTo(score(adapter), within(1e-4)).isNotCloseTo(score(model), within(1e-2));
        Shell again = model("merge", adapter.toString(), "--output=" + merged);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("exists: choose another output");
        // The message that asks for a merge names the command, and a merged model can be adapted.
        Shell stacked = train(adapter);
        assertThat(stacked.err()).contains("merge it first (thurstone model merge");
        assertThat(train(merged).code()).isZero();
    }

    private Shell train(Path start) {
        return Shell.run(
                "train",
                "--model=" + start,
                "--data=" + dir.resolve("pairs.jsonl"),
                "--set=adapter.rank=2",
                "--output=" + dir.resolve("again"));
    }

    @Test
    void whatCannotBeMergedIsRefused() {
        Path output = dir.resolve("merged");
        Shell plain = model("merge", model.toString(), "--output=" + output);
        assertThat(plain.code()).isEqualTo(1);
        assertThat(plain.err()).contains("has no adapter to merge");
        assertThat(model("merge", dir.resolve("none").toString(), "--output=" + output)
                        .err())
                .contains("there is no model ");
        assertThat(output).doesNotExist();
    }

    @Test
    void adapterIsNotConverted() throws IOException {
        assertThat(model("convert", adapter().toString(), "--output=" + dir.resolve("x"))
                        .err())
                .contains("holds an adapter: merge it first (thurstone model merge");
    }

    @Test
    void shardsAndDtypesAreReadBackUnchanged() throws IOException {
        Path shards = dir.resolve("shards");
        Shell split = model("convert", model.toString(), "--max-shard-size=4KB", "--output=" + shards);
        assertThat(split.code()).as(split.err()).isZero();
        assertThat(shards.resolve("model.safetensors")).doesNotExist();
        JsonNode index = JsonMapper.shared().readTree(Files.readString(shards.resolve("model.safetensors.index.json")));
        List<String> files = index.get("weight_map").properties().stream()
                .map(e -> e.getValue().asString())
                .distinct()
                .toList();
        assertThat(files).hasSizeGreaterThan(2).allMatch(f -> Files.exists(shards.resolve(f)));
        assertThat(score(shards)).isEqualTo(score(model));
        Path whole = dir.resolve("whole");
        assertThat(model("convert", shards.toString(), "--output=" + whole).code())
                .isZero();
        assertThat(Files.mismatch(whole.resolve("model.safetensors"), model.resolve("model.safetensors")))
                .isEqualTo(-1);

        Path half = dir.resolve("half");
        assertThat(model("convert", model.toString(), "--dtype=bfloat16", "--output=" + half)
                        .code())
                .isZero();
        assertThat(Files.readString(half.resolve("config.json"))).contains("bfloat16");
        assertThat(Files.size(half.resolve("model.safetensors")))
                .isLessThan(Files.size(model.resolve("model.safetensors")) * 3 / 4);
        assertThat(score(half)).isCloseTo(score(model), within(0.2));
    }

    @Test
    void typesHaveTheirUsualShortNames() throws IOException {
        for (List<String> names : List.of(
                List.of("bfloat16", "bf16"),
                List.of("float16", "fp16", "half"),
                List.of("float32", "fp32"),
                List.of("float64", "fp64"))) {
            Path first = dir.resolve(names.getFirst());
            for (String name : names) {
                Path output = dir.resolve(name);
                Shell shell = model("convert", model.toString(), "--dtype=" + name, "--output=" + output);
                assertThat(shell.code()).as(name + shell.err()).isZero();
                assertThat(Files.mismatch(output.resolve("model.safetensors"), first.resolve("model.safetensors")))
                        .as(name)
                        .isEqualTo(-1);
            }
            // What can be written can be computed in.
            Path rows =
                    Files.writeString(dir.resolve("rows.jsonl"), "{\"prompt\": \"bc\", \"completion\": \"adza\"}\n");
            Shell scored =
                    Shell.run("score", rows.toString(), "--model=" + model, "--dtype=" + names.getLast(), "--output=-");
            assertThat(scored.code()).as(names.getLast() + scored.err()).isZero();
            assertThat(JsonMapper.shared()
                            .readTree(scored.out())
                            .get("sum_log_prob")
                            .asDouble())
                    .isCloseTo(score(model), within(0.2));
        }
    }

    @Test
    void unknownWordsAreWrongUsage() {
        String output = "--output=" + dir.resolve("x");
        Shell dtype = model("convert", model.toString(), "--dtype=int3", output);
        assertThat(dtype.code()).isEqualTo(2);
        assertThat(dtype.err()).contains("unknown dtype \"int3\"", "bfloat16");
        Shell size = model("convert", model.toString(), "--max-shard-size=big", output);
        assertThat(size.code()).isEqualTo(2);
        assertThat(size.err()).contains("\"big\" is not a size");
        assertThat(Shell.run("model").code()).isEqualTo(2);
    }

    @Test
    void infoDescribesModelsAndAdapters() throws IOException {
        Shell shell = model("info", model.toString(), "--format", "json");
        assertThat(shell.code()).as(shell.err()).isZero();
        JsonNode info = JsonMapper.shared().readTree(shell.out());
        assertThat(info.get("architecture").asString()).isEqualTo("LlamaForCausalLM");
        assertThat(info.get("dtypes").get(0).asString()).isEqualTo("F32");
        assertThat(info.get("context").asInt()).isEqualTo(TinyModel.CONTEXT);
        assertThat(info.get("tokenizer").get("tokens").asInt()).isPositive();
        assertThat(info.get("adapter").isNull()).isTrue();
        assertThat(model("info", model.toString()).out()).contains("LlamaForCausalLM", "adapter        none");
        Shell adapter = model("info", adapter().toString());
        assertThat(adapter.code()).as(adapter.err()).isZero();
        assertThat(adapter.out()).contains("(of the adapter)", "LoRA of rank 2", "all projections of " + model);
    }
}
