package org.thurstone.worlds.language.component;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.judge.Judge;
import org.thurstone.feedback.judge.JudgeSource;
import org.thurstone.recipe.Method;

/** A reward beside the task's own. */
public sealed interface Component {

    /** What gives it: a judge, opened with a directory for costly things and randomness of its own. */
    Judge open(Path cache, RandomGenerator random);

    /** How many words an answer has. */
    @Method(name = "words", kind = "component", summary = "how many words an answer has, as a reward to be bounded")
    record Words() implements Component {
        @Override
        public Judge open(Path cache, RandomGenerator random) {
            return (prompt, completions) -> completions.stream()
                    .map(c -> {
                        String text = c.text().plain().strip();
                        return text.isEmpty() ? 0.0 : text.split("\\s+").length;
                    })
                    .toList();
        }
    }

    /** Another judge. */
    @Method(name = "judge", kind = "component", summary = "another judge's score, as a reward to be bounded")
    record Judged(JudgeSource judge) implements Component {
        @Override
        public Judge open(Path cache, RandomGenerator random) {
            return judge.open(cache, random);
        }
    }
}
