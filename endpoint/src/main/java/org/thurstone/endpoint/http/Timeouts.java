package org.thurstone.endpoint.http;

import java.time.Duration;
import org.thurstone.recipe.Default;

/**
 * The limits of a call, each above 0.
 *
 * @param connect to be connected
 * @param firstByte from sending the request to the beginning of the reply
 * @param idle between two pieces of the reply
 * @param whole for the whole call
 */
public record Timeouts(
        @Default("10s") Duration connect,
        @Default("5m") Duration firstByte,
        @Default("1m") Duration idle,
        @Default("15m") Duration whole) {

    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(15));

    public Timeouts {
        if (!connect.isPositive() || !firstByte.isPositive() || !idle.isPositive() || !whole.isPositive()) {
            throw new IllegalArgumentException("timeouts must be above 0");
        }
    }
}
