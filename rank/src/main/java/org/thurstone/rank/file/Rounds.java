package org.thurstone.rank.file;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of the battles of one time: a number, or the round of a tournament. */
final class Rounds {

    private static final Pattern OF = Pattern.compile("(?:r|round of )(\\d+)");
    private static final Pattern QUALIFYING = Pattern.compile("q(\\d)");

    /** After the rounds of 1024, 512 … 16, which come by their size. */
    private static final List<List<String>> LATE = List.of(
            List.of("qf", "quarterfinal", "quarter-final", "quarterfinals", "quarter-finals"),
            List.of("sf", "semifinal", "semi-final", "semifinals", "semi-finals"),
            List.of("br", "bronze", "3rd place", "third place"),
            List.of("f", "final", "the final"));

    private Rounds() {}

    /** @throws IllegalArgumentException if it is neither a number nor a known round */
    static double order(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Optional<Double> number = Code.number(plain);
        if (number.isPresent()) {
            return number.get();
        }
        Matcher of = OF.matcher(plain);
        if (of.matches()) {
            return -Double.parseDouble(of.group(1));
        }
        Matcher qualifying = QUALIFYING.matcher(plain);
        if (qualifying.matches()) {
            return -1e6 + Double.parseDouble(qualifying.group(1));
        }
        if (plain.equals("rr") || plain.equals("round robin") || plain.equals("group")) {
            return -8;
        }
        for (int k = 0; k < LATE.size(); k++) {
            if (LATE.get(k).contains(plain)) {
                return k - LATE.size();
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is neither a number nor a round such as R32, QF, SF or F");
    }
}
