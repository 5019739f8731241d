package org.thurstone.rank.summary;

import java.util.Optional;
import org.thurstone.report.Cell;
import org.thurstone.statistics.Estimate;

/**
 * An estimate with its 95 % interval, for documents and tables; what could not be estimated is empty.
 *
 * @param count number of values that it was estimated from
 */
public record Interval(Optional<Double> value, Optional<Double> low, Optional<Double> high, int count) {

    public static Interval of(Estimate e) {
        return new Interval(finite(e.mean()), finite(e.low()), finite(e.high()), e.count());
    }

    static Optional<Double> finite(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    /** The interval as text with three decimals. */
    public Cell cell() {
        return value.isEmpty()
                ? Cell.missing()
                : low.isEmpty() || high.isEmpty()
                        ? Cell.number(value.get(), 3)
                        : Cell.number(value.get(), low.get(), high.get(), 3);
    }

    /** A share of one as a percentage. */
    public Cell percent() {
        return value.isEmpty()
                ? Cell.missing()
                : low.isEmpty() || high.isEmpty()
                        ? Cell.percent(value.get())
                        : Cell.percent(value.get(), low.get(), high.get());
    }
}
