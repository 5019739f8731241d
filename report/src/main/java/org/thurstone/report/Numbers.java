package org.thurstone.report;

import java.util.Locale;

/** Formats numbers for people: a decimal point, commas between thousands, a true minus, a dash for what is not a number. */
final class Numbers {

    private Numbers() {}

    static String decimals(double value, int decimals) {
        if (Double.isNaN(value)) return "–";
        if (Double.isInfinite(value)) return value > 0 ? "∞" : "−∞";
        if (Math.abs(value) >= 1e15) return sign(String.format(Locale.ROOT, "%.2e", value));
        String shown = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        boolean zero = shown.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? shown.replace("-", "") : sign(shown);
    }

    /** A share of one as percent; the space before the sign does not break. */
    static String percent(double share, int decimals) {
        String number = decimals(share * 100, decimals);
        return Double.isFinite(share) ? number + "\u00a0%" : number;
    }

    /** A number whose size is not known beforehand, to about four digits. */
    static String any(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || value == 0) return decimals(value, 0);
        if (size < 1e-3 || size >= 1e9)
            return sign(String.format(Locale.ROOT, "%.2e", value)
                    .replaceAll("e([+-])0?", "e$1")
                    .replace("e+", "e"));
        if (size >= 1000 || value == Math.rint(value)) return decimals(value, 0);
        int whole = (int) Math.floor(Math.log10(size)) + 1;
        return decimals(value, Math.max(0, Math.min(4, 4 - Math.max(1, whole))));
    }

    /** A number for an axis, as percent or plain. */
    static String on(Axis axis, double value) {
        if (!axis.percent()) return any(value);
        return percent(value, 1);
    }

    /** From one to another: a dash next to a minus is hard to read. */
    static String between(String low, String high) {
        return low + (low.startsWith("−") || high.startsWith("−") ? " to " : "–") + high;
    }

    private static String sign(String shown) {
        return shown.replace('-', '−');
    }
}
