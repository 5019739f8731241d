package org.thurstone.worlds.language.task.instructions;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.verifier.Verdict;
import org.thurstone.feedback.verifier.Verifier;
import org.thurstone.feedback.verifier.instruction.Obedience;
import org.thurstone.feedback.verifier.instruction.RepeatPrompt;
import org.thurstone.feedback.verifier.instruction.WordCount;
import org.thurstone.loop.evaluation.AnswerOutcome;

/**
 * Passes an answer that ended, obeys its instruction strictly, mentions its topic and has enough words. Without the last two a model learns to say next to
 * nothing, which obeys most instructions.
 *
 * @param requests the request of a prompt
 * @param trained whether a kind of instruction occurs in training
 */
record AnswerVerifier(Function<Prompt, InstructedRequest> requests, Function<String, Boolean> trained)
        implements Verifier {

    @Override
    public Verdict verify(Prompt prompt, Completion completion) {
        InstructedRequest request = requests.apply(prompt);
        String answer = completion.text().plain();
        String kind = request.instruction().kind();
        if (!completion.finished()) {
            return failed("it did not end");
        }
        if (!obeys(request, answer)) {
            return failed("it does not obey " + kind);
        }
        if (!mentions(request, answer)) {
            return failed(
                    "it does not mention " + request.topic().map(Topic::words).orElse(""));
        }
        if (!enough(request, answer)) {
            return failed("it has fewer than " + request.words() + " words");
        }
        return new Verdict(true, Optional.of(answer), "it ended, obeys " + kind + " and is about its topic");
    }

    /** What became of an answer, part by part. */
    AnswerOutcome outcome(Prompt prompt, Completion completion) {
        InstructedRequest request = requests.apply(prompt);
        String answer = completion.text().plain();
        String kind = request.instruction().kind();
        return new AnswerOutcome(
                kind,
                trained.apply(kind),
                completion.finished(),
                obeys(request, answer),
                mentions(request, answer) && enough(request, answer),
                WordCount.words(answer));
    }

    private static Verdict failed(String reason) {
        return new Verdict(false, Optional.empty(), reason);
    }

    private static boolean obeys(InstructedRequest request, String answer) {
        return Obedience.of(List.of(request.instruction()), answer).all();
    }

    private static boolean mentions(InstructedRequest request, String answer) {
        return request.topic().map(topic -> topic.in(own(request, answer))).orElse(true);
    }

    private static boolean enough(InstructedRequest request, String answer) {
        return WordCount.words(own(request, answer)) >= request.words();
    }

    /** The answer without the request that it repeats. */
    private static String own(InstructedRequest request, String answer) {
        if (!(request.instruction() instanceof RepeatPrompt(String repeated))) {
            return answer;
        }
        String text = answer.strip();
        return text.toLowerCase(Locale.ROOT).startsWith(repeated.toLowerCase(Locale.ROOT))
                ? text.substring(Math.min(text.length(), repeated.length()))
                : text;
    }
}
