package org.thurstone.rank.file;

import java.util.List;
import java.util.Optional;

/**
 * A condition on a column; rows that do not meet it are not read.
 *
 * @param value compared as a number where both are numbers, otherwise as text, in which upper case makes no difference
 */
public record RowFilter(String column, Comparison comparison, String value) {

    /** How the cell and the value compare. */
    public enum Comparison {
        NOT_EQUAL("!="),
        AT_LEAST(">="),
        AT_MOST("<="),
        EQUAL("="),
        ABOVE(">"),
        BELOW("<");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }
    }

    /**
     * As a user writes it.
     *
     * @param text {@code language=English}, {@code turn!=1}, {@code year>=2020} …
     * @throws IllegalArgumentException if it is of another form, or orders by a value that is no number
     */
    public static RowFilter parse(String text) {
        int at = 0;
        while (at < text.length() && "!=<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        for (Comparison comparison : Comparison.values()) {
            if (at > 0 && text.startsWith(comparison.sign, at)) {
                return new RowFilter(
                        text.substring(0, at).strip(),
                        comparison,
                        text.substring(at + comparison.sign.length()).strip());
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a condition such as language=English or year>=2020");
    }

    public RowFilter {
        if (List.of(Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.ABOVE, Comparison.BELOW)
                        .contains(comparison)
                && Code.number(value).isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is not a number; only numbers can be compared by " + comparison.sign);
        }
    }

    /** Whether a row meets it. An empty cell equals an empty value, and is neither above nor below a number. */
    boolean accepts(Cell row, String actual) {
        String text = row.text(actual).map(String::strip).orElse("");
        Optional<Double> wanted = Code.number(value);
        Optional<Double> number = Code.number(text);
        boolean numbers = wanted.isPresent() && number.isPresent();
        return switch (comparison) {
            case EQUAL -> numbers ? number.equals(wanted) : text.equalsIgnoreCase(value);
            case NOT_EQUAL -> numbers ? !number.equals(wanted) : !text.equalsIgnoreCase(value);
            case AT_LEAST -> numbers && number.get() >= wanted.get();
            case AT_MOST -> numbers && number.get() <= wanted.get();
            case ABOVE -> numbers && number.get() > wanted.get();
            case BELOW -> numbers && number.get() < wanted.get();
        };
    }

    @Override
    public String toString() {
        return column + comparison.sign + value;
    }
}
