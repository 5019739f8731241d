package org.thurstone.lab.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Measured;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;

/** What choosing by smallest margins comes to beside other orders, in several settings, with one iteration and with several, seed by seed. */
public final class Advantages {

    /** The order under test, and those that it is held against. */
    public static final List<Order> ORDERS = List.of(Order.SMALLEST, Order.RANDOM, Order.LARGEST);

    private final List<String> settings;
    /** (settings × orders × {one iteration, several} × seeds). */
    private final double[][][][] values;

    public Advantages(List<String> settings, int seeds) {
        this.settings = List.copyOf(settings);
        this.values = new double[settings.size()][ORDERS.size()][2][seeds];
    }

    public void put(int setting, Order order, boolean several, int seed, double value) {
        values[setting][ORDERS.indexOf(order)][several ? 1 : 0][seed] = value;
    }

    /** By seed, over all settings: how much more smallest margins come to. */
    public Measured over(Order other, boolean several) {
        int i = several ? 1 : 0;
        double[] means = new double[values[0][0][0].length];
        for (double[][][] of : values) {
            for (int s = 0; s < means.length; s++) {
                means[s] += (of[0][i][s] - of[ORDERS.indexOf(other)][i][s]) / values.length;
            }
        }
        return Measured.of(means);
    }

    /** That smallest margins come to more than the other two, at once and in several iterations, in the mean over settings. */
    public List<Check> checks(String where, boolean core) {
        List<Check> checks = new ArrayList<>();
        for (boolean several : new boolean[] {false, true}) {
            for (Order other : List.of(Order.RANDOM, Order.LARGEST)) {
                String says = where + ", " + (several ? "in several iterations" : "in one iteration")
                        + ", smallest margins are better than " + words(other) + " ones";
                checks.add(new Check(says, core, over(other, several).above(0)));
            }
        }
        return checks;
    }

    /** In which settings the difference is none that chance would make: where smallest margins are better, and where they are worse. */
    public List<String> notes(String where) {
        List<String> notes = new ArrayList<>();
        for (Order other : List.of(Order.RANDOM, Order.LARGEST)) {
            for (int several = 0; several < 2; several++) {
                List<String> better = new ArrayList<>();
                List<String> worse = new ArrayList<>();
                for (int at = 0; at < values.length; at++) {
                    Measured d =
                            Measured.difference(values[at][0][several], values[at][ORDERS.indexOf(other)][several]);
                    if (d.above(0)) {
                        better.add(settings.get(at));
                    } else if (d.below(0)) {
                        worse.add(settings.get(at));
                    }
                }
                notes.add(where + ", " + (several == 1 ? "several iterations" : "one iteration")
                        + ": smallest margins are better than "
                        + words(other) + " ones in " + listed(better) + ", worse in " + listed(worse) + ", of "
                        + values.length + " settings.");
            }
        }
        return notes;
    }

    private static String listed(List<String> settings) {
        return settings.isEmpty() ? "none" : "\u201c" + String.join("\u201d, \u201c", settings) + "\u201d";
    }

    /** A row for each setting and one for their mean. */
    public Figures figures(String title, int decimals) {
        List<Figures.Row> rows = new ArrayList<>();
        for (int at = 0; at < values.length; at++) {
            double[][][] of = values[at];
            rows.add(Figures.Row.of(
                    settings.get(at),
                    Measured.difference(of[0][0], of[1][0]),
                    Measured.difference(of[0][1], of[1][1]),
                    Measured.difference(of[0][0], of[2][0]),
                    Measured.difference(of[0][1], of[2][1]),
                    Measured.of(of[1][1])));
        }
        if (values.length > 1) {
            double[] random = Arrays.stream(values)
                    .map(of -> of[1][1])
                    .reduce(new double[values[0][0][0].length], (sum, v) -> {
                        double[] next = sum.clone();
                        for (int s = 0; s < next.length; s++) {
                            next[s] += v[s] / values.length;
                        }
                        return next;
                    });
            rows.add(Figures.Row.of(
                    "mean",
                    over(Order.RANDOM, false),
                    over(Order.RANDOM, true),
                    over(Order.LARGEST, false),
                    over(Order.LARGEST, true),
                    Measured.of(random)));
        }
        return new Figures(
                title + ": smallest margins less …",
                "setting",
                List.of(
                        "… random, one iteration",
                        "… random, several",
                        "… largest, one iteration",
                        "… largest, several",
                        "(random itself, several)"),
                rows,
                decimals);
    }

    public static String words(Order order) {
        return order.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A table whose rows are the orders.
     *
     * @param values (orders × columns × seeds)
     */
    public static Figures byOrder(
            String title, String corner, List<String> columns, double[][][] values, int decimals) {
        List<Figures.Row> rows = new ArrayList<>();
        for (int o = 0; o < ORDERS.size(); o++) {
            rows.add(new Figures.Row(
                    words(ORDERS.get(o)),
                    Arrays.stream(values[o]).map(Measured::of).toList()));
        }
        return new Figures(title, corner, columns, rows, decimals);
    }

    /**
     * A line for each order.
     *
     * @param labels along the way
     * @param paths (orders × seeds × places)
     */
    public static Lines plot(String title, String caption, Axis y, double[] labels, double[][][] paths) {
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        ORDERS.forEach(order -> lines.put(words(order), paths[ORDERS.indexOf(order)]));
        return Curves.of(title, caption, Axis.of("labels"), y, labels, lines);
    }
}
