package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Example;
import org.thurstone.data.format.Examples;
import tools.jackson.databind.JsonNode;

/** Recipes whose policy or judge is behind an endpoint. */
class EndpointRunTest {

    @TempDir
    private Path dir;

    private Path prompts = Path.of("");

    @BeforeEach
    void prompts() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append("{\"prompt\": \"say ").append(i).append("\"}\n");
        }
        prompts = Files.writeString(dir.resolve("prompts.jsonl"), rows);
    }

    private Path recipe(String text) throws IOException {
        return Files.writeString(dir.resolve("recipe.yaml"), text);
    }

    /** Writes answers of different lengths; as a judge, prefers the longer answer and rates by length. */
    private static String answer(JsonNode body, AtomicInteger count) {
        String asked = ChatServer.asked(body);
        if (!asked.startsWith("<<<")) {
            return "answer " + "x".repeat(count.incrementAndGet() % 7);
        }
        String system = body.path("messages").path(0).path("content").asString("");
        String[] parts = asked.split("<<<");
        if (system.contains("You rate")) {
            return "{\"reason\": \"length\", \"score\": " + (1 + parts[2].length() % 9) + "}";
        }
        return "Well: {\"reason\": \"longer\", \"better\": \""
                + (parts[2].length() > parts[3].length() ? "first" : "second") + "\"}";
    }

    @Test
    void aPolicyBehindAnEndpointIsSampledJudgedPairedAndItsPairsConverted() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (ChatServer server = new ChatServer(body -> answer(body, count))) {
            Path recipe = recipe("""
                model: MODEL
                task: {prompts: {train: prompts.jsonl}}
                judge: JUDGE
                annotator: JUDGE
                prompts: 5
                samples: 3
                iterations: 2
                labels: {total: 8}
                loss: {dpo: {beta: 0.2}}
                training: {epochs: 2}
                """.replace("MODEL", server.model(", max-tokens: 50"))
                    .replace("JUDGE", server.model(", temperature: 0")));
            Shell checked = Shell.run("recipe", "check", recipe.toString());
            assertThat(checked.code()).as(checked.err()).isZero();
            assertThat(checked.out() + checked.err())
                    .contains("cannot be trained", "not used: loss, training", "30", "is two calls");
            Path run = dir.resolve("run");
            Shell shell = Shell.run("run", recipe.toString(), "--output", run.toString());
            assertThat(shell.code()).as(shell.err()).isZero();
            String said = shell.out() + shell.err();
            assertThat(said).contains("openai/m is behind an endpoint and cannot be trained", "thurstone data convert");
            List<Example> pairs = Examples.readAll(run.resolve("pairs.jsonl"));
            assertThat(pairs).isNotEmpty().hasSizeLessThanOrEqualTo(8).allSatisfy(e -> {
                Comparison c = (Comparison) e;
                assertThat(c.chosen().text().plain().length())
                        .isGreaterThan(c.rejected().text().plain().length());
            });
            int calls = server.calls();
            // 30 completions, their ratings where they differ, and two calls for each pair.
            assertThat(calls).isBetween(30 + pairs.size() * 2, 30 + 30 + 16);
            Shell again = Shell.run("run", recipe.toString(), "--output", run.toString());
            assertThat(again.code()).isZero();
            assertThat(server.calls()).as("nothing is asked twice").isEqualTo(calls);
            assertThat(Shell.run("check", run.toString()).code()).isZero();
            Path upload = dir.resolve("upload.jsonl");
            assertThat(Shell.run(
                                    "data",
                                    "convert",
                                    run.resolve("pairs.jsonl").toString(),
                                    "--to",
                                    "openai-preference",
                                    "--output",
                                    upload.toString())
                            .code())
                    .isZero();
            assertThat(Files.readAllLines(upload)).hasSameSizeAs(pairs);
        }
    }

    @Test
    void aRunThatStoppedGoesOnWithoutAskingAgain() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (ChatServer server = new ChatServer(
                body -> count.get() == 11 ? "!403" + (count.incrementAndGet() > 0 ? "" : "") : answer(body, count))) {
            Path recipe = recipe("""
                model: MODEL
                task: {prompts: {train: prompts.jsonl}}
                annotator: JUDGE
                prompts: 10
                samples: 2
                labels: {total: 5}
                """.replace("MODEL", server.model(", parallel: 1"))
                    .replace("JUDGE", server.model(", orders: one")));
            Path run = dir.resolve("run");
            Shell first = Shell.run("run", recipe.toString(), "--output", run.toString());
            assertThat(first.code()).isEqualTo(1);
            assertThat(first.err()).contains("answered 403");
            int before = server.calls();
            Shell second = Shell.run("run", recipe.toString(), "--output", run.toString());
            assertThat(second.code()).as(second.err()).isZero();
            int pairs = Examples.readAll(run.resolve("pairs.jsonl")).size();
            assertThat(server.calls())
                    .as("20 completions, one refusal, and the pairs")
                    .isEqualTo(21 + pairs);
            assertThat(before).isEqualTo(12);
        }
    }

    @Test
    void aRunWhoseCapWasReachedGoesOnWithAHigherOne() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (ChatServer server = new ChatServer(body -> answer(body, count))) {
            Path run = dir.resolve("run");
            Shell shell = Shell.run();
            for (String cap : new String[] {", cap: {calls: 6}", ", cap: {calls: 60}, parallel: 2"}) {
                Path recipe = recipe("""
                    model: MODEL
                    task: {prompts: {train: prompts.jsonl}}
                    annotator: JUDGE
                    prompts: 5
                    samples: 2
                    labels: {total: 3}
                    """.replace("MODEL", server.model(cap)).replace("JUDGE", server.model("")));
                shell = Shell.run("run", recipe.toString(), "--output", run.toString());
                if (cap.contains("6}")) {
                    assertThat(shell.code()).isEqualTo(1);
                    assertThat(shell.err()).contains("the cap of 6 calls is reached");
                    assertThat(server.calls()).isEqualTo(6);
                }
            }
            assertThat(shell.code()).as(shell.err()).isZero();
            int pairs = Examples.readAll(run.resolve("pairs.jsonl")).size();
            assertThat(server.calls()).isEqualTo(10 + 2 * pairs);
        }
    }

    @Test
    void aLocalPolicyIsJudgedByAnEndpointAndItsRunResumesWithAHigherCap() throws IOException {
        TinyModel.write(dir.resolve("model"));
        Path letters = Files.writeString(
                dir.resolve("letters.jsonl"),
                "{\"prompt\": \"ab\"}\n"
                        + "{\"prompt\": \"cd\"}\n"
                        + "{\"prompt\": \"ef\"}\n"
                        + "{\"prompt\": \"gh\"}\n"
                        + "{\"prompt\": \"ij\"}\n");
        AtomicInteger count = new AtomicInteger();
        try (ChatServer server = new ChatServer(body -> answer(body, count))) {
            Path run = dir.resolve("local");
            Shell shell = Shell.run();
            for (String cap : new String[] {"cap: {calls: 3}", "cap: {calls: 50}, parallel: 2"}) {
                Path recipe =
                        recipe("""
                            model: model
                            task: {prompts: {train: LETTERS, share: 0.2}}
                            annotator: JUDGE
                            iterations: 1
                            prompts: 4
                            samples: 3
                            sampling: {max-tokens: 6}
                            labels: {total: 3}
                            training: {batch-size: 2}
                            evaluation: {prompts: 1, greedy: false}
                            """.replace("LETTERS", letters.toString()).replace("JUDGE", server.model(", " + cap)));
                shell = Shell.run("run", recipe.toString(), "--output", run.toString());
                if (cap.endsWith("3}")) {
                    assertThat(shell.code()).isEqualTo(1);
                    assertThat(shell.err()).contains("the cap of 3 calls is reached");
                }
            }
            assertThat(shell.code()).as(shell.err()).isZero();
            assertThat(shell.out() + shell.err()).contains("Answers by model", "m-1");
            assertThat(server.calls())
                    .as("three pairs in both orders, each asked once")
                    .isEqualTo(6);
        }
    }

    @Test
    void whatAnEndpointCannotDoIsRefusedBeforeAnyCall() throws IOException {
        try (ChatServer server = new ChatServer(body -> "fine")) {
            for (String[] wrong : new String[][] {
                {"acquisition: margin", "asks for log-probabilities"},
                {"task: {arithmetic: {}}", "from a model on this machine"},
                {"pairing: best-worst", "the recipe has no judge"},
                {"samples: 1", "samples must be at least 2"},
                {"prompts: 50", "50 prompts are drawn at a time"},
            }) {
                Path recipe = recipe((wrong[0].startsWith("task") ? "" : "task: {prompts: {train: prompts.jsonl}}\n")
                        + (wrong[0].startsWith("prompts") ? "" : "prompts: 5\n") + "annotator: {file: {}}\nmodel: "
                        + server.model("") + "\n" + wrong[0] + "\n");
                Shell shell = Shell.run(
                        "run",
                        recipe.toString(),
                        "--output",
                        dir.resolve("run-" + wrong[0].hashCode()).toString());
                assertThat(shell.code()).as(wrong[0]).isNotZero();
                assertThat(shell.err()).contains(wrong[1]);
            }
            assertThat(server.calls()).isZero();
        }
    }

    @Test
    void peopleCanCompareWhatAnEndpointWrote() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (ChatServer server = new ChatServer(body -> answer(body, count))) {
            Path recipe = recipe("""
                model: MODEL
                task: {prompts: {train: prompts.jsonl}}
                annotator: {file: {}}
                prompts: 4
                samples: 3
                labels: {total: 3}
                """.replace("MODEL", server.model("")));
            Path run = dir.resolve("run");
            Shell parked = Shell.run("run", recipe.toString(), "--output", run.toString());
            assertThat(parked.code()).as(parked.err()).isEqualTo(75);
            Shell exported = Shell.run(
                    "questions",
                    "export",
                    run.toString(),
                    "--output",
                    dir.resolve("ask.jsonl").toString());
            assertThat(exported.code()).as(exported.err()).isZero();
            assertThat(Files.readAllLines(dir.resolve("ask.jsonl"))).hasSize(3);
        }
    }
}
