package org.thurstone.report;

/**
 * A cell of a table.
 *
 * @param shown as it is read
 * @param detail in smaller type, such as an interval; may be empty
 * @param value what it is compared by, NaN for words and for what is missing
 * @param whole as it is read where long lines can be broken; differs only for a name that is shortened
 */
public record Cell(String shown, String detail, double value, String whole) {

    /** Characters of the longest name that a table shows whole. */
    private static final int LONGEST = 72;

    public Cell(String shown, String detail, double value) {
        this(shown, detail, value, shown);
    }

    /** Words. */
    public static Cell text(String shown) {
        return new Cell(shown, "", Double.NaN);
    }

    /** A name that was given by others: one that is too long for a terminal is shortened there in its middle, where names differ least. */
    public static Cell name(String name) {
        int length = name.codePointCount(0, name.length());
        if (length <= LONGEST) {
            return text(name);
        }
        int end = name.offsetByCodePoints(0, LONGEST * 2 / 3);
        int start = name.offsetByCodePoints(name.length(), -LONGEST / 3);
        return new Cell(name.substring(0, end) + "…" + name.substring(start), "", Double.NaN, name);
    }

    /** A whole number, with its thousands set apart. */
    public static Cell count(long value) {
        return new Cell(Numbers.decimals((double) value, 0), "", (double) value);
    }

    /** A number with so many decimals. */
    public static Cell number(double value, int decimals) {
        return new Cell(Numbers.decimals(value, decimals), "", value);
    }

    /** A number with its interval. */
    public static Cell number(double value, double low, double high, int decimals) {
        return new Cell(Numbers.decimals(value, decimals), interval(low, high, decimals), value);
    }

    /** A share of one, as percent with one decimal. */
    public static Cell percent(double share) {
        return new Cell(Numbers.percent(share, 1), "", share);
    }

    /** A share of one with its interval, as percent with one decimal. */
    public static Cell percent(double share, double low, double high) {
        return new Cell(Numbers.percent(share, 1), interval(low * 100, high * 100, 1), share);
    }

    /** Nothing where an interval is not known. */
    private static String interval(double low, double high, int decimals) {
        return Double.isNaN(low) && Double.isNaN(high)
                ? ""
                : Numbers.between(Numbers.decimals(low, decimals), Numbers.decimals(high, decimals));
    }

    /** An empty cell, for a figure that was not measured. */
    public static Cell missing() {
        return text("–");
    }
}
