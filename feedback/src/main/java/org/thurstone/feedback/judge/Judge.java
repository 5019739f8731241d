package org.thurstone.feedback.judge;

import java.util.List;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.ScoredCompletions;

/** Says how good each completion of a prompt is. */
@FunctionalInterface
public interface Judge {

    /** One finite score for each completion, in their order, larger is better. */
    List<Double> score(Prompt prompt, List<Completion> completions);

    /** Scores the answers to many prompts, in their order; a judge that likes large batches overrides this. */
    default List<ScoredCompletions> scoreAll(List<Completions> answers) {
        return answers.stream()
                .map(each -> new ScoredCompletions(
                        each.prompt(), each.completions(), score(each.prompt(), each.completions())))
                .toList();
    }
}
