package org.thurstone.data;

import java.util.Locale;

/** A number of things in words: {@code 1 row}, {@code 2,400 battles}. */
public final class Count {

    private Count() {}

    /** The plural ends in s. */
    public static String of(long n, String one) {
        return of(n, one, one + "s");
    }

    /** With a plural of its own, or with more words: {@code Count.of(2, "question waits", "questions wait")}. */
    public static String of(long n, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
    }
}
