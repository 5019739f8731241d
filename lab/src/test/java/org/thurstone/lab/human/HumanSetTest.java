package org.thurstone.lab.human;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Preference;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.lab.human.HumanSet.Vote;
import org.thurstone.loop.run.Seeds;

class HumanSetTest {

    @TempDir
    Path folder;

    @Test
    void threePeoplesVotesAreAShareAndATieHalfAVote() throws IOException {
        Path file = Files.writeString(folder.resolve("panda.json"), """
            [{"instruction": "Say it.", "input": "hello", "response1": "a", "response2": "b", "annotator1": 1, "annotator2": 0, "annotator3": 2},
             {"instruction": "Say it.", "input": "hello", "response1": "c", "response2": "a", "annotator1": 1, "annotator2": 1, "annotator3": 0},
             {"instruction": "Say it.", "input": "hello", "response1": "c", "response2": "c", "annotator1": 1, "annotator2": 1, "annotator3": 0},
             {"instruction": "Other.", "input": "", "response1": "x", "response2": "y", "annotator1": 2, "annotator2": 2, "annotator3": 2}]
            """);
        HumanSet set = HumanSet.pandaLm(file);
        assertThat(set.prompts()).hasSize(2);
        assertThat(set.answers()).isEqualTo(3);
        assertThat(set.prompts().getFirst().answers()).containsExactly("a", "b", "c");
        assertThat(set.prompts().getFirst().votes()).containsExactly(new Vote(0, 1, 0.5), new Vote(2, 0, 2.5 / 3));
        assertThat(set.prompts().getLast().votes()).containsExactly(new Vote(0, 1, 0));
    }

    @Test
    void twoModelsAreComparedByHowMuchTheJudgePrefersEachToTheBaseline() throws IOException {
        Files.writeString(
                folder.resolve("preferences.csv.gz"), "model,index,preference\nm,0,1.25\nn,0,1.75\nm,1,1.5\nn,1,1.5\n");
        Files.writeString(folder.resolve("instructions_and_baseline.jsonl.gz"), """
            {"index": 0, "instruction": "first"}
            {"index": 1, "instruction": "second"}
            """);
        Files.createDirectory(folder.resolve("outputs"));
        for (String model : List.of("m", "n")) {
            Files.writeString(folder.resolve("outputs").resolve(model + ".jsonl.gz"), """
                {"index": 1, "output": "%s's second"}
                {"index": 0, "output": "%s's first"}
                """.formatted(model, model));
        }
        HumanSet set = HumanSet.alpacaEval(folder, List.of("m", "n"), 2);
        assertThat(set.prompts().getFirst().answers()).containsExactly("m's first", "n's first");
        assertThat(set.prompts().getFirst().votes()).containsExactly(new Vote(1, 0, 1));
        assertThat(set.prompts().getLast().votes()).containsExactly(new Vote(1, 0, 0.5));
    }

    @Test
    void anEmbeddedSetAsksAndMeasuresByItsVotes() {
        HumanSet set = new HumanSet(List.of(
                new HumanSet.Compared("p", List.of("long answer", "short"), List.of(new Vote(0, 1, 2 / 3.0))),
                new HumanSet.Compared("q", List.of("i", "words"), List.of(new Vote(0, 1, 0))),
                new HumanSet.Compared("r", List.of("tie", "tied"), List.of(new Vote(0, 1, 0.5)))));
        EmbeddedSet embedded = EmbeddedSet.of(set, new HashedWords(4), 100);
        double[] longer = {0, 0, 0, 0, 1};
        int[] all = {0, 1, 2};
        assertThat(embedded.accuracy(longer, all)).isEqualTo(1);
        assertThat(embedded.accuracy(new double[] {0, 0, 0, 0, -1}, all)).isZero();
        assertThat(embedded.accuracy(new double[5], all)).isEqualTo(0.5);
        List<CandidatePair> pairs = embedded.pairs(all);
        assertThat(pairs).hasSize(3);
        assertThat(embedded.majority().annotate(pairs.get(0), new Seeds(1).of("a")))
                .isEqualTo(new Preference.Soft(1));
        assertThat(embedded.majority().annotate(pairs.get(2), new Seeds(1).of("a")))
                .isEqualTo(new Preference.Soft(0.5));
        var random = new Seeds(1).of("people");
        double left = 0;
        for (int i = 0; i < 3000; i++) {
            left += embedded.person().annotate(pairs.getFirst(), random).probability() / 3000;
        }
        assertThat(left).isCloseTo(2 / 3.0, within(0.03));
        EmbeddedSet.Split split = embedded.split(1 / 3.0, random);
        assertThat(split.held()).hasSize(1);
        assertThat(split.learned()).hasSize(2).doesNotContain(split.held());
    }
}
