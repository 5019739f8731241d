package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    Map<String, Outcome> PLAIN = plain();

    Pattern GRADE = Pattern.compile("([ab])\\s*(>{1,3}|<{1,3})\\s*([ab])");
    Pattern SCORE = Pattern.compile("(\\d{1,4})\\s*[-:–]\\s*(\\d{1,4})");

    private static Map<String, Outcome> plain() {
        Map<String, Outcome> words = new HashMap<>();
        for (String what : List.of(
                "model",
                "item",
                "player",
                "team",
                "response",
                "answer",
                "assistant",
                "output",
                "option",
                "candidate")) {
            words.put(what + "_a", Outcome.LEFT);
            words.put(what + "_1", Outcome.LEFT);
            words.put(what + "1", Outcome.LEFT);
            words.put(what + "_b", Outcome.RIGHT);
            words.put(what + "_2", Outcome.RIGHT);
            words.put(what + "2", Outcome.RIGHT);
        }
        for (String word : List.of("left", "first", "home", "home_team", "white", "win", "won")) {
            words.put(word, Outcome.LEFT);
        }
        for (String word : List.of("right", "second", "away", "away_team", "black", "loss", "lost")) {
            words.put(word, Outcome.RIGHT);
        }
        for (String word : List.of("tie", "draw", "drawn", "equal", "both", "same", "=", "a=b", "1/2-1/2", "½-½")) {
            words.put(word, Outcome.TIE);
        }
        for (String word : List.of(
                "tie_(bothbad)", "tie_(both_bad)", "tie(bothbad)", "bothbad", "both_bad", "both_are_bad", "neither")) {
            words.put(word, Outcome.BOTH_BAD);
        }
        List<Map.Entry<String, Outcome>> sides = new ArrayList<>(words.entrySet());
        sides.add(Map.entry("a", Outcome.LEFT));
        sides.add(Map.entry("b", Outcome.RIGHT));
        for (Map.Entry<String, Outcome> side : sides) {
            if (side.getValue() == Outcome.LEFT || side.getValue() == Outcome.RIGHT) {
                for (String better : List.of("_wins", "_win", "_won", "_is_better", "_better")) {
                    words.put(side.getKey() + better, side.getValue());
                }
            }
        }
        words.put(">", Outcome.LEFT);
        words.put("<", Outcome.RIGHT);
        return Map.copyOf(words);
    }

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
