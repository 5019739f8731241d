package org.thurstone.feedback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Content;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;

/**
 * A prompt's sampled completions and what a judge gave each.
 *
 * @param completions in the order of sampling; the same text may come more than once
 * @param scores one finite number for each completion, in the judge's own unit, larger is better
 */
public record ScoredCompletions(Prompt prompt, List<Completion> completions, List<Double> scores) {

    public ScoredCompletions {
        completions = List.copyOf(completions);
        scores = List.copyOf(scores);
        if (completions.size() != scores.size()) {
            throw new UserError("prompt \"%s\" has %d completions but its judge gave %d scores; one for each is needed"
                    .formatted(prompt.id(), completions.size(), scores.size()));
        }
        for (int i = 0; i < scores.size(); i++) {
            if (!Double.isFinite(scores.get(i))) {
                throw new UserError(
                        "the judge scored completion %d of prompt \"%s\" %s; a score must be a finite number"
                                .formatted(i + 1, prompt.id(), scores.get(i)));
            }
        }
    }

    /** All with score 0, for pairings that work without scores. */
    public static ScoredCompletions unscored(Completions all) {
        return new ScoredCompletions(
                all.prompt(),
                all.completions(),
                Collections.nCopies(all.completions().size(), 0.0));
    }

    public int size() {
        return completions.size();
    }

    /**
     * The same with every content once, at its first place, with the mean of its scores. Pairing starts here, because one preferred to
     * itself teaches nothing, and because a noisy judge may have scored two copies differently.
     */
    public ScoredCompletions distinct() {
        Map<Content, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < completions.size(); i++) {
            places.computeIfAbsent(completions.get(i).bareContent(), content -> new ArrayList<>())
                    .add(i);
        }
        if (places.size() == completions.size()) {
            return this;
        }
        List<Completion> once = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        for (List<Integer> copies : places.values()) {
            once.add(completions.get(copies.getFirst()));
            means.add(mean(copies));
        }
        return new ScoredCompletions(prompt, once, means);
    }

    /** Copies of equal score keep it to the last bit, which a sum and a division would not. */
    private double mean(List<Integer> copies) {
        double first = scores.get(copies.getFirst());
        double excess = 0;
        for (int i : copies) {
            excess += scores.get(i) - first;
        }
        return first + excess / copies.size();
    }

    /** Completions i and j as a pair, the better one on the left; of equals, i. */
    public CandidatePair pair(int i, int j) {
        return scores.get(i) >= scores.get(j)
                ? new CandidatePair(prompt, completions.get(i), completions.get(j), scores.get(i), scores.get(j))
                : new CandidatePair(prompt, completions.get(j), completions.get(i), scores.get(j), scores.get(i));
    }
}
