package org.thurstone.lab.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.lab.Check;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Sweep;

/** The advantage of choosing by smallest margins over other orders, in several settings, with one iteration and with several, seed by seed. */
public final class Advantages {

    /** The order under test and its baselines. */
    public static final List<Order> ORDERS = List.of(Order.SMALLEST, Order.RANDOM, Order.LARGEST);

    private final List<String> settings;
    /** Arms are orders; places are settings, each with one iteration and with several. */
    private final Sweep values;

    public Advantages(List<String> settings) {
        this.settings = List.copyOf(settings);
        this.values = Sweep.counting(2 * settings.size());
    }

    /** What a further seed comes to. */
    public void add(int setting, Order order, boolean several, double value) {
        values.add(words(order), place(setting, several), value);
    }

    private static int place(int setting, boolean several) {
        return 2 * setting + (several ? 1 : 0);
    }

    private Measured difference(int setting, Order other, boolean several) {
        return values.difference(words(Order.SMALLEST), words(other), place(setting, several));
    }

    /** By seed, over all settings: how much more smallest margins come to. */
    public Measured over(Order other, boolean several) {
        return Measured.difference(mean(Order.SMALLEST, several), mean(other, several));
    }

    /** By seed, over all settings. */
    private double[] mean(Order order, boolean several) {
        double[] mean = new double[values.values(words(order), 0).length];
        for (int at = 0; at < settings.size(); at++) {
            double[] of = values.values(words(order), place(at, several));
            for (int s = 0; s < mean.length; s++) {
                mean[s] += of[s] / settings.size();
            }
        }
        return mean;
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
            for (boolean several : new boolean[] {false, true}) {
                List<String> better = new ArrayList<>();
                List<String> worse = new ArrayList<>();
                for (int at = 0; at < settings.size(); at++) {
                    Measured d = difference(at, other, several);
                    if (d.above(0)) {
                        better.add(settings.get(at));
                    } else if (d.below(0)) {
                        worse.add(settings.get(at));
                    }
                }
                notes.add(where + ", " + (several ? "several iterations" : "one iteration")
                        + ": smallest margins are better than "
                        + words(other) + " ones in " + listed(better) + ", worse in " + listed(worse) + ", of "
                        + settings.size() + " settings.");
            }
        }
        return notes;
    }

    private static String listed(List<String> settings) {
        return settings.isEmpty() ? "none" : "\u201c" + String.join("\u201d, \u201c", settings) + "\u201d";
    }

    /** A row for each setting and one for their mean. */
    public Figures figures(String title, int decimals) {
        Figures figures = Figures.of(
                        title + ": smallest margins less …",
                        decimals,
                        "setting | … random, one iteration | … random, several | … largest, one iteration"
                                + " | … largest, several | (random itself, several)")
                .rows(
                        settings.size(),
                        at -> Row.of(
                                settings.get(at),
                                difference(at, Order.RANDOM, false),
                                difference(at, Order.RANDOM, true),
                                difference(at, Order.LARGEST, false),
                                difference(at, Order.LARGEST, true),
                                values.at(words(Order.RANDOM), place(at, true))));
        return settings.size() == 1
                ? figures
                : figures.row(
                        "mean",
                        over(Order.RANDOM, false),
                        over(Order.RANDOM, true),
                        over(Order.LARGEST, false),
                        over(Order.LARGEST, true),
                        Measured.of(mean(Order.RANDOM, true)));
    }

    public static String words(Order order) {
        return order.name().toLowerCase(Locale.ROOT);
    }
}
