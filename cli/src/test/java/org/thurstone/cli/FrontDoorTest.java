package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.loop.Progress;
import org.thurstone.rank.board.BoardRequest;
import org.thurstone.rank.board.Ranking;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.recipe.Recipe;
import org.thurstone.recipe.RecipeError;
import org.thurstone.worlds.language.RecipeRun;
import org.thurstone.worlds.language.offline.OfflineTraining;

/** A program that calls the library gets the messages that a user of the command sees. */
class FrontDoorTest {

    @TempDir
    private Path directory;

    private interface Call {
        void go();
    }

    private static void saysTheSame(Call library, Class<? extends Throwable> kind, Shell command) {
        Throwable thrown = catchThrowable(library::go);
        assertThat(thrown).isInstanceOf(kind);
        assertThat(command.code()).isNotZero();
        assertThat(command.err().strip())
                .endsWith(String.valueOf(thrown.getMessage()).strip());
    }

    private OfflineTraining training(String policy, String data) {
        return OfflineTraining.of(Recipe.parse("", "test").with("model", policy).with("data", data));
    }

    private Path model() {
        return TinyModel.write(directory.resolve("model"));
    }

    @Test
    void anUnknownLossIsNamed() {
        saysTheSame(
                () -> OfflineTraining.of(Recipe.parse("loss: dop", "mine.yaml")
                        .with("model", "m")
                        .with("data", "d")),
                RecipeError.class,
                train("--recipe", write("mine.yaml", "loss: dop").toString(), "--model", "m", "--data", "d"));
    }

    /** The same as for a recipe in a string, without the directory. */
    private Shell train(String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(more, 0, all, 3, more.length);
        all[0] = "train";
        all[1] = "--output";
        all[2] = directory.resolve("run").toString();
        Shell shell = Shell.run(all);
        return new Shell(shell.code(), shell.out(), shell.err().replace(directory + "/", ""));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw UserError.writing(directory.resolve(name), e);
        }
    }

    @Test
    void missingDataAndAMissingModelAreNamed() {
        Path data = directory.resolve("none.jsonl");
        Path model = model();
        saysTheSame(
                () -> training(model.toString(), data.toString()).in(directory.resolve("a"), Progress.SILENT),
                UserError.class,
                Shell.run("train", "--model=" + model, "--data=" + data, "--output=" + directory.resolve("b")));
        Path pairs = write("pairs.jsonl", "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n");
        saysTheSame(
                () -> training("none", pairs.toString()).in(directory.resolve("c"), Progress.SILENT),
                UserError.class,
                Shell.run("train", "--model=none", "--data=" + pairs, "--output=" + directory.resolve("d")));
    }

    @Test
    void votesThatCannotBeRankedAreRefused() {
        Path empty = write("empty.csv", "");
        saysTheSame(
                () -> BoardRequest.of(empty, "bradley-terry", BradleyTerry.PLAIN)
                        .answer(),
                UserError.class,
                Shell.run("rank", empty.toString()));
        Path votes = write("votes.csv", "left,right,winner\na,b,a\n");
        Shell unknown = Shell.run("rank", votes.toString(), "--method", "bradly-terry");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err())
                .startsWith(catchThrowable(() -> Ranking.by("bradly-terry")).getMessage());
    }

    @Test
    void aMissingRecipeAndMissingPromptsAreNamed() {
        Path none = directory.resolve("none.yaml");
        saysTheSame(() -> RecipeRun.of(Recipe.parse(none)), RecipeError.class, Shell.run("run", none.toString()));
        Path recipe = write("r.yaml", "model: model\ntask: {prompts: {train: none.jsonl}}\nannotator: {file: {}}\n");
        saysTheSame(
                () -> RecipeRun.of(Recipe.parse(recipe)).in(directory.resolve("a"), Progress.SILENT),
                UserError.class,
                Shell.run(
                        "run",
                        recipe.toString(),
                        "--output",
                        directory.resolve("b").toString()));
    }

    @Test
    void missingDeviceIsWrongUsage() {
        Path recipe = write("r.yaml", "model: model\ntask: {prompts: {train: none.jsonl}}\nannotator: {file: {}}\n");
        Shell shell = Shell.run("run", recipe.toString(), "--device", "abacus");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err())
                .startsWith(
                        catchThrowable(() -> RecipeRun.of(Recipe.parse(recipe)).on("abacus"))
                                .getMessage());
    }

    /** Answers questions of one form, or would. */
    private record Only(Question.Form form, int version) implements Respondent {
        @Override
        public Identity identity() {
            return new Identity("only", "version=" + version);
        }

        @Override
        public Set<Question.Form> forms() {
            return Set.of(form);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {}
    }

    private RecipeRun asking(String who) {
        Path prompts = write("prompts.jsonl", "{\"prompt\": \"aa\"}\n{\"prompt\": \"bb\"}\n".repeat(1));
        return RecipeRun.of(Recipe.parse(who + "\nprompts: 1\nsamples: 2\niterations: 1", "test")
                .with("model", model().toString())
                .with("task.prompts.train", prompts.toString()));
    }

    @Test
    void missingGivenRespondentIsNamed() {
        RecipeRun run = asking("annotator: {given: editor}");
        assertThat(catchThrowable(() -> run.in(directory.resolve("a"), Progress.SILENT)))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the recipe names the given respondent 'editor', and none is given: run it from the program that has it");
        assertThat(catchThrowable(() ->
                        run.with("edtor", new Only(Question.Form.PAIR, 1)).in(directory.resolve("b"), Progress.SILENT)))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("those given are: edtor");
        Path recipe = write(
                "given.yaml",
                "model: model\ntask: {prompts: {train: prompts.jsonl}}\nannotator: {given: {respondent: editor}}\n");
        Shell shell = Shell.run(
                "run", recipe.toString(), "--output", directory.resolve("c").toString());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("run it from the program that has it");
    }

    @Test
    void aGivenRespondentAnswersWhatItsRoleAsks() {
        assertThat(catchThrowable(() -> asking("annotator: {given: me}")
                        .with("me", new Only(Question.Form.RATE, 1))
                        .in(directory.resolve("a"), Progress.SILENT)))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "annotator 'only' does not compare pairs (rate only): make it the judge, and take `annotator: judge`");
        assertThat(catchThrowable(() -> asking("judge: {given: me}\nannotator: {file: {}}")
                        .with("me", new Only(Question.Form.PAIR, 1))
                        .in(directory.resolve("b"), Progress.SILENT)))
                .isInstanceOf(UserError.class)
                .hasMessage("judge 'only' does not rate completions (pair only): make it the annotator");
    }

    @Test
    void runResumesOnlyWithItsOwnRespondent() {
        RecipeRun run = asking("annotator: {given: me}");
        Path out = directory.resolve("a");
        assertThat(catchThrowable(
                        () -> run.with("me", new Only(Question.Form.PAIR, 1)).in(out, Progress.SILENT)))
                .isInstanceOf(org.thurstone.elicit.Parked.class);
        assertThat(catchThrowable(
                        () -> run.with("me", new Only(Question.Form.PAIR, 2)).in(out, Progress.SILENT)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("give the same, or start a new run elsewhere");
    }
}
