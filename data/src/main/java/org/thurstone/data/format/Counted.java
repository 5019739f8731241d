package org.thurstone.data.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.thurstone.data.Count;

/** Numbers of things in words: {@code 1 row}, {@code 1,200 rows}. */
public final class Counted {

    private Counted() {}

    /** A number without needless digits: {@code 2}, {@code 0.5}. */
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    public static String rows(long count) {
        return of(count, "row");
    }

    /** @param noun whose plural is formed with an s */
    public static String of(long count, String noun) {
        return Count.of(count, noun);
    }
}
