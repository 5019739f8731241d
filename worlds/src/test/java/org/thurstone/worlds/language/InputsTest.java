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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.model.hub.ModelFiles;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;

class InputsTest {

    @TempDir
    private Path dir;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of("prompts.jsonl", "more.jsonl", "good.txt", "bad.txt", "chat.jinja", "gold.jsonl")) {
            Files.writeString(dir.resolve(name), name);
        }
        Path model = Files.createDirectories(dir.resolve("model/shards")).getParent();
        Files.writeString(model.resolve("config.json"), "{}");
        Files.writeString(model.resolve("tokenizer.json"), "{}");
        Files.writeString(
                model.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"a\": \"shards/1.safetensors\"}}");
        Files.writeString(model.resolve("shards/1.safetensors"), "weights");
    }

    private Inputs now() {
        Recipe recipe = Recipe.parse("""
            model: %1$s/model
            chat-template: %1$s/chat.jinja
            task: {prompts: {train: %1$s/prompts.jsonl, held-out: %1$s/more.jsonl}}
            judge:
              committee:
                members:
                  - respondent: {sentence-reward: {positive: %1$s/good.txt, negative: %1$s/bad.txt}}
            """.formatted(dir), "test");
        return Inputs.of(RunRecipe.bind(recipe, Catalogue.installed()));
    }

    @Test
    void everyFileThatARunDependsOnIsMissedWhenItChanges() throws IOException {
        Inputs then = now();
        now().checkSince(then, dir, Progress.SILENT);
        for (String name : List.of(
                "prompts.jsonl",
                "more.jsonl",
                "good.txt",
                "bad.txt",
                "chat.jinja",
                "model/config.json",
                "model/tokenizer.json",
                "model/shards/1.safetensors")) {
            Path file = dir.resolve(name);
            String before = Files.readString(file);
            Files.writeString(file, before + " ");
            assertThatThrownBy(() -> now().checkSince(then, dir, Progress.SILENT))
                    .as(name)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("the inputs have changed since the run in " + dir + " began: " + file + ";");
            Files.writeString(file, before);
        }
        now().checkSince(then, dir, Progress.SILENT);
    }

    @Test
    void anAdapterDependsOnItsBase() throws IOException {
        Path adapter = Files.createDirectory(dir.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{\"base_model_name_or_path\": \"model\"}");
        Files.writeString(adapter.resolve("adapter_model.safetensors"), "adapter");
        assertThat(ModelFiles.of(adapter))
                .contains(adapter.resolve("adapter_model.safetensors"))
                .anyMatch(file -> file.endsWith("shards/1.safetensors"));
    }

    @Test
    void anotherVersionIsAWarning() {
        List<String> said = new ArrayList<>();
        Inputs now = new Inputs(Map.of(), Optional.of("2"));
        now.checkSince(new Inputs(Map.of(), Optional.of("1")), dir, Progress.lines(said::add));
        assertThat(said).singleElement().asString().contains("was begun by version 1 and is resumed by version 2");
        now.checkSince(new Inputs(Map.of(), Optional.empty()), dir, Progress.lines(said::add));
        assertThat(said.getLast()).contains("was begun by an earlier version");
        now.checkSince(now, dir, Progress.lines(said::add));
        assertThat(said).hasSize(2);
    }

    @Test
    void aRecordOfAnEarlierVersionIsRead() {
        assertThat(Inputs.CODEC.read("{\"sha256\": {\"a\": \"b\"}}"))
                .isEqualTo(new Inputs(Map.of("a", "b"), Optional.empty()));
        Inputs now = now();
        assertThat(Inputs.CODEC.read(Inputs.CODEC.write(now))).isEqualTo(now);
    }

    @Test
    void aShardOutsideOfTheModelIsRefused() throws IOException {
        for (String name : List.of("../w.safetensors", "/w.safetensors", "shards/../../w", "..\\\\w", "", "..")) {
            Files.writeString(
                    dir.resolve("model/model.safetensors.index.json"), "{\"weight_map\": {\"a\": \"" + name + "\"}}");
            assertThatThrownBy(() -> ModelFiles.of(dir.resolve("model")))
                    .as(name)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("a shard is named relative to the model's directory and lies inside of it");
        }
    }

    @Test
    void aShardMayBeALink() throws IOException {
        Path blob = Files.writeString(dir.resolve("blob"), "weights");
        Path shard = dir.resolve("model/shards/1.safetensors");
        Files.delete(shard);
        Files.createSymbolicLink(shard, blob);
        assertThat(ModelFiles.of(dir.resolve("model"))).contains(shard);
    }
}
