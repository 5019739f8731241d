package org.thurstone.feedback.judge;

import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** What a recipe says about a judge that must be fitted or loaded before it can score. */
@FunctionalInterface
public interface JudgeSource {

    /** @param cache a directory for what would be slow to compute again; made where it is missing */
    Judge open(Path cache, RandomGenerator random);
}
