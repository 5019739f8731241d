package org.thurstone.rank.file;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.rank.Outcome;

/** What a word in a column of winners can be, seen alone; the whole column decides what it means. */
sealed interface Code {

    /** A word of one meaning, in every column. */
    record Plain(Outcome outcome) implements Code {}

    /** A letter or two that mean one thing among A, B and another among H, D, A. */
    record Letter(String letter) implements Code {}

    record Numeric(double value) implements Code {}

    /**
     * {@code A>>B}.
     *
     * @param margin above 0 if the left item is better
     */
    record Grade(int margin) implements Code {}

    /**
     * {@code 2-1}.
     *
     * @param margin left minus right
     */
    record Score(int margin) implements Code {}

    Map<String, Outcome> PLAIN = Map.ofEntries(
            Map.entry("model_a", Outcome.LEFT),
            Map.entry("model_1", Outcome.LEFT),
            Map.entry("left", Outcome.LEFT),
            Map.entry("first", Outcome.LEFT),
            Map.entry("item_a", Outcome.LEFT),
            Map.entry("player_a", Outcome.LEFT),
            Map.entry("player_1", Outcome.LEFT),
            Map.entry("home", Outcome.LEFT),
            Map.entry("home_team", Outcome.LEFT),
            Map.entry("team_a", Outcome.LEFT),
            Map.entry("team_1", Outcome.LEFT),
            Map.entry("white", Outcome.LEFT),
            Map.entry("win", Outcome.LEFT),
            Map.entry("model_b", Outcome.RIGHT),
            Map.entry("model_2", Outcome.RIGHT),
            Map.entry("right", Outcome.RIGHT),
            Map.entry("second", Outcome.RIGHT),
            Map.entry("item_b", Outcome.RIGHT),
            Map.entry("player_b", Outcome.RIGHT),
            Map.entry("player_2", Outcome.RIGHT),
            Map.entry("away", Outcome.RIGHT),
            Map.entry("away_team", Outcome.RIGHT),
            Map.entry("team_b", Outcome.RIGHT),
            Map.entry("team_2", Outcome.RIGHT),
            Map.entry("black", Outcome.RIGHT),
            Map.entry("loss", Outcome.RIGHT),
            Map.entry("tie", Outcome.TIE),
            Map.entry("draw", Outcome.TIE),
            Map.entry("equal", Outcome.TIE),
            Map.entry("both", Outcome.TIE),
            Map.entry("same", Outcome.TIE),
            Map.entry("a=b", Outcome.TIE),
            Map.entry("1/2-1/2", Outcome.TIE),
            Map.entry("½-½", Outcome.TIE),
            Map.entry("tie_(bothbad)", Outcome.BOTH_BAD),
            Map.entry("tie(bothbad)", Outcome.BOTH_BAD),
            Map.entry("bothbad", Outcome.BOTH_BAD),
            Map.entry("both_bad", Outcome.BOTH_BAD),
            Map.entry("neither", Outcome.BOTH_BAD));

    Pattern GRADE = Pattern.compile("([ab])\\s*(>{1,3}|<{1,3})\\s*([ab])");
    Pattern SCORE = Pattern.compile("(\\d{1,4})\\s*[-:–]\\s*(\\d{1,4})");

    /** What a word can be; empty if it is something else. */
    static Optional<Code> of(String word) {
        String plain = word.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("[[") && plain.endsWith("]]")) {
            plain = plain.substring(2, plain.length() - 2).strip();
        }
        if (plain.length() == 1 && "abchdwlrtx".indexOf(plain.charAt(0)) >= 0) {
            return Optional.of(new Letter(plain));
        }
        Outcome known = PLAIN.get(plain.replace(' ', '_'));
        if (known != null) {
            return Optional.of(new Plain(known));
        }
        Matcher grade = GRADE.matcher(plain);
        if (grade.matches() && !grade.group(1).equals(grade.group(3))) {
            int size = grade.group(2).length();
            boolean left = grade.group(1).equals("a") == grade.group(2).startsWith(">");
            return Optional.of(new Grade(left ? size : -size));
        }
        Matcher score = SCORE.matcher(plain);
        if (score.matches()) {
            return Optional.of(new Score(Integer.parseInt(score.group(1)) - Integer.parseInt(score.group(2))));
        }
        return number(plain).map(Numeric::new);
    }

    /** A finite number in digits. */
    static Optional<Double> number(String text) {
        if (text.isEmpty() || "+-.0123456789−".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        try {
            double value = Double.parseDouble(text.replace('−', '-'));
            return Double.isFinite(value) ? Optional.of(value + 0.0) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
