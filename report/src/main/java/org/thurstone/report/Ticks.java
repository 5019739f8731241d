package org.thurstone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The marks of an axis: multiples of 1, 2 or 5 times a power of ten, no more than asked for.
 *
 * @param step the distance between two
 * @param values ascending
 */
record Ticks(double step, List<Double> values) {

    /** The marks between two finite values, low below high. Whole-numbered axes (iterations) have no mark between two numbers. */
    static Ticks between(double low, double high, int atMost, boolean whole) {
        double step = nice((high - low) / atMost);
        if (whole) step = Math.max(1, step);
        List<Double> values = new ArrayList<>();
        // Counted, not added up: 0.1 + 0.1 + 0.1 is not 0.3. The slack lets a mark stand on the edge in spite of
        // rounding.
        double from = Math.ceil(low / step - 1e-9);
        double to = Math.floor(high / step + 1e-9);
        for (double k = from; k <= to && values.size() <= 2 * atMost; k++) values.add(k * step + 0.0);
        return new Ticks(step, List.copyOf(values));
    }

    private static double nice(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        double nice = lead <= 1 + 1e-9 ? 1 : lead <= 2 + 1e-9 ? 2 : lead <= 5 + 1e-9 ? 5 : 10;
        return nice * power;
    }

    /** A mark's label, with as many decimals as the step needs. */
    String label(double value, boolean percent) {
        double scale = percent ? 100 : 1;
        double shownStep = step * scale;
        double shown = value * scale;
        double largest = values.stream().mapToDouble(Math::abs).max().orElse(0) * scale;
        if (shown == 0) return percent ? "0\u00a0%" : "0";
        if (largest >= 1e7 || shownStep < 9e-5) return Numbers.any(shown) + (percent ? "\u00a0%" : "");
        if (largest >= 1e6) return Numbers.decimals(shown / 1e6, decimals(shownStep / 1e6)) + "\u00a0M";
        return Numbers.decimals(shown, decimals(shownStep)) + (percent ? "\u00a0%" : "");
    }

    private static int decimals(double step) {
        return Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    }

    /** A coordinate in an SVG: two decimals, a point whatever the locale. */
    static String at(double coordinate) {
        String shown = String.format(Locale.ROOT, "%.2f", coordinate);
        return shown.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
