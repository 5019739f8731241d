package org.thurstone.data;

import java.util.List;
import java.util.Optional;

/**
 * Several completions of one prompt in order of preference.
 *
 * @param completions the things ranked, in any order
 * @param places the place of each completion, 0 the best; equal places are ties
 * @param values the score of each completion where the ranking comes from scores, else empty
 */
public record Ranking(
        Prompt prompt,
        List<Completion> completions,
        List<Integer> places,
        Optional<List<Double>> values,
        Provenance provenance)
        implements Example {
    public Ranking {
        completions = List.copyOf(completions);
        places = List.copyOf(places);
        values = values.map(List::copyOf);
        if (completions.size() < 2 || completions.size() != places.size()) {
            throw new IllegalArgumentException("a ranking needs two completions or more and a place for each; got "
                    + completions.size() + " and " + places.size());
        }
        if (places.stream().anyMatch(place -> place < 0)
                || values.stream().flatMap(List::stream).anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "the places of a ranking are at least 0, its values finite; got " + places + " and " + values);
        }
        if (values.isPresent() && values.get().size() != completions.size()) {
            throw new IllegalArgumentException("a ranking with values needs one for each completion");
        }
    }
}
