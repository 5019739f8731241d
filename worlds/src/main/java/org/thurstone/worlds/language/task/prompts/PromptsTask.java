package org.thurstone.worlds.language.task.prompts;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.worlds.language.task.Task;
import org.thurstone.worlds.language.task.TaskSource;

/**
 * Your own prompts, from any file of prompts or examples. All prompts are used once before any is used again. Rows may hold a reference answer, which
 * verifiers compare completions with.
 *
 * @param train the prompts to train on
 * @param heldOut the prompts to evaluate on; if not given, a share of the others is held out
 * @param share of the prompts, above 0 and below 1, that is held out if {@code held-out} is not given
 * @param reference the column with the reference answer; if not given, {@code reference}, {@code answer}, {@code ground_truth} or {@code target},
 *     where there is one
 */
@Method(name = "prompts", kind = "task", summary = "your own prompts from a file, with reference answers for verifiers")
public record PromptsTask(
        Path train, Optional<Path> heldOut, @Default("0.1") double share, Optional<String> reference)
        implements TaskSource {

    public PromptsTask {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share " + share + " is not above 0 and below 1");
        }
    }

    @Override
    public Task open(Seeds seeds, Progress progress) {
        PromptSplit split = split(seeds);
        split.remark().ifPresent(progress::say);
        return new GivenPrompts(train, split, seeds);
    }

    /** Reads the files and says which prompts are trained on and which are evaluated on. */
    public PromptSplit split(Seeds seeds) {
        return PromptSplit.of(this, seeds);
    }

    @Override
    public Optional<PromptCounts> supply(Seeds seeds) {
        PromptSplit split = split(seeds);
        return Optional.of(
                new PromptCounts(split.training().size(), split.heldOut().size()));
    }

    @Override
    public List<Path> files() {
        return Stream.concat(Stream.of(train), heldOut.stream()).toList();
    }
}
