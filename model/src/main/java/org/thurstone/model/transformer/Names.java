package org.thurstone.model.transformer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of the weights in a family's checkpoints, which also determine which weights there are: a family without {@link Role#QUERY_NORM} does not
 * normalise its queries.
 *
 * @param embedding the token embedding, with its ".weight"
 * @param positions the position embedding, if positions are learned
 * @param finalNorm the last norm, without ".weight"
 * @param head the output matrix, with its ".weight"; not in the file where it is tied to the embedding
 * @param layer what comes before a layer's number
 * @param roles what comes after it, without ".weight"
 * @param biased the projections that have a ".bias" in addition to their ".weight"
 */
public record Names(
        String embedding,
        Optional<String> positions,
        String finalNorm,
        String head,
        String layer,
        Map<Role, String> roles,
        Set<Role> biased) {

    public Names {
        roles = Map.copyOf(roles);
        biased = Set.copyOf(biased);
    }

    boolean has(Role role) {
        return roles.containsKey(role);
    }

    /** What the names of the model below the head begin with, such as "model."; checkpoints saved without a head lack it. */
    public String prefix() {
        return embedding.substring(0, embedding.indexOf('.') + 1);
    }

    /** The name of a layer's weight, without ".weight" or ".bias". */
    String of(int index, Role role) {
        String name = roles.get(role);
        if (name == null) {
            throw new IllegalArgumentException("this family has no " + role);
        }
        return layer + index + "." + name;
    }
}
