package org.thurstone.worlds.language.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.elicit.Respondent;
import org.thurstone.loop.Progress;
import org.thurstone.loop.evaluation.AnswerOutcome;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;

/** A task: the initial policy, prompts and judge of a run. */
public interface Task extends TaskSource {

    /** A task that needs no file is ready as it is. */
    @Override
    default Task open(Seeds seeds, Progress progress) {
        return this;
    }

    @Override
    default boolean judges() {
        return judge().isPresent();
    }

    /** What the judge's score is called in tables: {@code accuracy}, {@code judge}. */
    String scoreName();

    /**
     * Writes the checkpoint that the loop starts from into an empty directory.
     *
     * @param policy the model that the recipe names; a task that trains its own does without
     * @param models loads and trains what the task starts from
     */
    void start(Path checkpoint, Optional<Path> policy, StartingModels models, Seeds seeds, Progress progress);

    /**
     * Whether the loop could start, before anything is written.
     *
     * @param policy the model that the recipe names
     * @param load loads a model from its directory; the caller closes it
     * @throws org.thurstone.data.UserError if the model is missing or cannot be used
     */
    default void check(Optional<Path> policy, Function<Path, LanguageModel> load) {
        policy.ifPresent(directory -> load.apply(directory).close());
    }

    /**
     * Prompts to be answered; the ids are unique within one call.
     *
     * @param used how many have been asked for before: tasks with a fixed set use each prompt once before any is used twice
     * @param start the policy that the loop starts from, for tasks whose prompts are its own words
     */
    List<Prompt> prompts(long used, int count, LanguageModel start, SplittableGenerator random);

    /**
     * The same without a model, for policies that are none of this machine's; empty if the task has its prompts from its model.
     *
     * @throws org.thurstone.data.UserError if there are fewer
     */
    default Optional<List<Prompt>> givenPrompts(long used, int count) {
        return Optional.empty();
    }

    /** Prompts to be evaluated on, none of which is trained on. */
    default List<Prompt> heldOut(int count, LanguageModel start, SplittableGenerator random) {
        return prompts(0, count, start, random);
    }

    /** Who knows how good a completion is, where the task itself does. */
    default Optional<Respondent> judge() {
        return Optional.empty();
    }

    /**
     * Whether the completions of a prompt are enough to learn from. If not, as many are sampled again and added, up to {@link #attempts} times in all: hard
     * prompts get more samples than easy ones.
     */
    default boolean enough(Prompt prompt, List<Completion> completions) {
        return true;
    }

    /** What became of a completion of a held-out prompt, part by part; most tasks cannot tell. */
    default Optional<AnswerOutcome> outcome(Prompt prompt, Completion completion) {
        return Optional.empty();
    }

    /** A text in ordinary language, whose perplexity shows whether the policy still writes as before; its paragraphs are read on their own. */
    default Optional<String> plainText() {
        return Optional.empty();
    }

    /** The expected answers of prompts, by prompt id, where the task has them. */
    default Map<String, String> references() {
        return Map.of();
    }

    /** Expert demonstrations, for methods that learn from them; most tasks have none. */
    default Optional<Completion> demonstration(Prompt prompt, RandomGenerator random) {
        return Optional.empty();
    }

    /** Whether a right answer was also rightly come by; tasks that cannot tell say nothing. */
    default Optional<Boolean> sound(Prompt prompt, Completion completion) {
        return Optional.empty();
    }
}
