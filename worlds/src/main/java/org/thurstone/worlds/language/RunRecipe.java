package org.thurstone.worlds.language;

import java.util.List;
import java.util.Optional;
import org.thurstone.model.sample.Sampling;
import org.thurstone.worlds.language.LoopRecipe.EvaluationSettings;
import org.thurstone.worlds.language.LoopRecipe.Warnings;
import org.thurstone.worlds.language.control.Control;
import org.thurstone.worlds.language.task.Task;

/** What recipes of iterative runs have in common: where they start, how they are evaluated, and what their result is held against. */
public sealed interface RunRecipe permits LoopRecipe, OnlineRecipe {

    long seed();

    /** A Hugging Face model directory to start from. */
    Optional<String> policy();

    Task task();

    int iterations();

    /** How answers are sampled. */
    Sampling sampling();

    EvaluationSettings evaluation();

    Warnings warnings();

    List<Control> controls();

    /** What will be done, in a line. */
    String plan();
}
