package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the codes of a column of winners mean, where a user says so. */
public sealed interface Codes {

    Pattern SCALE =
            Pattern.compile("(?:(-?\\d+(?:\\.\\d+)?)=)?(left|right)\\.\\.(?:(-?\\d+(?:\\.\\d+)?)=)?(left|right)");

    /** What a code can mean. */
    enum Meaning {
        LEFT,
        RIGHT,
        TIE,
        BOTH_BAD,
        /** The row is not counted. */
        SKIP;

        private static Meaning of(String word) {
            return Stream.of(values())
                    .filter(m -> m.toString().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a code means left, right, tie, both-bad or skip," + " not \"" + word.strip() + "\""));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The meanings of the numbers of a column in ascending order: of three, usually 0, 1, 2 or −1, 0, 1. */
    record Ascending(List<Meaning> meanings) implements Codes {
        public Ascending {
            meanings = List.copyOf(meanings);
        }

        @Override
        public String toString() {
            return meanings.stream().map(Meaning::toString).collect(Collectors.joining(","));
        }
    }

    /** The meaning of each word or number. */
    record Named(Map<String, Meaning> meanings) implements Codes {
        public Named {
            meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
        }

        @Override
        public String toString() {
            return meanings.entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * A scale from one item to the other: its ends are the strongest preferences, its middle is a tie.
     *
     * @param leftFirst whether the lowest number prefers the left item
     * @param ends the lowest and the highest number of the scale; without them it is −k to k, 0 to 1 or 1 to 2
     */
    record Scale(boolean leftFirst, Optional<Ends> ends) implements Codes {

        /** The lowest and the highest number of a scale. */
        record Ends(double low, double high) {
            public Ends {
                if (!(low < high) || Double.isInfinite(high - low)) {
                    throw new IllegalArgumentException("a scale goes from a lower number to a higher one, not from "
                            + Grades.number(low) + " to " + Grades.number(high));
                }
            }
        }

        @Override
        public String toString() {
            String first = leftFirst ? "left" : "right";
            String last = leftFirst ? "right" : "left";
            return ends.map(e -> Grades.number(e.low()) + "=" + first + ".." + Grades.number(e.high()) + "=" + last)
                    .orElse(first + ".." + last);
        }

        private static Scale parse(String text) {
            Matcher parts = SCALE.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches()
                    || parts.group(2).equals(parts.group(4))
                    || (parts.group(1) == null) != (parts.group(3) == null)) {
                throw new IllegalArgumentException(
                        "\"" + text.strip() + "\" is not a scale such as left..right or 1=left..5=right");
            }
            return new Scale(
                    parts.group(2).equals("left"),
                    parts.group(1) == null
                            ? Optional.empty()
                            : Optional.of(
                                    new Ends(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(3)))));
        }
    }

    /**
     * As a user writes them.
     *
     * @param text {@code tie,left,right} in ascending order, {@code 0=tie,1=left,2=right} by name, or {@code left..right} or
     *     {@code 1=left..5=right} for a scale
     * @throws IllegalArgumentException if it is of another form
     */
    static Codes parse(String text) {
        if (text.contains("..")) {
            return Scale.parse(text);
        }
        List<String> parts = List.of(text.split(",", -1));
        if (!text.contains("=")) {
            List<Meaning> meanings = new ArrayList<>();
            parts.forEach(part -> meanings.add(Meaning.of(part)));
            return new Ascending(meanings);
        }
        Map<String, Meaning> meanings = new LinkedHashMap<>();
        for (String part : parts) {
            int equals = part.lastIndexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "\"" + part.strip() + "\" is not CODE=MEANING, as in 0=tie,1=left,2=right");
            }
            meanings.put(part.substring(0, equals).strip(), Meaning.of(part.substring(equals + 1)));
        }
        return new Named(meanings);
    }
}
