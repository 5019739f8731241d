package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Text;
import org.thurstone.data.format.Examples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code thurstone sample} with a model behind an endpoint. */
class EndpointSampleTest {

    @TempDir
    private Path dir;

    private Path prompts = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void files() throws IOException {
        prompts = Files.writeString(dir.resolve("prompts.jsonl"), """
            {"prompt": "one"}
            {"id": "chat", "messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "two"}]}
            {"prompt": "three"}
            """);
        out = dir.resolve("out.jsonl");
    }

    private Shell sample(ChatServer server, String settings, String... more) {
        List<String> arguments =
                new java.util.ArrayList<>(List.of("sample", "--model", server.model(settings), prompts.toString()));
        arguments.addAll(List.of(more));
        return Shell.run(arguments.toArray(String[]::new));
    }

    @Test
    void rowsAreWrittenAsTheLocalSamplerDoesAndNothingIsAskedTwice() throws IOException {
        try (ChatServer server = new ChatServer(body -> "answer to " + ChatServer.asked(body))) {
            Shell first = sample(server, "", "--n", "2", "--output", out.toString());
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(first.err()).contains("3 prompts, 6 completions, 6 calls; 42 tokens read, 18 written");
            assertThat(Examples.readAll(out)).hasSize(6).allSatisfy(e -> {
                Demonstration d = (Demonstration) e;
                assertThat(d.provenance().source()).isEqualTo("openai/m");
                assertThat(d.completion().text())
                        .isEqualTo(
                                d.prompt().id().equals("chat")
                                        ? Text.answer("answer to two")
                                        : Text.raw(
                                                "answer to " + d.prompt().text().plain()));
            });
            JsonNode row = JsonMapper.shared().readTree(Files.readAllLines(out).getFirst());
            assertThat(row.get("finish").asString("")).isEqualTo("stop");
            assertThat(row.get("tokens").asInt()).isEqualTo(3);
            assertThat(row.get("answered_by").asString("")).isEqualTo("m-1");
            assertThat(row.has("sum_log_prob")).isFalse();
            assertThat(server.calls()).isEqualTo(6);
            byte[] before = Files.readAllBytes(out);
            assertThat(sample(server, "", "--n", "2", "--output", out.toString())
                            .code())
                    .isZero();
            assertThat(server.calls()).isEqualTo(6);
            assertThat(Files.readAllBytes(out)).isEqualTo(before);
            sample(server, "", "--n", "3", "--output", out.toString());
            assertThat(server.calls()).as("one more of each prompt").isEqualTo(9);
            sample(server, "", "--n", "2", "--temperature", "0.5", "--output", out.toString());
            assertThat(server.calls())
                    .as("another temperature is another question")
                    .isEqualTo(15);
            assertThat(server.bodies().getFirst().has("temperature")).isFalse();
            assertThat(server.bodies().getLast().get("temperature").asDouble()).isEqualTo(0.5);
        }
    }

    @Test
    void aCommandThatFailedGoesOnWithWhatIsMissing() {
        int[] broken = {1};
        try (ChatServer server =
                new ChatServer(body -> broken[0] == 1 && ChatServer.asked(body).equals("three") ? "!400" : "fine")) {
            Shell first = sample(server, ", parallel: 1", "--output", out.toString());
            assertThat(first.code()).isEqualTo(1);
            assertThat(first.err()).contains("answered 400: no").contains("start the run again");
            assertThat(out).doesNotExist();
            broken[0] = 0;
            assertThat(sample(server, ", parallel: 1", "--output", out.toString())
                            .code())
                    .isZero();
            assertThat(server.calls()).as("3 answers and 1 failed attempt").isEqualTo(4);
            assertThat(Examples.readAll(out)).hasSize(3);
        }
    }

    @Test
    void aDryRunCountsAndSendsNothing() throws IOException {
        Path prices = Files.writeString(dir.resolve("prices.yaml"), "models: {m: {input: 1000000, output: 2000000}}");
        try (ChatServer server = new ChatServer(body -> "fine")) {
            Shell dry = sample(server, ", price: " + prices, "--n", "4", "--max-tokens", "5", "--dry-run");
            assertThat(dry.code()).as(dry.err()).isZero();
            // 3 prompts of 1, 3 and 2 tokens, each 4 times: 24 to read and 60 to write.
            assertThat(dry.out())
                    .contains("12 calls to openai/m for 3 prompts: about 24 tokens to read, and at most 60 to write,"
                            + " at a cost of up to about 144.00. Nothing was sent.");
            assertThat(server.calls()).isZero();
        }
    }

    @Test
    void limitsHoldAndWhatIsMissingIsSaid() throws IOException {
        try (ChatServer server = new ChatServer(body -> "fine")) {
            Shell limited = sample(server, "", "--limit-calls", "2", "--output", out.toString());
            assertThat(limited.code()).isEqualTo(1);
            assertThat(limited.err()).contains("the cap of 2 calls is reached");
            assertThat(server.calls()).isEqualTo(2);
            Shell more = sample(server, "", "--limit-calls", "3", "--output", out.toString());
            assertThat(more.code()).as(more.err()).isZero();
            assertThat(server.calls()).isEqualTo(3);
            Shell unpriced = sample(server, "", "--limit-cost", "2");
            assertThat(unpriced.code()).isEqualTo(2);
            assertThat(unpriced.err()).contains("cap.cost needs price");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--top-k 3", "--min-p 0.1", "--device cpu", "--dtype float64", "--batch-size 4"})
    void optionsOfLocalModelsAreRefusedByName(String option) {
        try (ChatServer server = new ChatServer(body -> "fine")) {
            Shell shell = sample(server, "", option.split(" "));
            assertThat(shell.code()).isEqualTo(2);
            assertThat(shell.err()).contains(option.split(" ")[0] + " is for models on this machine");
            assertThat(server.calls()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{chat: {endpoint: openai}}|model",
                "{chat: {endpoint: opena, model: m}}|opena",
                "{exact: {}}|no other respondent",
                "{chat: {|--model",
            })
    void aWrongModelIsNamed(String both) {
        String[] parts = both.split("\\|");
        Shell shell = Shell.run("sample", "--model", parts[0], "--prompt", "x");
        assertThat(shell.code()).isNotZero();
        assertThat(shell.err()).contains(parts[1]).doesNotContain("internal error");
    }

    @Test
    void withoutAFileAnswersArePrinted() {
        try (ChatServer server = new ChatServer(body -> "fine")) {
            Shell text = sample(server, "");
            assertThat(text.out()).contains("fine\n  [stop, 3 tokens]");
            JsonNode document = JsonMapper.shared()
                    .readTree(sample(server, "", "--format", "json").out());
            assertThat(document.get("completions").size()).isEqualTo(3);
            assertThat(document.get("completions").get(0).get("sum_log_prob").isNull())
                    .isTrue();
            assertThat(document.get("models").get("m-1").asInt()).isEqualTo(3);
        }
    }
}
