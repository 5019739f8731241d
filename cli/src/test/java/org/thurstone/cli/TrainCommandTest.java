package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.offline.OfflineRecipe;
import org.thurstone.worlds.language.offline.OfflineTraining;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {

    @TempDir
    private Path dir;

    private Path model = Path.of("");
    private Path pairs = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void modelAndPairs() throws IOException {
        model = TinyModel.write(dir.resolve("model"));
        // The chosen ends in a, the rejected in z, whatever is asked: four answers to each of twelve prompts.
        pairs = Files.writeString(dir.resolve("pairs.jsonl"), pairs(48));
        out = dir.resolve("run");
    }

    private static String pairs(int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            char letter = (char) ('b' + i % 12);
            String more = Character.toString('b' + i / 12).repeat(1 + i % 3);
            rows.append("{\"prompt\": \"%s\", \"chosen\": \"%sa\", \"rejected\": \"%sz\"}\n"
                    .formatted(Character.toString(letter).repeat(2), more, more));
        }
        return rows.toString();
    }

    @Test
    void modelLearnsToRankHeldOutPairs() throws IOException {
        Shell shell = train(
                "--format",
                "json",
                "--held-out-share",
                "0.25",
                "--set",
                "training.epochs=6",
                "--set",
                "training.batch-size=8",
                "--set",
                "training.learning-rate=1e-2");
        assertThat(shell.code()).as(shell.err()).isZero();
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        JsonNode evaluations = document.get("evaluations");
        assertThat(evaluations.size()).isEqualTo(7);
        JsonNode start = evaluations.get(0);
        JsonNode end = evaluations.get(6);
        assertThat(start.get("loss").asDouble()).isCloseTo(Math.log(2), within(1e-5));
        assertThat(start.get("margin").asDouble()).isCloseTo(0, within(1e-4));
        assertThat(end.get("epoch").asDouble()).isEqualTo(6);
        assertThat(end.get("accuracy").asDouble()).isEqualTo(1);
        assertThat(end.get("low").asDouble()).isBetween(0.5, 0.99);
        assertThat(end.get("loss").asDouble()).isLessThan(0.6);
        assertThat(end.get("shorter_wins").asDouble())
                .as("all are of one length")
                .isEqualTo(0.5);
        assertThat(out.resolve("report.html"))
                .content()
                .contains("Held-out accuracy of the implicit reward")
                .contains("shorter wins");
        assertThat(out.resolve("recipe.yaml")).content().contains("beta: 0.1");
        assertThat(out.resolve("tensorboard")).isDirectory();
        assertThat(out.resolve("training.safetensors")).doesNotExist();
        // Twelve prompts, a quarter of them held out with all of their rows.
        assertThat(shell.err()).contains("36 examples to train on, 12 held out");
        Shell scored = Shell.run(
                "score",
                "--model",
                out.resolve("policy").toString(),
                write("rows.jsonl", "{\"prompt\": \"bb\", \"completion\": \"ba\"}\n")
                        .toString(),
                "--output",
                "-");
        assertThat(scored.code()).as(scored.err()).isZero();
        Shell again = train(
                "--held-out-share",
                "0.25",
                "--set",
                "training.epochs=6",
                "--set",
                "training.batch-size=8",
                "--set",
                "training.learning-rate=1e-2");
        assertThat(again.code()).as("a finished run says its figures again").isZero();
        assertThat(again.out()).contains("resuming the run").contains("100.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 12, 18})
    void killedRunResumesBitIdentically(int killedAt) throws IOException {
        Map<String, List<MetricsRow>> whole = run(dir.resolve("whole"), Progress.SILENT);
        Progress killer = new Progress() {
            @Override
            public void say(String line) {}

            @Override
            public void step(String what, long done, long total, String note) {
                if (what.equals("training") && done == killedAt) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThatThrownBy(() -> run(out, killer)).hasMessage("killed");
        assertThat(out.resolve("policy")).doesNotExist();
        // What is said of a stopped run is true: a state is saved every three steps.
        assertThat(OfflineTraining.resumable(out)).isEqualTo(killedAt >= 3);
        Map<String, List<MetricsRow>> resumed = run(out, Progress.SILENT);
        assertThat(Files.mismatch(
                        out.resolve("policy/model.safetensors"), dir.resolve("whole/policy/model.safetensors")))
                .isEqualTo(-1);
        assertThat(figures(resumed)).isEqualTo(figures(whole));
    }

    @Test
    void aTrainingKilledAtItsWritesEndsWithTheSameFiles() throws Exception {
        new KilledRun(
                        Files.createDirectory(dir.resolve("kills")),
                        "train",
                        "--model=" + model,
                        "--data=" + pairs,
                        "--held-out-share=0.25",
                        "--save-every=3",
                        "--set=training={epochs: 4, batch-size: 8, learning-rate: 3e-3}")
                .endsTheSame(3, 2);
    }

    private Map<String, List<MetricsRow>> run(Path where, Progress progress) {
        OfflineRecipe recipe = Recipe.parse("", "test")
                .with("model=" + model)
                .with("data=" + pairs)
                .with("held-out-share=0.25")
                .with("training={epochs: 4, batch-size: 8, learning-rate: 3e-3}")
                .bind(OfflineRecipe.class, Catalogue.installed());
        new OfflineTraining(recipe, LoadOptions.on("cpu"), 3).in(where, progress);
        Map<String, List<MetricsRow>> byStage = new TreeMap<>();
        MetricsLog.read(where.resolve(MetricsLog.FILE))
                .forEach(r -> byStage.computeIfAbsent(r.stage(), s -> new ArrayList<>())
                        .add(r));
        return byStage;
    }

    /** Without times and speeds. */
    private static List<String> figures(Map<String, List<MetricsRow>> rows) {
        return rows.values().stream()
                .flatMap(List::stream)
                .map(r -> {
                    Map<String, Double> values = new TreeMap<>(r.values());
                    values.remove("tokens_per_second");
                    return r.stage() + " " + r.step() + " " + values;
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "kto", "simpo", "orpo", "ipo", "bmc", "ulma", "spac"})
    void comparisonsTrainLossesOfEveryKind(String loss) {
        Shell shell = train("--loss", loss);
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(out.resolve("policy/model.safetensors")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lipo", "pro", "triple-po", "tree-po"})
    void rankingsTrainLossesOverLists(String loss) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append("{\"prompt\": \"%s\", \"completions\": [\"ca\", \"cz\", \"ba\"], \"scores\": [2, 0, 1]}\n"
                    .formatted(Character.toString('b' + i)));
        }
        Files.writeString(pairs, rows);
        Shell shell = train("--loss", loss);
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(out.resolve("policy/model.safetensors")).exists();
    }

    @Test
    void twoReferencesAreSeparateModels() {
        Path other = TinyModel.write(dir.resolve("other"), 8, 3);
        Shell shell = train("--loss", "mrpo", "--set", "second-reference=" + other);
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(out.resolve("second-reference-log-probs.safetensors")).exists();
    }

    @Test
    void hindsightFeedbackIsText() {
        Shell shell = train(
                "--format", "json", "--loss", "chain-of-hindsight", "--set", "loss.good=g", "--set", "loss.bad=b");
        assertThat(shell.code()).as(shell.err()).isZero();
        // Of each of the pairs: both answers, and both after the other; two of twelve prompts are held out.
        assertThat(shell.err()).contains(4 * 40 + " examples to train on, " + 4 * 8 + " held out");
    }

    @Test
    void anAdapterIsTrainedAndWrittenAlone() {
        Shell shell = train("--set", "adapter.rank=2", "--set", "adapter.targets=[q_proj, v_proj]");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(out.resolve("policy/adapter_model.safetensors")).exists();
        assertThat(out.resolve("policy/model.safetensors")).doesNotExist();
        Shell none = trainTo(dir.resolve("other"), "--set", "adapter.targets=[q_prj]");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("no projection \"q_prj\"").contains("q_proj");
    }

    @Test
    void rowsThatAreDroppedAreListedWithReasons() throws IOException {
        Files.writeString(
                pairs,
                pairs(400)
                        + "{\"prompt\": \"c\", \"chosen\": \"\", \"rejected\": \"b\"}\n"
                        + "{\"prompt\": \"" + "a".repeat(40) + "\", \"chosen\": \"a\", \"rejected\": \"b\"}\n"
                        + "{\"prompt\": \"c\", \"chosen\": \"b\", \"rejected\": \"b\"}\n"
                        + "{\"prompt\": \"c\", \"chosen\": \"b  c\", \"rejected\": \"b c\"}\n"
                        + "{broken\n");
        Shell shell = train();
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("dropped:")
                .contains("1 × 'chosen' is empty (first: pairs.jsonl:401)")
                .contains("1 × chosen and rejected are identical (first: pairs.jsonl:403)")
                .contains("1 × the prompt leaves no room for a completion within 32 tokens (first: pairs.jsonl:402)");
        assertThat(out.resolve("report.html"))
                .content()
                .contains("Dropped rows")
                .contains("is empty");
    }

    @Test
    void severalFilesWithNamedColumnsAreTrainedOn() throws IOException {
        String rows =
                pairs(48).replace("chosen", "good").replace("rejected", "bad").replace("}\n", ", \"extra\": 1}\n");
        Path a = write("a1.jsonl", rows.substring(0, rows.indexOf('\n', 1000) + 1));
        write("a2.jsonl", rows.substring(rows.indexOf('\n', 1000) + 1));
        Shell shell = Shell.run(
                "train",
                "--model",
                model.toString(),
                "--data",
                dir + "/a?.jsonl",
                "--columns",
                "chosen=good,rejected=bad",
                "--output",
                out.toString());
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("not read: extra (");
        assertThat(out.resolve("inputs.json")).content().contains("a1.jsonl").contains("a2.jsonl");
        assertThat(out.resolve("data.json")).content().contains("extra");
        Shell twice = Shell.run(
                "train",
                "--model",
                model.toString(),
                "--data",
                a.toString(),
                "--data",
                a.toString(),
                "--output",
                dir.resolve("twice").toString());
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.err()).contains("is named twice");
    }

    @Test
    void tooManyBadRowsStopTheRunAndTheShareCanBeSet() throws IOException {
        Files.writeString(pairs, pairs(48) + "{broken\n");
        Shell refused = train();
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("1 of 49 rows are bad (2.0 %; at most 1 % may be)")
                .contains("pairs.jsonl:49: ");
        assertThat(trainTo(dir.resolve("other"), "--bad-rows", "0.05").code()).isZero();
    }

    @Test
    void promptsLongerThanTheContextAreDroppedCutOrRefused() throws IOException {
        Files.writeString(
                pairs,
                ("{\"prompt\": \"" + "ab".repeat(30) + "\", \"chosen\": \"c\", \"rejected\": \"d\"}\n").repeat(1));
        Shell dropped = train("--held-out-share", "0");
        assertThat(dropped.code()).isEqualTo(1);
        assertThat(dropped.err()).contains("leaves nothing to train on").contains("leaves no room for a completion");
        Shell refused = trainTo(dir.resolve("b"), "--held-out-share", "0", "--long-prompts", "refuse");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("pairs.jsonl:1: ")
                .contains("the prompt leaves no room for a completion within 32 tokens: it has 60");
        Shell kept = trainTo(dir.resolve("c"), "--held-out-share", "0", "--long-prompts", "keep-end");
        assertThat(kept.code()).as(kept.err()).isZero();
    }

    /** Answers that fill the context are cut, each is counted, and short ones next to them keep finite losses. */
    @ParameterizedTest
    @ValueSource(strings = {"dpo", "simpo", "orpo"})
    void longAnswersAreCutCountedAndKeepTheLossFinite(String loss) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            String prompt = Character.toString('b' + i).repeat(i < 4 ? 40 : 3);
            rows.append("{\"prompt\": \"%s\", \"chosen\": \"%s\", \"rejected\": \"c\"}\n"
                    .formatted(prompt, "ab".repeat(30)));
        }
        Files.writeString(pairs, rows);
        Shell shell = train("--loss", loss, "--held-out-share", "0", "--long-prompts", "keep-end", "--epochs", "2");
        assertThat(shell.code()).as(shell.err()).isZero();
        String cut = "12 × a completion was cut, since it does not fit after its prompt";
        assertThat(shell.out()).contains(cut).contains("4 × a prompt was cut at its beginning");
        assertThat(out.resolve("data.json")).content().contains("a completion was cut");
        assertThat(out.resolve("report.html")).content().contains("a completion was cut");
        assertThat(losses(out)).isNotEmpty().allMatch(Double::isFinite);
    }

    @Test
    void conversationsSayWhichAnswersAreTrainedOn() throws IOException {
        Path letters = TinyModel.ofCharacters(dir.resolve("characters"));
        Path chats = write("chats.jsonl", """
            {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}]}
            """);
        for (String turns : List.of("last", "all")) {
            Shell inspected = Shell.run(
                    "data", "inspect", chats.toString(), "--model=" + letters, "--show=1", "--turns=" + turns);
            assertThat(inspected.out()).contains("[d]").contains(turns.equals("all") ? "[b]" : "b");
            assertThat(inspected.out().contains("[b]")).isEqualTo(turns.equals("all"));
            Shell trained = Shell.run(
                    "train",
                    "--model=" + letters,
                    "--data=" + chats,
                    "--loss=sft",
                    "--held-out-share=0",
                    "--set=turns=" + turns,
                    "--output=" + dir.resolve(turns));
            assertThat(trained.code()).as(trained.err()).isZero();
            assertThat(trained.out().contains("1 × a conversation of which only the last answer is trained on"))
                    .isEqualTo(turns.equals("last"));
        }
    }

    private static List<Double> losses(Path run) {
        return MetricsLog.read(run.resolve(MetricsLog.FILE)).stream()
                .flatMap(row -> row.values().entrySet().stream())
                .filter(value -> value.getKey().equals("loss"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void singleRatingsTrainInBatchesOfAnySize(int batch) throws IOException {
        ratings(9, 2);
        Shell shell = train("--loss", "kto", "--held-out-share", "0", "--batch-size", String.valueOf(batch));
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out() + shell.err()).doesNotContain("warning: all");
        assertThat(losses(out)).isNotEmpty().allMatch(Double::isFinite);
    }

    @Test
    void ratingsThatAreAllAlikeAreWarnedOf() throws IOException {
        ratings(9, 1);
        Shell shell = train("--loss", "kto", "--held-out-share", "0");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("warning: all 9 completions are desirable");
    }

    private void ratings(int count, int every) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(
                    "{\"prompt\": \"%c\", \"completion\": \"ca\", \"label\": %s}\n".formatted('b' + i, i % every == 0));
        }
        Files.writeString(pairs, rows);
    }

    @Test
    void aTokenizerThatDoesNotMatchIsNamed() throws IOException {
        Path other = dir.resolve("other-tokenizer");
        new org.thurstone.model.text.WordTokenizerFile(
                        java.util.stream.IntStream.range(0, 60)
                                .mapToObj(i -> Character.toString('A' + i))
                                .toList(),
                        "\\S")
                .write(other, 32);
        Files.copy(
                other.resolve("tokenizer.json"),
                model.resolve("tokenizer.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Shell shell = train();
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err())
                .contains("the tokenizer does not fit the model")
                .contains("62")
                .contains("31");
    }

    @Test
    void weightsThatDoNotFitTheConfigurationAreNamed() throws IOException {
        Path config = model.resolve("config.json");
        String before = Files.readString(config);
        Files.writeString(config, before.replaceFirst("(\"intermediate_size\"\\s*:) 24", "$1 20"));
        Shell misshaped = train();
        assertThat(misshaped.code()).isEqualTo(1);
        assertThat(misshaped.err())
                .contains("model.layers.0.mlp.gate_proj.weight")
                .contains("24")
                .contains("20");
        Files.writeString(config, before.replaceFirst("(\"num_hidden_layers\"\\s*:) 2", "$1 3"));
        Shell missing = trainTo(dir.resolve("other"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("model.layers.2.").contains("missing");
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestOne() {
        Shell shell = train("--set", "training.learning-rat=1e-3");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("learning-rat").contains("learning-rate");
        Shell loss = train("--loss", "dop");
        assertThat(loss.code()).isEqualTo(2);
        assertThat(loss.err()).contains("dop").contains("dpo");
        assertThat(out).doesNotExist();
    }

    @Test
    void aPairwiseLossOnRatingsIsRefused() throws IOException {
        Files.writeString(
                pairs,
                "{\"prompt\": \"a\", \"completion\": \"b\", \"label\": true}\n".repeat(4)
                        + "{\"prompt\": \"c\", \"completion\": \"d\", \"label\": false}\n");
        Shell shell = train();
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("compares pairs").contains("choose a loss for");
        assertThat(out.resolve("policy")).doesNotExist();
    }

    @Test
    void adapterTargetsAreAListOrAllLinear() {
        assertThat(train("--set", "adapter.targets=lm_head").err())
                .contains("the model has no projection \"lm_head\" to adapt; it has down_proj");
        Shell shell =
                train("--held-out-share", "0", "--set", "adapter.targets=all-linear", "--set", "training.epochs=1");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(out.resolve("recipe.yaml")).content().contains("targets: []");
    }

    @Test
    void missingPartsAreNamed() {
        Shell nothing = Shell.run("train", "--output", out.toString());
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("--model is missing: ");
        Shell data = Shell.run(
                "train",
                "--model",
                model.toString(),
                "--data",
                dir.resolve("none.jsonl").toString(),
                "--output",
                out.toString());
        assertThat(data.code()).isEqualTo(1);
        assertThat(data.err()).contains("none.jsonl").contains("no such file");
        Shell policy = Shell.run(
                "train",
                "--model",
                dir.resolve("none").toString(),
                "--data",
                pairs.toString(),
                "--output",
                dir.resolve("b").toString());
        assertThat(policy.code()).isEqualTo(1);
        assertThat(policy.err()).contains("there is no model ");
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamed() throws IOException {
        Path file = write("file", "x");
        Shell isFile = trainTo(file);
        assertThat(isFile.code()).isEqualTo(1);
        assertThat(isFile.err()).contains(file.toString()).doesNotContain("\tat ");
        Path full = Files.createDirectory(dir.resolve("full"));
        Files.writeString(full.resolve("thesis.txt"), "x");
        assertThat(trainTo(full).err()).contains("is not empty and holds no run");
    }

    @Test
    void failedStartLeavesNoRunDirectory() throws IOException {
        Files.writeString(pairs, pairs(48) + "{broken\n".repeat(2));
        assertThat(train().err()).contains("2 of 50 rows are bad");
        assertThat(out).doesNotExist();
        Shell corrected = train("--bad-rows", "0.1");
        assertThat(corrected.code()).as(corrected.err()).isZero();
    }

    @Test
    void missingInputLeavesNoRunDirectory() {
        for (String input : List.of("--data", "--held-out", "--model", "--reference")) {
            Map<String, Path> given = new TreeMap<>(Map.of("--model", model, "--data", pairs, "--output", out));
            given.put(input, dir.resolve("none"));
            List<String> args = new ArrayList<>(List.of("train"));
            given.forEach((option, path) -> args.addAll(List.of(option, path.toString())));
            Shell missing = Shell.run(args.toArray(String[]::new));
            assertThat(missing.code()).as(missing.err()).isEqualTo(1);
            assertThat(missing.err()).contains("none");
            assertThat(out).doesNotExist();
        }
        assertThat(train("--loss", "kto", "--set", "loss.beta=0").err()).contains("beta");
        assertThat(out).doesNotExist();
        assertThat(train().code()).isZero();
    }

    @Test
    void emptyFilesAreCalledEmpty() throws IOException {
        Path empty = write("empty.jsonl", "");
        Path blank = write("blank.jsonl", "\n\n");
        for (Path none : List.of(empty, blank)) {
            Shell refused = Shell.run("train", "--model=" + model, "--data=" + none, "--output=" + out);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains(none + " is empty: it has no rows");
            assertThat(out).doesNotExist();
        }
        Shell both = Shell.run("train", "--model=" + model, "--data=" + empty, "--data=" + blank, "--output=" + out);
        assertThat(both.err()).contains(empty + ", " + blank + " are empty: they have no rows");
        Shell heldOut = train("--held-out", empty.toString());
        assertThat(heldOut.code()).isEqualTo(1);
        assertThat(heldOut.err()).contains("held-out " + empty + " has no rows to evaluate on");
        // Next to another file it is said.
        Shell next = train("--data", empty.toString(), "--held-out-share", "0");
        assertThat(next.code()).as(next.err()).isZero();
        assertThat(next.out()).contains("empty.jsonl").contains("the file has no rows");
    }

    @Test
    void lossThatDoesNotTakeTheDataLeavesNoRunDirectory() throws IOException {
        Files.writeString(pairs, "{\"prompt\": \"a\", \"completion\": \"b\", \"label\": true}\n".repeat(8));
        assertThat(train("--held-out-share", "0").err()).contains("compares pairs");
        assertThat(out).doesNotExist();
        assertThat(train("--held-out-share", "0.5", "--loss", "kto").err()).contains("leaves nothing to train on");
        assertThat(out).doesNotExist();
        Shell fitting = train("--held-out-share", "0", "--loss", "bco");
        assertThat(fitting.code()).as(fitting.err()).isZero();
    }

    @Test
    void referenceWithAnotherTokenizerIsRefused() throws IOException {
        Path other = TinyModel.write(dir.resolve("other"), 16, 2);
        assertThat(trainTo(dir.resolve("same"), "--reference", other.toString()).code())
                .isZero();
        Path tokenizer = other.resolve("tokenizer.json");
        Files.writeString(
                tokenizer,
                Files.readString(tokenizer)
                        .replaceFirst("\"b\"", "\"?\"")
                        .replaceFirst("\"c\"", "\"b\"")
                        .replaceFirst("\"[?]\"", "\"c\""));
        Shell shell = train("--reference", other.toString());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("has another tokenizer than the model").contains("token \"");
        assertThat(out).doesNotExist();
    }

    @Test
    void aRunOfAnotherRecipeOrOfOtherDataIsNotGoneOnWith() throws IOException {
        assertThat(train().code()).isZero();
        Shell other = train("--set", "loss.beta=0.2");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err())
                .contains("holds a run of another recipe")
                .contains("beta: 0.1")
                .contains("beta: 0.2");
        Files.writeString(pairs, pairs(47));
        Shell changed = train();
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.err())
                .contains("the inputs have changed since the run")
                .contains("pairs.jsonl");
    }

    @Test
    void aTrainingThatRunsAwayIsStoppedAndTheBatchNamed() {
        Shell shell =
                train("--set", "training.learning-rate=1e30", "--set", "training.epochs=4", "--held-out-share", "0");
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("training stopped at step").contains("pairs.jsonl:");
        assertThat(out.resolve("policy")).doesNotExist();
    }

    @Test
    void aLossThatJumpsIsStoppedAndTheStateBeforeIsKept() throws IOException {
        // Nothing can be learned from a preference and its opposite.
        Files.writeString(
                pairs,
                pairs(48)
                        + pairs(48)
                                .replace("chosen", "?")
                                .replace("rejected", "chosen")
                                .replace("?", "rejected"));
        String[] settings = {
            "--set",
            "training={epochs: 12, batch-size: 8, learning-rate: 0.1, schedule: constant}",
            "--set",
            "training.loss-limit={factor: 1.5, steps: 3}",
            "--beta",
            "100",
            "--save-every",
            "1",
            "--held-out-share",
            "0"
        };
        Shell shell = train(settings);
        assertThat(shell.code()).as(shell.err()).isEqualTo(1);
        assertThat(shell.err())
                .contains("for 3 steps the loss has been above")
                .contains("raise training.loss-limit.factor")
                .doesNotContain("The batch that did it");
        assertThat(out.resolve("policy")).doesNotExist();
        // The state is of a step before the loss had passed its limit, so the resumed training is stopped again.
        Shell again = train(settings);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo(shell.err());
    }

    @Test
    void destroyedModelIsWarnedOfAndTheBestOneIsKept() throws IOException {
        Shell shell = train(
                "--format",
                "json",
                "--set",
                "training={epochs: 3, batch-size: 8, learning-rate: 1e6}",
                "--set",
                "training.schedule=constant",
                // Six letters of an untrained model have less than eight nats.
                "--set",
                "warnings.kl=1");
        assertThat(shell.code()).as(shell.err()).isZero();
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(document.get("warnings").findValuesAsString("kind")).contains("kl", "held_out_loss");
        assertThat(shell.err()).contains("warning: far from the reference: after 3 epochs the policy is");
        assertThat(out.resolve("report.html"))
                .content()
                .contains("Training did not lower the held-out loss")
                .contains("far from the reference")
                .doesNotContain("NaN")
                .doesNotContain("not finite")
                .contains("lower training.learning-rate");
        // No step made it better, so the best model is the initial one.
        assertThat(document.get("policy_epoch").asDouble()).isZero();
        assertThat(Files.mismatch(out.resolve("policy/model.safetensors"), model.resolve("model.safetensors")))
                .isEqualTo(-1);
        assertThat(Files.mismatch(out.resolve("last/model.safetensors"), model.resolve("model.safetensors")))
                .isNotEqualTo(-1);
    }

    @Test
    void policyHasTheLowestHeldOutLoss() throws IOException {
        // Held-out pairs say the opposite from what is trained, but for the first steps' general direction.
        Shell shell = train(
                "--format",
                "json",
                "--set",
                "training={epochs: 4, batch-size: 4, learning-rate: 3e-2, evaluate-every: 2}",
                "--held-out-share",
                "0.5");
        assertThat(shell.code()).as(shell.err()).isZero();
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        double lowest = Double.POSITIVE_INFINITY;
        double at = -1;
        for (JsonNode evaluation : document.get("evaluations")) {
            if (evaluation.get("loss").asDouble() < lowest) {
                lowest = evaluation.get("loss").asDouble();
                at = evaluation.get("epoch").asDouble();
            }
        }
        assertThat(document.get("policy_epoch").asDouble()).isEqualTo(at);
        try (Stream<Path> entries = Files.list(out)) {
            assertThat(entries.map(p -> p.getFileName().toString()))
                    .contains("policy", "last")
                    .noneMatch(name -> name.startsWith("best-"));
        }
        // What policy/ is is what was evaluated.
        Shell evaluated = Shell.run(
                "train",
                "--format",
                "json",
                "--model=" + out.resolve("policy"),
                "--reference=" + model,
                "--data=" + pairs,
                "--held-out-share=0.5",
                "--set=training.learning-rate=1e-12",
                "--output=" + dir.resolve("evaluated"));
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(JsonMapper.shared()
                        .readTree(evaluated.out())
                        .get("evaluations")
                        .get(0)
                        .get("loss")
                        .asDouble())
                .isCloseTo(lowest, within(1e-5));
    }

    @Test
    void withoutHeldOutDataTheLastModelIsThePolicyAndThisIsReported() {
        Shell shell = train("--held-out-share", "0");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("nothing was held out: policy/ is the model after the last step");
        assertThat(out.resolve("last")).doesNotExist();
    }

    private Shell train(String... more) {
        return trainTo(out, more);
    }

    private Shell trainTo(Path where, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train", "--model", model.toString(), "--data", pairs.toString(), "--output", where.toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
