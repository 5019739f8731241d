package org.thurstone.worlds.language.task.instructions;

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.feedback.verifier.Verdict;
import org.thurstone.feedback.verifier.instruction.ForbiddenWords;
import org.thurstone.feedback.verifier.instruction.LetterCount;
import org.thurstone.feedback.verifier.instruction.NoComma;
import org.thurstone.feedback.verifier.instruction.RepeatPrompt;
import org.thurstone.feedback.verifier.instruction.SingleQuestion;
import org.thurstone.loop.Progress;
import org.thurstone.loop.evaluation.AnswerOutcome;
import org.thurstone.loop.run.Seeds;

class InstructionsTaskTest {

    private static final List<String> UNSEEN = List.of("punctuation:no_comma", "startend:quotation");
    private static final Topic BREAD = new Topic("the history of bread", "bread");

    @TempDir
    private Path dir;

    private static InstructionsTask task(Optional<Path> topics) {
        return new InstructionsTask(List.of(), UNSEEN, topics, 0.25, 12, 2);
    }

    private static MadePrompts open(long seed) {
        return (MadePrompts) task(Optional.empty()).open(new Seeds(seed), Progress.SILENT);
    }

    @Test
    void heldOutTopicsAndUnseenKindsNeverOccurInTraining() {
        MadePrompts task = open(1);
        List<InstructedRequest> training =
                task.made("train", 0, 400).stream().map(task::request).toList();
        List<InstructedRequest> heldOut =
                task.made("held-out", 0, 400).stream().map(task::request).toList();
        assertThat(kinds(training)).doesNotContainAnyElementsOf(UNSEEN);
        assertThat(kinds(heldOut)).containsAll(UNSEEN).containsAll(kinds(training));
        Set<Topic> both = new HashSet<>(topics(training));
        both.retainAll(topics(heldOut));
        assertThat(both).isEmpty();
        assertThat(topics(training).size() + topics(heldOut).size()).isBetween(115, 120);
    }

    private static Set<String> kinds(List<InstructedRequest> requests) {
        return requests.stream().map(r -> r.instruction().kind()).collect(Collectors.toSet());
    }

    private static Set<Topic> topics(List<InstructedRequest> requests) {
        return requests.stream().flatMap(r -> r.topic().stream()).collect(Collectors.toSet());
    }

    @Test
    void kindsTakeTurns() {
        MadePrompts task = open(1);
        int kinds = Requests.kinds().size() - UNSEEN.size();
        Map<String, Long> counts = task.made("train", 0, 5 * kinds).stream()
                .collect(
                        Collectors.groupingBy(p -> task.request(p).instruction().kind(), Collectors.counting()));
        assertThat(counts.values()).hasSize(kinds).containsOnly(5L);
    }

    @Test
    void promptsDependOnTheSeedAndTheirPlaceAlone() {
        List<Prompt> whole = open(1).made("train", 0, 60);
        List<Prompt> parts = new ArrayList<>(open(1).made("train", 0, 20));
        parts.addAll(open(1).made("train", 20, 40));
        assertThat(parts).isEqualTo(whole);
        assertThat(open(2).made("train", 0, 60)).isNotEqualTo(whole);
        assertThat(whole.stream().map(Prompt::id)).doesNotHaveDuplicates();
        assertThat(whole.getFirst().text().plain()).contains(" ");
    }

    @Test
    void everyRequestCanBeMetBySomeAnswerOfItsTopic() {
        // The instruction does not forbid its topic, and asks for words that leave room for it.
        MadePrompts task = open(3);
        for (Prompt prompt : task.made("held-out", 0, 300)) {
            InstructedRequest request = task.request(prompt);
            if (request.instruction() instanceof ForbiddenWords forbidden) {
                request.topic()
                        .ifPresent(topic ->
                                assertThat(forbidden.holds(topic.key())).isTrue());
            }
            if (request.instruction() instanceof LetterCount letter) {
                request.topic().ifPresent(topic -> assertThat(topic.key()).doesNotContain(letter.letter()));
            }
        }
    }

    private static AnswerVerifier verifier(InstructedRequest request) {
        return new AnswerVerifier(prompt -> request, kind -> true);
    }

    private static Verdict verdict(InstructedRequest request, Completion completion) {
        return verifier(request).verify(new Prompt("p", Text.raw("")), completion);
    }

    @Test
    void answersPassThatEndObeyAndHaveSubstance() {
        InstructedRequest request = new InstructedRequest("", new NoComma(), Optional.of(BREAD), 6);
        String good = "People bake Bread since very old times.";
        assertThat(verdict(request, Completion.raw(good)).correct()).isTrue();
        assertThat(verdict(request, new Completion(Text.raw(good), false)).reason())
                .isEqualTo("it did not end");
        assertThat(verdict(request, Completion.raw("Well, " + good)).reason())
                .isEqualTo("it does not obey punctuation:no_comma");
        assertThat(verdict(request, Completion.raw("People eat rice since very old times."))
                        .reason())
                .isEqualTo("it does not mention the history of bread");
        assertThat(verdict(request, Completion.raw("Bread is good.")).reason()).isEqualTo("it has fewer than 6 words");
        assertThat(verdict(request, Completion.raw("")).correct()).isFalse();
    }

    @Test
    void aRepeatedRequestIsNoSubstance() {
        String asked = "Tell me something about the history of bread.";
        InstructedRequest request = new InstructedRequest("", new RepeatPrompt(asked), Optional.of(BREAD), 4);
        assertThat(verdict(request, Completion.raw(asked)).correct()).isFalse();
        assertThat(verdict(request, Completion.raw(asked + " Bread is very old."))
                        .correct())
                .isTrue();
    }

    @Test
    void outcomesTellThePartsApart() {
        InstructedRequest request = new InstructedRequest("", new SingleQuestion(), Optional.of(BREAD), 4);
        AnswerOutcome outcome = verifier(request)
                .outcome(new Prompt("p", Text.raw("")), new Completion(Text.raw("Do you like old bread? Yes."), false));
        assertThat(outcome)
                .isEqualTo(new AnswerOutcome("detectable_content:single_question", true, false, false, true, 6));
    }

    @Test
    void promptsWithoutAPassingAnswerNeedMore() {
        MadePrompts task = open(1);
        Prompt prompt = task.made("train", 0, 1).getFirst();
        assertThat(task.enough(prompt, List.of(Completion.raw("no"), Completion.raw(""))))
                .isFalse();
    }

    @Test
    void promptsOfOthersAreRefused() {
        assertThatThrownBy(() -> open(1).request(new Prompt("mine", Text.raw("a"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"mine\" was not made by the instructions task");
    }

    @Test
    void topicsOfAFileAreReadWithTheirKeys() throws IOException {
        assertThat(Topic.read("topics.txt", List.of("# mine", "old trains | Train", "", "bridges")))
                .containsExactly(new Topic("old trains", "train"), new Topic("bridges", "bridges"));
        Path file = Files.writeString(dir.resolve("topics.txt"), "one\none\n");
        assertThatThrownBy(() -> task(Optional.of(file)).open(new Seeds(1), Progress.SILENT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("topics.txt:2: the topic 'one' is there twice");
        assertThatThrownBy(() -> Topic.read("few.txt", List.of("one")))
                .hasMessageContaining("few.txt has 1 topics; at least 2 are needed");
        assertThat(task(Optional.of(file)).files()).containsExactly(file);
    }

    @Test
    void unknownKindsAreRefused() {
        assertThatThrownBy(() -> new InstructionsTask(List.of("no-comma"), UNSEEN, Optional.empty(), 0.25, 12, 2))
                .hasMessageContaining("there is no kind of instruction 'no-comma'; there are keywords:existence, ");
        assertThatThrownBy(() -> new InstructionsTask(UNSEEN, UNSEEN, Optional.empty(), 0.25, 12, 2))
                .hasMessageContaining("in both kinds and unseen");
    }
}
