package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecipeCommandTest {

    private static final String RECIPE = """
        model: model
        task: {prompts: {train: prompts.jsonl}}
        annotator: {file: {}}
        iterations: 2
        prompts: 6
        samples: 4
        labels: {total: 10}
        evaluation: {prompts: 50, pairs: 2}
        """;

    @TempDir
    Path directory;

    private Path recipe(String text, int prompts) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < prompts; i++) {
            rows.append("{\"prompt\": \"say ").append(i).append("\"}\n");
        }
        Files.writeString(directory.resolve("prompts.jsonl"), rows);
        Files.createDirectories(directory.resolve("model"));
        return Files.writeString(directory.resolve("mine.yaml"), text);
    }

    @Test
    void readyRecipesAreListedAndShownWithTheirComments() {
        Shell list = Shell.run("recipe", "list");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("prompts", "stories", "sums-rloo", "Trains a model on prompts of your own");
        Shell shown = Shell.run("recipe", "show", "prompts");
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("# The judge scores completions.", "prompts.jsonl");
        Shell none = Shell.run("recipe", "show", "storys");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("did you mean \"stories\"?");
    }

    @Test
    void everyReadyRecipeCanBeBound() throws IOException {
        for (String name : List.of("instructions", "stories", "stories-online-dpo", "sums-rloo")) {
            Path file = Files.writeString(
                    directory.resolve(name + ".yaml"),
                    Shell.run("recipe", "show", name).out());
            Shell checked = Shell.run("recipe", "check", file.toString());
            assertThat(checked.code()).as(checked.err()).isZero();
        }
        Path prompts = recipe(Shell.run("recipe", "show", "prompts").out(), 700);
        Shell checked = Shell.run("recipe", "check", prompts.toString());
        assertThat(checked.code()).as(checked.err() + checked.out()).isZero();
    }

    @Test
    void aCheckCountsPromptsCompletionsAndQuestions() throws IOException {
        Shell shell = Shell.run("recipe", "check", recipe(RECIPE, 10).toString(), "--format", "json");
        assertThat(shell.code()).as(shell.err()).isZero();
        JsonNode plan = new JsonMapper().readTree(shell.out());
        assertThat(plan.get("prompts").asInt()).isEqualTo(12);
        assertThat(plan.get("supply").get("training").asInt()).isEqualTo(9);
        assertThat(plan.get("completions").asInt()).isEqualTo(48);
        // One held-out prompt: at the start, after two iterations, and once more for each comparison with the initial
        // policy.
        assertThat(plan.get("evaluated").asInt()).isEqualTo(5);
        assertThat(plan.get("demands").get(0).get("name").asString()).isEqualTo("file");
        assertThat(plan.get("demands").get(0).get("questions").asInt()).isEqualTo(12);
        assertThat(shell.err())
                .contains(
                        "note: too few prompts to use each once: 12 are drawn and there are 9",
                        "note: no judge: evaluation has no scores");
        assertThat(directory.resolve("runs")).doesNotExist();
    }

    @Test
    void aCheckFailsIfTheRunWould() throws IOException {
        Shell shell = Shell.run("recipe", "check", recipe(RECIPE, 5).toString());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.out())
                .contains("problem: too few prompts: 6 are drawn at a time, and there are 4 to train on");
        Shell nowhere = Shell.run("recipe", "check", recipe(RECIPE, 20).toString(), "--set", "model=nowhere");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.out()).contains("problem: policy ", "nowhere does not exist");
    }

    @Test
    void unsupportedLossIsRejectedWithAlternatives() throws IOException {
        Path recipe = recipe(RECIPE, 20);
        refused(
                recipe,
                "annotator=judge",
                "annotator 'judge' answers from a judge's scores",
                "`annotator: {file: {}}`");
        refused(recipe, "pairing=best-worst", "pairing 'best-worst' chooses by scores", "`pairing: random`");
        refused(recipe, "judge={noisy: {respondent: file, flip-rate: 0.1}}", "judge 'noisy' does not rate completions");
        refused(recipe, "judge=simulated-human", "judge 'simulated-human' answers from a judge's scores itself");
        refused(
                recipe,
                "loss=rationale-dpo",
                "loss 'rationale-dpo' needs a rationale for each comparison, which `run` cannot make: use dpo");
        refused(recipe, "loss=lipo", "loss 'lipo' learns from scores, and the recipe has no judge", "such as dpo");
        refused(recipe, "annotator=words", "annotator 'words' does not compare pairs", "make it the judge");
    }

    private static void refused(Path recipe, String setting, String... reasons) {
        Shell shell = Shell.run("recipe", "check", recipe.toString(), "--set", setting);
        assertThat(shell.code()).as(setting).isEqualTo(2);
        assertThat(shell.err()).contains(reasons);
    }
}
