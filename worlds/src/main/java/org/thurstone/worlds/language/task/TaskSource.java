package org.thurstone.worlds.language.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;

/** A task as configured in a recipe; it may have to read files before it can provide prompts. */
public interface TaskSource {

    /**
     * The task, ready for a run.
     *
     * @param seeds of the run, for tasks that choose among given prompts
     * @throws org.thurstone.data.UserError if a file cannot be read or its prompts cannot be used
     */
    Task open(Seeds seeds, Progress progress);

    /** Files that decide the prompts: a run is resumed only if they are as they were. */
    default List<Path> files() {
        return List.of();
    }

    /**
     * How many prompts there are; empty for tasks that make their own, which never run out.
     *
     * @throws org.thurstone.data.UserError as {@link #open}
     */
    default Optional<PromptCounts> supply(Seeds seeds) {
        return Optional.empty();
    }

    /**
     * Prompts of files.
     *
     * @param training to train on
     * @param heldOut to evaluate on
     */
    record PromptCounts(int training, int heldOut) {}

    /** The most times that the samples of a prompt are drawn, at least 1; see {@link Task#enough}. */
    default int attempts() {
        return 1;
    }

    /** Whether the task itself knows how good a completion is. */
    default boolean judges() {
        return false;
    }
}
