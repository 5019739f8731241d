package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipe gives its bytes once, and what is read here is read more than once: every command refuses one, wherever it stands. Nothing writes to
 * these, so a command that opened one would wait until the time is up.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamedPipesTest {

    @TempDir
    private Path dir;

    private Path pipe = Path.of("");

    @BeforeEach
    void make() throws IOException, InterruptedException {
        pipe = made(dir.resolve("pipe"));
    }

    private static Path made(Path path) throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0, "there is no mkfifo");
        return path;
    }

    private void refuses(Path what, String command) {
        String[] args = Arrays.stream(command.split(" "))
                .map(arg -> arg.startsWith("DIR/") || arg.equals("DIR") ? arg.replaceFirst("DIR", dir.toString()) : arg)
                .map(arg -> arg.equals("PIPE") ? pipe.toString() : arg)
                .toArray(String[]::new);
        Shell shell = Shell.run(args);
        assertThat(shell.code()).as(command + ": " + shell.err()).isIn(1, 2);
        assertThat(shell.err()).as(command).contains(what.toString()).contains("a pipe or a device, not a file");
    }

    @Test
    void filesOfRows() throws IOException {
        TinyModel.write(dir.resolve("model"));
        Files.writeString(dir.resolve("votes.csv"), "left,right,winner\na,b,a\nb,a,b\n");
        Files.writeString(
                dir.resolve("pairs.jsonl"), "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n".repeat(4));
        for (String command : List.of(
                "data inspect PIPE",
                "rank PIPE",
                "rank DIR/votes.csv --predict PIPE",
                "rank DIR/votes.csv --compare PIPE",
                "agree PIPE",
                "agree DIR/votes.csv --truth PIPE --item left --annotator right --label winner",
                "eval alpaca PIPE --baseline x",
                "eval rewards PIPE --bench pairs",
                "eval solutions PIPE",
                "loss eval PIPE",
                "bench rank PIPE",
                "run PIPE",
                "recipe check PIPE",
                "score PIPE --model DIR/model --output DIR/o.jsonl",
                "sample --model DIR/model --prompts PIPE --output DIR/o.jsonl",
                "train --model DIR/model --data PIPE --loss dpo --output DIR/run",
                "train --model DIR/model --data DIR/pairs.jsonl --held-out PIPE --loss dpo --output DIR/run",
                "train --recipe PIPE --model DIR/model --data DIR/pairs.jsonl --output DIR/run")) {
            refuses(pipe, command);
        }
        Path orders = dir.resolve("orders.soc");
        Files.move(pipe, orders);
        refuses(orders, "rank DIR/orders.soc");
    }

    @Test
    void filesOfModels() throws IOException, InterruptedException {
        for (String name : List.of(
                "config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "generation_config.json",
                "special_tokens_map.json",
                "chat_template.jinja",
                "model.safetensors",
                "model.safetensors.index.json",
                "adapter_config.json")) {
            Path model = TinyModel.write(dir.resolve(name));
            if (name.startsWith("model.safetensors.")) {
                Files.delete(model.resolve("model.safetensors"));
            }
            if (name.startsWith("adapter")) {
                Files.delete(model.resolve("config.json"));
            }
            Files.deleteIfExists(model.resolve(name));
            Path made = made(model.resolve(name));
            refuses(made, "sample --model DIR/" + name + " --prompt a");
        }
    }

    @Test
    void filesThatARecipeNames() throws IOException {
        Files.writeString(dir.resolve("r.yaml"), """
            task: {prompts: {train: pipe}}
            model: model
            annotator: {file: {}}
            """);
        refuses(pipe, "run DIR/r.yaml --output DIR/run");
        Files.writeString(dir.resolve("prompts.jsonl"), "{\"prompt\": \"a\"}\n{\"prompt\": \"b\"}\n");
        Files.writeString(dir.resolve("r.yaml"), """
            task: {prompts: {train: prompts.jsonl}}
            model: model
            judge: {sentence-reward: {positive: pipe, negative: pipe}}
            """);
        refuses(pipe, "run DIR/r.yaml --output DIR/run");
    }
}
