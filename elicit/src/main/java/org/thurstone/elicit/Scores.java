package org.thurstone.elicit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;

/** Elicits scores of completions, one question per completion: a completion that was scored before is not scored again. */
public final class Scores {

    private Scores() {}

    /**
     * The score of each completion, in their order; empty where there is none. All are asked for at once. Their answers are then
     * {@linkplain Inquiry#close closed}.
     *
     * @param respondent answers questions of form {@link Question.Form#RATE}, or else of form {@link Question.Form#VERIFY}
     * @param stage that uses them
     * @return by the very objects that were given
     */
    public static Map<Completions, List<OptionalDouble>> of(
            Inquiry inquiry, Respondent respondent, String stage, List<Completions> all) {
        Map<Prompt, Map<Completion, Question>> questions = new LinkedHashMap<>();
        List<Question> asked = new ArrayList<>();
        for (Completions each : all) {
            Map<Completion, Question> mine = questions.computeIfAbsent(each.prompt(), p -> new LinkedHashMap<>());
            for (Completion completion : each.completions()) {
                mine.computeIfAbsent(completion, c -> {
                    Question question = Question.rate(each.prompt(), c);
                    asked.add(question);
                    return question;
                });
            }
        }
        Map<Question, Answer> answers = asked.isEmpty() ? Map.of() : inquiry.ask(respondent, asked);
        inquiry.close(
                stage, respondent, asked.stream().filter(answers::containsKey).toList());
        IdentityHashMap<Completions, List<OptionalDouble>> scores = new IdentityHashMap<>();
        for (Completions each : all) {
            Map<Completion, Question> mine = Objects.requireNonNull(questions.get(each.prompt()));
            scores.put(
                    each,
                    each.completions().stream()
                            .map(c -> of(answers.get(Objects.requireNonNull(mine.get(c)))))
                            .toList());
        }
        return scores;
    }

    /** The score in an answer about one alternative. */
    public static OptionalDouble of(@Nullable Answer answer) {
        return answer != null && answer.judgement() instanceof Judgement.Scored(List<OptionalDouble> scores)
                ? scores.getFirst()
                : OptionalDouble.empty();
    }
}
