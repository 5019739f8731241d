package org.thurstone.worlds.human;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.loop.run.Seeds;
import org.thurstone.worlds.bandit.Responses;
import org.thurstone.worlds.human.HumanData.Annotators;
import org.thurstone.worlds.human.HumanSet.Vote;

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
    void theHumanWorldAsksAndMeasuresByRecordedVotes() {
        HumanSet set = new HumanSet(List.of(
                new HumanSet.Compared("p", List.of("long answer", "short"), List.of(new Vote(0, 1, 2 / 3.0))),
                new HumanSet.Compared("q", List.of("i", "words"), List.of(new Vote(0, 1, 0))),
                new HumanSet.Compared("r", List.of("tie", "tied"), List.of(new Vote(0, 1, 0.5)))));
        EmbeddedSet embedded = EmbeddedSet.of(set, new HashedWords(4), 100);
        double[] longer = {0, 0, 0, 0, 1};
        int[] all = {0, 1, 2};
        assertThat(embedded.accuracy(longer, all).mean()).isEqualTo(1);
        assertThat(embedded.accuracy(new double[] {0, 0, 0, 0, -1}, all).mean()).isZero();
        assertThat(embedded.accuracy(new double[5], all).mean()).isEqualTo(0.5);
        SplittableGenerator random = new Seeds(1).of("split");
        EmbeddedSet.Split split = embedded.split(1 / 3.0, random);
        assertThat(split.held()).hasSize(1);
        assertThat(split.learned()).hasSize(2).doesNotContain(split.held());
        HumanWorld world = new HumanWorld(embedded, new EmbeddedSet.Split(all, all));
        assertThat(world.pairs()).hasSize(3);
        List<Prompt> prompts = world.prompts(1, 2, longer, random);
        assertThat(prompts).containsExactly(Responses.prompt(1), Responses.prompt(2));
        assertThat(world.propose(longer, prompts, 8, random).getFirst().completions())
                .containsExactly(Responses.completion(0), Responses.completion(1));
        assertThat(world.differences(longer, world.pairs()))
                .containsExactly(
                        new double[] {0.3 * Math.log(12 / 6.0), 0.3 * Math.log(2 / 6.0), 0.3 * Math.log(4 / 5.0)},
                        within(1e-12));
        assertThat(world.evaluate(longer, Optional.empty(), random)
                        .score()
                        .orElseThrow()
                        .mean())
                .isEqualTo(1);
    }

    @Test
    void recordedPeopleAnswerByMajorityOrOneAtATime() {
        HumanSet set = new HumanSet(
                List.of(new HumanSet.Compared("p", List.of("a", "b", "c"), List.of(new Vote(1, 0, 2 / 3.0)))));
        Question compared = Question.pair(Responses.prompt(0), Responses.completion(0), Responses.completion(1));
        int worse = compared.indexOf(Responses.completion(0));
        Inquiry inquiry = new Inquiry(new MemoryLedger(), new Seeds(1)::of, new Inquiry.Tolerance(1, 1), warning -> {});
        assertThat(inquiry.ask(new HumanData(set, Annotators.MOST), List.of(compared))
                        .values())
                .extracting(Answer::judgement)
                .containsExactly(new Judgement.Preferred(new Preference.Soft(worse)));
        List<Question> occasions =
                IntStream.range(0, 3000).mapToObj(i -> compared.on("" + i)).toList();
        double first = inquiry.ask(new HumanData(set, Annotators.ONE), occasions).values().stream()
                .mapToDouble(
                        a -> ((Judgement.Preferred) a.judgement()).preference().probability())
                .average()
                .orElseThrow();
        assertThat(worse == 1 ? first : 1 - first).isCloseTo(2 / 3.0, within(0.03));
        Question other = Question.pair(Responses.prompt(0), Responses.completion(0), Responses.completion(2));
        assertThat(inquiry.ask(new HumanData(set, Annotators.ONE), List.of(other)))
                .isEmpty();
    }
}
