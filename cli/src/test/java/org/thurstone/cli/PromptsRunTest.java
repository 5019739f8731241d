package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.Seeds;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.tensor.Device;
import org.thurstone.worlds.language.LoopRecipe;
import org.thurstone.worlds.language.ModelTrainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The loop on prompts from a file, with each kind of judge and annotator. */
class PromptsRunTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** A model that knows sums a little: good enough to be right now and then. */
    private static final String START = """
        task:
          arithmetic:
            {demonstrations: 1500, width: 32, largest: 3, limit: 8, fewest-operands: 2, most-operands: 2, carry-noise: 0.3,
             imitation: {epochs: 1, batch-size: 48, learning-rate: 1e-2}}
        """;

    private static final String RECIPE = """
        model: model
        task: {prompts: {train: prompts.jsonl, held-out: more.jsonl}}
        %s
        iterations: 1
        prompts: 6
        samples: 4
        sampling: {temperature: 1.0, max-tokens: 8}
        labels: {total: 4}
        training: {batch-size: 4, learning-rate: 1e-3}
        evaluation: {prompts: 4, greedy: false, pairs: 2}
        """;

    @TempDir
    static Path temp;

    private static Path parked = Path.of("");

    @BeforeAll
    static void aModelAndPrompts() throws IOException {
        Path model = Files.createDirectory(temp.resolve("model"));
        try (MetricsLog metrics = MetricsLog.open(temp.resolve("log"))) {
            Seeds seeds = new Seeds(1);
            Recipe.parse(START, "start")
                    .bind(LoopRecipe.class, Catalogue.installed())
                    .task()
                    .open(seeds, Progress.SILENT)
                    .start(
                            model,
                            Optional.empty(),
                            new ModelTrainer(Device.CPU, metrics, Progress.SILENT),
                            seeds,
                            Progress.SILENT);
        }
        sums(temp.resolve("prompts.jsonl"), List.of("1+1", "1+2", "2+1", "2+2", "3+1", "3+2", "1+3"));
        sums(temp.resolve("more.jsonl"), List.of("2+3", "3+3", "3-1", "3-2"));
        parked = temp.resolve("parked");
        assertThat(run("parked", "judge: {exact: {after: '#'}}\nannotator: {file: {}}")
                        .code())
                .isEqualTo(75);
    }

    private static void sums(Path file, List<String> sums) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String sum : sums) {
            int second = Integer.parseInt(sum.substring(1));
            rows.add("{\"prompt\": \"%s:\", \"answer\": %d}".formatted(sum, sum.charAt(0) - '0' + second));
        }
        Files.write(file, rows);
    }

    /** Runs, or resumes, in a directory of the name. */
    private static Shell run(String name, String who) throws IOException {
        Path recipe = Files.writeString(temp.resolve(name + ".yaml"), RECIPE.formatted(who));
        return Shell.run(
                "run", recipe.toString(), "--output", temp.resolve(name).toString(), "--device", "cpu");
    }

    private static JsonNode round(String name) {
        return JSON.readTree(temp.resolve(name).resolve("iteration-1/round.json"));
    }

    private static void goesThrough(String name, String who) throws IOException {
        Shell shell = run(name, who);
        assertThat(shell.code()).as(shell.err() + shell.out()).isZero();
        assertThat(temp.resolve(name).resolve("iteration-1/policy/model.safetensors"))
                .exists();
        JsonNode evaluation = round(name).get("evaluation");
        assertThat(evaluation.get("score").get("mean").isNumber()).isTrue();
        assertThat(evaluation.get("win_rate").get("count").asInt()).isEqualTo(2);
        assertThat(shell.out()).contains("win rate");
    }

    @Test
    void aVerifierJudgesByTheReferenceAnswers() throws IOException {
        goesThrough("verifier", "judge: {exact: {after: '#'}}");
    }

    @Test
    void anEmbeddingRewardJudges() throws IOException {
        Files.write(temp.resolve("good.txt"), List.of("1+1=2#2", "2+1=3#3", "1+3=4#4", "2+2=4#4"));
        Files.write(temp.resolve("bad.txt"), List.of("1", "7=7=7", "3+#", "0#0#0"));
        goesThrough("embedding", "judge: {sentence-reward: {positive: good.txt, negative: bad.txt, held-out: 0}}");
    }

    @Test
    void aCommitteeOfTwoJudges() throws IOException {
        goesThrough(
                "committee",
                "judge: {committee: {members: [{respondent: {exact: {after: '#'}}, weight: 2}, {respondent: words}]}}");
    }

    @Test
    void aSimulatedHumanAnnotates() throws IOException {
        goesThrough("human", "judge: {exact: {after: '#'}}\nannotator: {simulated-human: {temperature: 0.5}}");
    }

    @Test
    void withoutAJudgePairingIsRandomAndNothingIsScored() throws IOException {
        Shell first = run("unjudged", "annotator: {file: {}}");
        assertThat(first.code()).as(first.err()).isEqualTo(75);
        assertThat(Files.readString(temp.resolve("unjudged/recipe.yaml"))).contains("name: random");
        answer("unjudged", row -> row.put("preference", "left"));
        assertThat(run("unjudged", "annotator: {file: {}}").code()).isEqualTo(75);
        answer("unjudged", row -> row.put("grade", -2).put("scale", 3));
        Shell last = run("unjudged", "annotator: {file: {}}");
        assertThat(last.code()).as(last.err()).isZero();
        Path changed = filled(temp.resolve("unjudged-ask.jsonl"), row -> row.put("preference", "right"));
        Shell late =
                Shell.run("answers", "import", temp.resolve("unjudged").toString(), changed.toString(), "--replace");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err())
                .contains("cannot be corrected any more: the evaluation of iteration-1/policy has used it");
        JsonNode evaluation = round("unjudged").get("evaluation");
        assertThat(evaluation.get("score").isNull()).isTrue();
        assertThat(evaluation.get("kl_to_start").isNumber()).isTrue();
        assertThat(evaluation.get("win_rate").get("count").asInt()).isEqualTo(2);
    }

    @Test
    void aParkedRunResumesToTheResultOfAJudgeWithTheSameAnswers() throws IOException {
        goesThrough("at-once", "judge: {exact: {after: '#'}}");
        String who = "judge: {exact: {after: '#'}}\nannotator: {file: {}}";
        Shell shell = run("file", who);
        assertThat(shell.code()).isEqualTo(75);
        assertThat(shell.out())
                .contains(
                        "parked: ",
                        "questions wait for answers (" + temp.resolve("file/questions.jsonl") + ")",
                        "thurstone questions export " + temp.resolve("file"),
                        "thurstone answers import " + temp.resolve("file"));
        for (int i = 0; i < 3 && shell.code() == 75; i++) {
            answer("file", PromptsRunTest::asTheJudge);
            shell = run("file", who);
        }
        assertThat(shell.code()).as(shell.err()).isZero();
        for (String file : List.of("policy/model.safetensors", "completions.jsonl", "selection.json")) {
            assertThat(temp.resolve("file/iteration-1").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("at-once/iteration-1").resolve(file));
        }
        assertThat(round("file").get("evaluation").get("win_rate"))
                .isEqualTo(round("at-once").get("evaluation").get("win_rate"));
    }

    private interface Filling {
        void in(ObjectNode row);
    }

    /** Exports the questions of a run, fills in each row and imports them. */
    private static void answer(String name, Filling filling) throws IOException {
        Path ask = temp.resolve(name + "-ask.jsonl");
        export(temp.resolve(name), ask);
        Path answered = filled(ask, filling);
        Shell imported = Shell.run("answers", "import", temp.resolve(name).toString(), answered.toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("no open questions");
    }

    private static void export(Path run, Path to) {
        Shell exported = Shell.run("questions", "export", run.toString(), "--output", to.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
    }

    private static Path filled(Path ask, Filling filling) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ask)) {
            ObjectNode row = (ObjectNode) JSON.readTree(line);
            filling.in(row);
            rows.add(row.toString());
        }
        return Files.write(ask.resolveSibling("filled-" + ask.getFileName()), rows);
    }

    private static void asTheJudge(ObjectNode row) {
        int sum = sum(row.get("prompt").asString());
        int left = correct(row.get("left").asString(), sum);
        int right = correct(row.get("right").asString(), sum);
        row.put("preference", left == right ? "tie" : left > right ? "left" : "right");
    }

    private static int sum(String prompt) {
        return prompt.charAt(0) - '0' + Integer.parseInt(prompt.substring(1, 3));
    }

    private static int correct(String completion, int sum) {
        int mark = completion.lastIndexOf('#');
        return mark >= 0 && completion.substring(mark + 1).strip().equals("" + sum) ? 1 : 0;
    }

    /** A copy of the parked run, and its exported questions. */
    private record Copy(Path run, Path ask) {}

    private static Copy copy(String name) throws IOException {
        Path to = temp.resolve(name);
        try (Stream<Path> files = Files.walk(parked)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(parked.relativize(file)));
            }
        }
        Path ask = temp.resolve(name + ".ask.jsonl");
        export(to, ask);
        return new Copy(to, ask);
    }

    private static void refused(Copy copy, Path answers, String... reasons) {
        Shell shell = Shell.run("answers", "import", copy.run.toString(), answers.toString());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains(reasons);
    }

    @Test
    void answersForAnotherRunAreRefused() throws IOException {
        Copy copy = copy("other-run");
        Path answers = filled(copy.ask, row -> row.put("run", "0123").put("preference", "left"));
        refused(copy, answers, answers + ":1: it answers a question of run 0123");
    }

    @Test
    void answersToUnknownQuestionsAreRefused() throws IOException {
        Copy copy = copy("unknown-id");
        Path answers = filled(copy.ask, row -> row.put("id", "abc:0,1").put("preference", "left"));
        refused(copy, answers, answers + ":1: no question of this run has the id abc:0,1");
    }

    @Test
    void impossibleGradesAreRefused() throws IOException {
        Copy copy = copy("impossible-grade");
        Path answers = filled(copy.ask, row -> row.put("grade", 99));
        refused(copy, answers, answers + ":1: ", "grade");
    }

    @Test
    void peopleWhoContradictEachOtherAreRefused() throws IOException {
        Copy copy = copy("contradiction");
        String row = Files.readAllLines(copy.ask).getFirst();
        Path answers = Files.write(
                copy.run.resolveSibling("contradiction.jsonl"),
                Stream.of("left", "right")
                        .map(side -> ((ObjectNode) JSON.readTree(row))
                                .put("preference", side)
                                .put("annotator", side + "-handed")
                                .toString())
                        .toList());
        refused(copy, answers, answers + ":2: it contradicts line 1", "right-handed says", "left-handed says");
    }

    @Test
    void recordedAnswerIsReplacedOnlyOnRequest() throws IOException {
        Copy copy = copy("correction");
        Path left = filled(copy.ask, row -> row.put("preference", "left"));
        assertThat(Shell.run("answers", "import", copy.run.toString(), left.toString())
                        .code())
                .isZero();
        Path right = filled(copy.ask, row -> row.put("preference", "right"));
        refused(copy, right, "it contradicts what is recorded", "--replace");
        Shell replaced = Shell.run("answers", "import", copy.run.toString(), right.toString(), "--replace");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(replaced.out()).contains("4 corrected");
    }

    @Test
    void runKilledAfterItsAnswersWereClosedAcceptsNoCorrection() throws Exception {
        Copy copy = copy("closed");
        Path left = filled(copy.ask, row -> row.put("preference", "left"));
        assertThat(Shell.run("answers", "import", copy.run.toString(), left.toString())
                        .code())
                .isZero();
        String recipe = temp.resolve("parked.yaml").toString();
        ChildRun child = new ChildRun(temp.resolve("closed.log"));
        // The first thing that the resumed run appends says that its comparisons use the answers.
        ChildRun.Ended killed =
                child.run("append:1", "run", recipe, "--output", copy.run.toString(), "--device", "cpu");
        assertThat(killed.code()).as(killed.log()).isEqualTo(137);
        assertThat(copy.run.resolve("iteration-1/comparisons.jsonl")).doesNotExist();
        Path right = filled(copy.ask, row -> row.put("preference", "right"));
        Shell corrected = Shell.run("answers", "import", copy.run.toString(), right.toString(), "--replace");
        assertThat(corrected.code()).isEqualTo(1);
        assertThat(corrected.err()).contains("cannot be corrected any more: iteration-1/comparisons.jsonl has used it");
        assertThat(Shell.run("run", recipe, "--output", copy.run.toString(), "--device", "cpu")
                        .code())
                .isEqualTo(75);
        assertThat(copy.run.resolve("iteration-1/comparisons.jsonl")).exists();
    }

    @Test
    void ratingsByPeopleCannotBeCorrectedOnceTheyAreUsed() throws IOException {
        String who = "judge: {file: {}}";
        Shell shell = run("rated", who);
        List<Path> asked = new ArrayList<>();
        for (int i = 0; i < 6 && shell.code() == 75; i++) {
            Path ask = temp.resolve("rated-" + i + ".jsonl");
            export(temp.resolve("rated"), ask);
            asked.add(ask);
            Path scores = filled(
                    ask,
                    row -> row.set(
                            "scores",
                            JSON.createArrayNode()
                                    .add(row.get("alternatives")
                                                    .get(0)
                                                    .asString()
                                                    .length()
                                            % 3)));
            Shell imported =
                    Shell.run("answers", "import", temp.resolve("rated").toString(), scores.toString());
            assertThat(imported.code()).as(imported.err()).isZero();
            shell = run("rated", who);
        }
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(asked).hasSizeGreaterThan(1);
        for (Path ask : asked) {
            Path other =
                    filled(ask, row -> row.set("scores", JSON.createArrayNode().add(7)));
            Shell late =
                    Shell.run("answers", "import", temp.resolve("rated").toString(), other.toString(), "--replace");
            assertThat(late.code()).isEqualTo(1);
            assertThat(late.err())
                    .contains("since %1$d of %1$d rows"
                            .formatted(Files.readAllLines(ask).size()));
        }
    }

    @Test
    void runInProgressAcceptsNoAnswers() throws IOException {
        Copy copy = copy("running");
        Path answers = filled(copy.ask, row -> row.put("preference", "left"));
        try (FileLedger running = FileLedger.open(copy.run)) {
            assertThat(running.open()).isNotEmpty();
            refused(copy, answers, "in use");
        }
    }

    @Test
    void aDamagedLineOfTheLedgerIsNamed() throws IOException {
        Copy copy = copy("damaged");
        Path questions = copy.run.resolve("questions.jsonl");
        byte[] bytes = Files.readAllBytes(questions);
        int second = new String(bytes, StandardCharsets.UTF_8).indexOf("\"form\"");
        bytes[second + 1] ^= 1;
        Files.write(questions, bytes);
        Shell shell = Shell.run("questions", "export", copy.run.toString(), "--output", copy.ask.toString());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("questions.jsonl:");
    }

    @Test
    void changedPromptsAreNotResumedOn() throws IOException {
        Path own = Files.createDirectory(temp.resolve("changed"));
        Files.copy(temp.resolve("prompts.jsonl"), own.resolve("prompts.jsonl"));
        Path recipe = Files.writeString(
                own.resolve("r.yaml"),
                RECIPE.formatted("annotator: {file: {}}")
                        .replace("model: model", "model: ../model")
                        .replace("more.jsonl", "../more.jsonl"));
        String[] command = {
            "run", recipe.toString(), "--output", own.resolve("run").toString(), "--device", "cpu"
        };
        assertThat(Shell.run(command).code()).isEqualTo(75);
        Files.writeString(own.resolve("prompts.jsonl"), "{\"prompt\": \"1+1:\", \"answer\": 2}\n");
        Shell shell = Shell.run(command);
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err())
                .contains("the inputs have changed since the run")
                .contains("prompts.jsonl");
    }

    @Test
    void promptsThatLeaveNoRoomAreNamed() throws IOException {
        String sum = "1" + "+1".repeat(40);
        Files.writeString(
                temp.resolve("long.jsonl"),
                "{\"id\": \"long\", \"prompt\": \"%s:\"}\n{\"prompt\": \"1+1:\"}\n".formatted(sum));
        Path recipe = Files.writeString(
                temp.resolve("long.yaml"),
                RECIPE.formatted("annotator: {file: {}}").replace("train: prompts", "train: long"));
        Shell shell = Shell.run(
                "run", recipe.toString(), "--output", temp.resolve("long").toString(), "--device", "cpu");
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("1 prompts leave no room", "\"long\" (");
    }
}
