package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurstone.data.Comparison;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;

/**
 * Asks the annotator about the selected pairs. A pair without an answer is left out.
 *
 * @param late whether pairs of earlier iterations that have been answered since are added
 * @param <P> a policy
 */
public record LabelPairs<P>(Inquiry inquiry, Respondent annotator, boolean late) implements Stage<P, List<Comparison>> {

    @Override
    public Output<List<Comparison>> output() {
        return Outputs.COMPARISONS;
    }

    @Override
    public List<Comparison> run(Iteration<P> iteration, Supplier<Path> directory) {
        Map<Question, CandidatePair> pairs = questions(iteration.get(Outputs.SELECTION));
        Map<Question, Answer> answers = inquiry.ask(annotator, List.copyOf(pairs.keySet()));
        List<Comparison> comparisons = new ArrayList<>();
        pairs.forEach((question, pair) -> Optional.ofNullable(answers.get(question))
                .ifPresent(answer -> comparisons.add(comparison(pair, answer))));
        if (late) {
            iteration.before().forEach(before -> comparisons.addAll(late(before, iteration)));
        }
        if (comparisons.isEmpty()) {
            throw new UserError("none of the " + pairs.size() + " selected pairs has an answer to learn from");
        }
        inquiry.close(
                iteration.directory() + output().name(),
                annotator,
                comparisons.stream()
                        .map(c -> Question.pair(c.prompt(), c.left(), c.right()))
                        .toList());
        return comparisons;
    }

    private static Map<Question, CandidatePair> questions(Selection selection) {
        Map<Question, CandidatePair> pairs = new LinkedHashMap<>();
        selection.pairs().forEach(p -> pairs.putIfAbsent(Question.pair(p.prompt(), p.left(), p.right()), p));
        return pairs;
    }

    /** Answers that came too late for the iteration that asked, and that no later iteration has used. */
    private List<Comparison> late(Iteration<P> asked, Iteration<P> now) {
        List<Comparison> comparisons = new ArrayList<>();
        questions(asked.get(Outputs.SELECTION))
                .forEach((question, pair) -> inquiry.find(annotator, question)
                        .filter(answer -> !answer.abstained())
                        .map(answer -> comparison(pair, answer))
                        .filter(c -> now.before().stream()
                                .noneMatch(i -> i.get(Outputs.COMPARISONS).stream()
                                        .anyMatch(used -> used.prompt().equals(c.prompt())
                                                && used.left().equals(c.left())
                                                && used.right().equals(c.right()))))
                        .ifPresent(comparisons::add));
        return comparisons;
    }

    private static Comparison comparison(CandidatePair pair, Answer answer) {
        if (!(answer.judgement() instanceof Judgement.Preferred(Preference preference))) {
            throw new IllegalStateException(answer.question() + " was answered with " + answer.judgement());
        }
        Preference mine = answer.question().indexOf(pair.left()) == 0 ? preference : preference.swapped();
        return new Comparison(
                pair.prompt(),
                pair.left(),
                pair.right(),
                mine,
                pair.margin(mine),
                answer.by(),
                answer.rationale().map(Particulars.NONE::withRationale).orElse(Particulars.NONE));
    }
}
