package org.thurstone.elicit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator.SplittableGenerator;

/** What a recipe says about a respondent: it may have to be fitted, loaded or connected before it can answer. */
@FunctionalInterface
public interface RespondentSource {

    Respondent open(Opening opening);

    /**
     * What a respondent may use when it is opened.
     *
     * @param cache a directory that outlives the run, for what would be slow to compute again; made where it is missing
     * @param randomness of a name, decided by the run's seed
     * @param judge whoever rates completions in this run, for respondents that answer from its scores
     * @param references the expected answers of prompts, by prompt id, for verifiers
     */
    record Opening(
            Path cache,
            Function<String, SplittableGenerator> randomness,
            Optional<Respondent> judge,
            Map<String, String> references) {
        public Opening {
            references = Map.copyOf(references);
        }

        /** For respondents that need no more than a judge's scores. */
        public static Opening withJudge(Respondent judge) {
            return new Opening(
                    Path.of(""),
                    name -> {
                        throw new IllegalStateException("there is no randomness to open a respondent with");
                    },
                    Optional.of(judge),
                    Map.of());
        }
    }
}
