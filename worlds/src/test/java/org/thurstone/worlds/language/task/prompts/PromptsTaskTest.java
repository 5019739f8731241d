package org.thurstone.worlds.language.task.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.loop.run.Seeds;

class PromptsTaskTest {

    private static final Seeds SEEDS = new Seeds(1);

    @TempDir
    Path directory;

    private Path file(String name, int count, String word) throws IOException {
        return Files.write(
                directory.resolve(name),
                IntStream.range(0, count)
                        .mapToObj(i ->
                                "{\"id\": \"%d\", \"prompt\": \"%s %d\", \"answer\": \"%d\"}".formatted(i, word, i, i))
                        .toList());
    }

    private static PromptsTask task(Path train, Optional<Path> heldOut) {
        return new PromptsTask(List.of(train), heldOut, 0.2, Optional.empty(), Map.of());
    }

    private static GivenPrompts open(PromptsTask task, Seeds seeds) {
        return new GivenPrompts(task.trainName(), task.split(seeds), seeds);
    }

    private static List<String> ids(List<Prompt> prompts) {
        return prompts.stream().map(Prompt::id).toList();
    }

    @Test
    void eachPromptIsUsedOnceBeforeAnyIsUsedTwice() throws IOException {
        PromptsTask task = task(file("p.jsonl", 20, "what is"), Optional.of(file("h.jsonl", 5, "and")));
        GivenPrompts prompts = open(task, SEEDS);
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            drawn.addAll(ids(prompts.draw(5L * i, 5)));
        }
        assertThat(drawn.subList(0, 20)).doesNotHaveDuplicates();
        assertThat(drawn.subList(20, 40)).doesNotHaveDuplicates().isNotEqualTo(drawn.subList(0, 20));
        assertThat(ids(open(task, SEEDS).draw(10, 5))).isEqualTo(drawn.subList(10, 15));
        assertThat(ids(open(task, new Seeds(2)).draw(0, 20))).isNotEqualTo(drawn.subList(0, 20));
    }

    @Test
    void idsAreUniqueInACallThatSpansTwoPassesAndKeepTheirReferences() throws IOException {
        GivenPrompts prompts =
                open(task(file("p.jsonl", 10, "what is"), Optional.of(file("h.jsonl", 5, "and"))), SEEDS);
        List<Prompt> drawn = prompts.draw(5, 10);
        assertThat(ids(drawn)).doesNotHaveDuplicates();
        assertThat(ids(drawn)).anyMatch(id -> id.endsWith(" #2"));
        for (Prompt p : drawn) {
            assertThat(p.text().plain())
                    .isEqualTo("what is " + prompts.references().get(p.id()));
        }
    }

    @Test
    void moreThanThereAreCannotBeDrawnAtATime() throws IOException {
        GivenPrompts prompts =
                open(task(file("p.jsonl", 10, "what is"), Optional.of(file("h.jsonl", 5, "and"))), SEEDS);
        assertThatThrownBy(() -> prompts.draw(0, 11))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("11 prompts are drawn at a time", "has 10 to train on");
    }

    @Test
    void aShareIsHeldOutAndNeverTrainedOn() throws IOException {
        PromptSplit split =
                task(file("p.jsonl", 20, "what is"), Optional.empty()).split(SEEDS);
        assertThat(split.heldOut()).hasSize(4);
        assertThat(split.training()).hasSize(16).doesNotContainAnyElementsOf(split.heldOut());
        assertThat(split.notices()).singleElement().asString().contains("held out 4 of the 20 prompts");
        assertThat(task(directory.resolve("p.jsonl"), Optional.empty())
                        .split(new Seeds(2))
                        .heldOut())
                .isNotEqualTo(split.heldOut());
    }

    @Test
    void promptsWithTheTextOfAHeldOutOneAreNotTrainedOn() throws IOException {
        Path file = file("p.jsonl", 20, "what is");
        Files.writeString(
                file, Files.readString(file) + Files.readString(file).replace("\"id\": \"", "\"id\": \"again-"));
        PromptSplit split = task(file, Optional.empty()).split(SEEDS);
        Set<Text> heldOut =
                new HashSet<>(split.heldOut().stream().map(Prompt::text).toList());
        assertThat(split.training()).noneMatch(p -> heldOut.contains(p.text()));
        assertThat(split.notices().getFirst()).contains("more have the text of one of them and are not used");
    }

    @Test
    void aHeldOutPromptThatIsAlsoATrainingPromptIsRefused() throws IOException {
        PromptsTask task = task(file("p.jsonl", 10, "what is"), Optional.of(file("h.jsonl", 3, "what is")));
        assertThatThrownBy(() -> task.split(SEEDS))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("3 of 3 held-out prompts", "h.jsonl", "are also in", "p.jsonl");
    }

    @Test
    void twoFilesMayNumberTheirPromptsAlike() throws IOException {
        PromptSplit split = task(file("p.jsonl", 10, "what is"), Optional.of(file("h.jsonl", 5, "and")))
                .split(SEEDS);
        assertThat(ids(split.heldOut())).startsWith("held-out/0", "held-out/1");
        assertThat(split.references()).hasSize(15);
    }

    @Test
    void fewerAreEvaluatedOnIfFewerAreAskedFor() throws IOException {
        GivenPrompts prompts =
                open(task(file("p.jsonl", 10, "what is"), Optional.of(file("h.jsonl", 5, "and"))), SEEDS);
        assertThat(prompts.heldOut(3)).hasSize(3).doesNotHaveDuplicates();
        assertThat(prompts.heldOut(500)).hasSize(5);
    }

    @Test
    void onePromptCannotBeBothTrainedOnAndHeldOut() throws IOException {
        PromptsTask task = task(file("p.jsonl", 1, "what is"), Optional.empty());
        assertThatThrownBy(() -> task.split(SEEDS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("add prompts");
    }

    @Test
    void aFolderGivesBothSplitsAndColumnsCanBeNamed() throws IOException {
        Path set = Files.createDirectories(directory.resolve("set/data"));
        for (int shard = 0; shard < 2; shard++) {
            Files.writeString(
                    set.resolve("train-0000" + shard + "-of-00002.jsonl"),
                    "{\"id\": 0, \"problem\": \"what is %d\", \"solution\": %d, \"level\": 3}\n"
                            .formatted(shard, shard));
        }
        Files.writeString(set.resolve("test.jsonl"), "{\"id\": 0, \"problem\": \"and 7\", \"solution\": 7}\n");
        Path folder = directory.resolve("set");
        PromptsTask task = new PromptsTask(
                List.of(folder),
                Optional.of(folder),
                0.2,
                Optional.empty(),
                Map.of("prompt", "problem", "reference", "solution"));
        PromptSplit split = task.split(SEEDS);
        // Both shards count from 0.
        assertThat(ids(split.training())).containsExactly("0", "train-00001-of-00002.jsonl/0");
        assertThat(ids(split.heldOut())).containsExactly("held-out/0");
        assertThat(split.references())
                .containsEntry("train-00001-of-00002.jsonl/0", "1")
                .containsEntry("held-out/0", "7");
        assertThat(split.notices())
                .anySatisfy(notice -> assertThat(notice).contains("the split train, 2 files"))
                .anySatisfy(notice -> assertThat(notice).contains("not read of").contains("level (1 row)"));
        assertThat(task.files()).hasSize(3);
        PromptSplit pattern = new PromptsTask(
                        List.of(set.resolve("train-*.jsonl"), set.resolve("test.jsonl")),
                        Optional.empty(),
                        0.3,
                        Optional.of("solution"),
                        Map.of("prompt", "problem"))
                .split(SEEDS);
        assertThat(pattern.training().size() + pattern.heldOut().size()).isEqualTo(3);
    }

    @Test
    void badRowsAndEmptyFilesAreSaid() throws IOException {
        Path many = file("p.jsonl", 200, "what is");
        Files.writeString(many, Files.readString(many) + "{\"id\": \"x\", \"prompt\": 7}\n");
        Path none = Files.writeString(directory.resolve("none.jsonl"), "");
        PromptSplit split =
                new PromptsTask(List.of(many, none), Optional.empty(), 0.2, Optional.empty(), Map.of()).split(SEEDS);
        assertThat(split.notices())
                .anySatisfy(
                        notice -> assertThat(notice).contains("1 bad row (first: line 201: 'prompt' is 7, not a text)"))
                .anySatisfy(notice -> assertThat(notice).endsWith("none.jsonl: the file has no rows"));
        assertThatThrownBy(() -> task(none, Optional.empty()).split(SEEDS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.jsonl has no prompts");
    }
}
