package org.thurstone.endpoint;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Limits of what a chat model may use in a run, failed attempts included. When one is reached, no further call is made, and further questions fail.
 *
 * @param cost in the currency of {@code price}, above 0
 * @param calls attempts, at least 1
 * @param tokens read and written, at least 1
 */
public record Cap(OptionalDouble cost, OptionalLong calls, OptionalLong tokens) {

    /** No limit. */
    public static final Cap NONE = new Cap(OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty());

    public Cap {
        if (cost.isPresent() && !(cost.getAsDouble() > 0 && Double.isFinite(cost.getAsDouble()))) {
            throw new IllegalArgumentException("cost " + cost.getAsDouble() + " is not a finite number above 0");
        }
        if (calls.orElse(1) < 1 || tokens.orElse(1) < 1) {
            throw new IllegalArgumentException("calls and tokens must be at least 1");
        }
    }

    /** The same with another limit on cost. */
    public Cap withCost(double other) {
        return new Cap(OptionalDouble.of(other), calls, tokens);
    }

    /** The same with another limit on calls. */
    public Cap withCalls(long other) {
        return new Cap(cost, OptionalLong.of(other), tokens);
    }
}
