package org.thurstone.elicit;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator.SplittableGenerator;

/** A respondent as configured in a recipe: it may have to be fitted, loaded or connected before it can answer. */
@FunctionalInterface
public interface RespondentSource {

    Respondent open(Opening opening);

    /** The respondents that this one asks; empty if it has no members. */
    default List<RespondentSource> sources() {
        return List.of();
    }

    /** Whether it answers from the scores of the run's judge, and so cannot do without one. */
    default boolean needsJudge() {
        return sources().stream().anyMatch(RespondentSource::needsJudge);
    }

    /** The forms of question that it may answer, as far as can be said before it is opened. */
    default Set<Question.Form> mayAnswer() {
        Set<Question.Form> forms = EnumSet.allOf(Question.Form.class);
        sources().forEach(source -> forms.retainAll(source.mayAnswer()));
        return forms;
    }

    /**
     * The resources that a respondent may use.
     *
     * @param cache a directory that outlives the run, for what would be slow to compute again; made where it is missing. One that cannot be
     *     written is done without, and a notice says so
     * @param randomness of a name, decided by the run's seed
     * @param judge the judge of this run, for respondents that answer from its scores
     * @param references the expected answers of prompts, by prompt id, for verifiers
     * @param given the respondents that a program gives to its run, by the name that the recipe has for them
     * @param notices takes lines that the user should see, such as columns of a file that were not read
     */
    record Opening(
            Path cache,
            Function<String, SplittableGenerator> randomness,
            Optional<Respondent> judge,
            Map<String, String> references,
            Map<String, Respondent> given,
            Consumer<String> notices) {
        public Opening {
            references = Map.copyOf(references);
            given = Map.copyOf(given);
        }

        /** An opening for respondents that need only a judge's scores. */
        public static Opening withJudge(Respondent judge) {
            return new Opening(
                    Path.of(""),
                    name -> {
                        throw new IllegalStateException("there is no randomness to open a respondent with");
                    },
                    Optional.of(judge),
                    Map.of(),
                    Map.of(),
                    notice -> {});
        }
    }
}
