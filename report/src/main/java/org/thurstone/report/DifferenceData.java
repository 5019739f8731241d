package org.thurstone.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The differences of rows as the script of the page reads them. Of all pairs each standard error takes {@value #DIGITS} characters: its logarithm, in
 * equal steps between the smallest and the largest.
 */
final class DifferenceData {

    /** The script has the same. */
    static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    static final int DIGITS = 3;
    private static final int MOST = (1 << (6 * DIGITS)) - 1;

    private DifferenceData() {}

    /** A document that can stand in a script element: it has no {@code <}. */
    static String of(RowDifferences differences) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("estimates", differences.estimates());
        document.put("group", differences.group());
        document.put("unit", differences.unit());
        document.put("decimals", differences.decimals());
        document.put("quantile", differences.quantile());
        document.put("level", differences.level());
        switch (differences.errors()) {
            case RowDifferences.NoErrors none -> document.put("why", none.why());
            case RowDifferences.RowErrors rows -> {
                document.put("rows", rows.ofRow());
                document.put("remark", rows.remark());
            }
            case RowDifferences.PairErrors pairs -> document.put("pairs", pairs(differences.estimates(), pairs));
        }
        differences.chances().ifPresent(chances -> document.put("chances", chances));
        return JsonText.of(document).replace("<", "\\u003c");
    }

    /** The pairs of rows that have estimates: of each row those with earlier ones. */
    private static Map<String, Object> pairs(double[] estimates, RowDifferences.PairErrors of) {
        int[] rows = IntStream.range(0, estimates.length)
                .filter(i -> Double.isFinite(estimates[i]))
                .toArray();
        double[] logs = new double[rows.length * (rows.length - 1) / 2];
        int at = 0;
        for (int a = 0; a < rows.length; a++) {
            for (int b = 0; b < a; b++) {
                logs[at++] = Math.log(of.of(rows[a], rows[b]));
            }
        }
        double[] known = Arrays.stream(logs).filter(Double::isFinite).sorted().toArray();
        double least = known.length == 0 ? 0 : known[0];
        double step = known.length == 0 ? 0 : (known[known.length - 1] - least) / MOST;
        StringBuilder text = new StringBuilder(DIGITS * logs.length);
        for (double log : logs) {
            // A difference without an error is that of two rows that always go together.
            long code = step > 0 && Double.isFinite(log) ? Math.round((log - least) / step) : 0;
            for (int digit = DIGITS - 1; digit >= 0; digit--) {
                text.append(ALPHABET.charAt((int) (code >> (6 * digit)) & 63));
            }
        }
        Map<String, Object> pairs = new LinkedHashMap<>();
        pairs.put("least", least);
        pairs.put("step", step);
        pairs.put("codes", text.toString());
        return pairs;
    }
}
