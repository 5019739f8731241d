package org.thurstone.model.sample;

import java.util.List;

/**
 * A token that was drawn.
 *
 * @param logProb its log-probability under the model's whole distribution, before temperature and filters
 * @param top the most likely tokens in its place, as many as were asked for, by falling log-probability, then by id
 */
public record SampledToken(int id, float logProb, List<Candidate> top) {

    /** A token that could have been drawn. */
    public record Candidate(int id, float logProb) {}

    public SampledToken {
        top = List.copyOf(top);
    }
}
