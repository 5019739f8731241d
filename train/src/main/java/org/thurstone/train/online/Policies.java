package org.thurstone.train.online;

import org.thurstone.model.Decoder;
import org.thurstone.model.Policy;
import org.thurstone.model.sample.PolicyMixture;

/**
 * The policies of a step.
 *
 * @param policy the one that is trained
 * @param reference the reference policy
 * @param past its iterates so far
 */
public record Policies(Policy policy, Policy reference, PolicyHistory past) {

    public Policies {
        if (past.size() < 1) {
            throw new IllegalArgumentException("there is a past iterate at least: the start");
        }
    }

    /** Where the start is all the past there is, and the reference. */
    public static Policies of(Policy policy, Policy reference) {
        return new Policies(policy, reference, PolicyHistory.of(reference));
    }

    /**
     * What samples of a source are drawn from.
     *
     * @param iterate which past iterate, for a source that draws from the past
     */
    Decoder decoder(Source source, int iterate) {
        return switch (source) {
            case Source.Own own -> policy;
            case Source.Reference r -> reference;
            case Source.PastIterate p -> past.get(iterate);
            case Source.Mixture(double share) -> PolicyMixture.mixture(policy, reference, share);
            case Source.Tilted(double by) -> PolicyMixture.tilted(policy, reference, by);
        };
    }
}
