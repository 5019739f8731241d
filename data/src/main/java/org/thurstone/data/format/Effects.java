package org.thurstone.data.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurstone.data.Comparison;
import org.thurstone.data.Count;
import org.thurstone.data.Example;
import org.thurstone.data.Preference;
import org.thurstone.data.Rating;

/** The effects of the columns {@code weight}, {@code margin}, {@code label} and {@code tie} of a file on its examples. */
public final class Effects {

    private long weighted;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private long margins;
    private long ties;
    private long reversed;
    private long soft;
    private long desirable;
    private long undesirable;
    private long ratings;

    public void add(Example example) {
        double weight = example.provenance().weight();
        if (weight != 1) {
            weighted++;
            smallest = Math.min(smallest, weight);
            largest = Math.max(largest, weight);
        }
        switch (example) {
            case Comparison c -> {
                margins += c.margin().isPresent() ? 1 : 0;
                ties += c.tied() ? 1 : 0;
                reversed += c.preference() instanceof Preference.Right ? 1 : 0;
                soft += c.preference() instanceof Preference.Soft ? 1 : 0;
            }
            case Rating r -> {
                ratings++;
                desirable += r.value() == 1 ? 1 : 0;
                undesirable += r.value() == 0 ? 1 : 0;
            }
            default -> {}
        }
    }

    /** The lines for a file, with what was put before its prompts. */
    public List<String> lines(List<ColumnCount> read) {
        List<String> lines = new ArrayList<>();
        boolean instruction = read.stream().anyMatch(column -> column.name().equals("instruction"));
        for (ColumnCount column : read) {
            String rows = Count.of(column.rows(), "row");
            if (Names.SYSTEM.contains(column.name())) {
                lines.add(column.name() + ": the system prompt of " + rows);
            } else if (column.name().equals("history")) {
                lines.add("history: earlier turns of " + rows);
            } else if (instruction && Names.INPUT.contains(column.name())) {
                lines.add(column.name() + ": follows the instruction of " + rows);
            }
        }
        boolean margin = read.stream().anyMatch(column -> column.name().equals("margin"));
        lines().forEach(line ->
                lines.add(line.startsWith("margin: ") && !margin ? line + ", the difference of their scores" : line));
        return lines;
    }

    /** A line for each thing that columns did: {@code weight: 12 rows are not 1 (0.5 to 2)}; none if they did nothing. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (weighted > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "weight: %s %s not 1 (%s to %s)",
                    Count.of(weighted, "row"),
                    weighted == 1 ? "is" : "are",
                    number(smallest),
                    number(largest)));
        }
        if (ratings > 0 && desirable + undesirable == ratings) {
            lines.add(String.format(Locale.ROOT, "label: %,d desirable, %,d undesirable", desirable, undesirable));
        }
        List<String> verdicts = new ArrayList<>();
        add(verdicts, ties, "tied");
        add(verdicts, reversed, "with the second better");
        add(verdicts, soft, "with a probability");
        if (!verdicts.isEmpty()) {
            lines.add("label: " + String.join(", ", verdicts));
        }
        if (margins > 0) {
            lines.add("margin: " + Count.of(margins, "row") + (margins == 1 ? " has one" : " have one"));
        }
        return lines;
    }

    /** A number without needless digits: {@code 2}, {@code 0.5}. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static void add(List<String> verdicts, long count, String what) {
        if (count > 0) {
            verdicts.add(Count.of(count, "row") + " " + what);
        }
    }
}
