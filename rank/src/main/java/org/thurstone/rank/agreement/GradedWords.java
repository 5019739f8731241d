package org.thurstone.rank.agreement;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Places of labels that grade one adjective and its opposite: {@code strongly disagree}, {@code somewhat likely}, {@code not at all helpful}, {@code
 * much better}. A place is the strength of the adverb, negative for the opposite; words for the middle have place 0.
 */
final class GradedWords {

    private static final double PLAIN = 2.5;
    private static final double NOT_AT_ALL = -9;

    /** Adverbs by strength; an adjective without one lies between {@code mostly} and {@code very}. */
    private static final Map<String, Double> ADVERBS = adverbs("""
            0.5 possibly, barely, very slightly
            0.8 slightly, marginally, a little, a little bit, a bit, weakly, hardly
            1.0 partly, partially, mildly, probably, tend to, in part
            1.2 somewhat, some, to some extent
            1.6 rather, fairly, reasonably
            2.0 moderately
            2.2 quite, pretty
            2.3 mostly, largely, generally, mainly
            3.0 very, highly, much, very much, a lot, significantly, considerably, a great deal
            3.5 strongly, very strongly, greatly
            4.0 extremely, completely, totally, fully, absolutely, entirely, definitely, certainly, perfectly, exactly, far, overwhelmingly, exceptionally
            """);

    private static final Set<String> MIDDLE = Set.of(
            "neutral",
            "neither",
            "undecided",
            "indifferent",
            "unsure",
            "not sure",
            "unclear",
            "mixed",
            "no change",
            "unchanged",
            "same",
            "the same",
            "about the same",
            "equal",
            "equally good",
            "about equal",
            "no preference",
            "no difference",
            "no opinion",
            "medium",
            "moderate",
            "middle",
            "mid",
            "average",
            "normal",
            "intermediate",
            "ok",
            "okay",
            "so so",
            "maybe",
            "in between",
            "tie",
            "uncertain",
            "half");

    private static final Set<String> NOTHING = Set.of("none", "not at all", "zero", "nothing");

    /** Adjectives whose opposites are not formed by a prefix. */
    private record Opposites(Set<String> positive, Set<String> negative) {
        boolean has(String adjective) {
            return positive.contains(adjective) || negative.contains(adjective);
        }
    }

    private static final List<Opposites> OPPOSITES = opposites("""
            satisfied / dissatisfied, unsatisfied
            favor, favour, in favor, in favour, support / oppose, opposed, against
            positive / negative
            easy / difficult, hard
            better / worse
            good / bad, poor
            useful / useless
            correct, right / wrong, incorrect
            safe, harmless / unsafe, dangerous, harmful
            true / false, untrue
            happy / unhappy, sad
            interesting / boring
            similar / different, dissimilar
            strong / weak
            hot, warm / cold, cool
            fast / slow
            high / low
            large, big / small
            more / less, fewer
            increase, increased / decrease, decreased
            improved / worsened
            polite / rude, impolite
            liberal / conservative
            """);

    /** Answers with an adverb alone, such as {@code probably}, count as yes. */
    private static final Opposites ANSWERS = new Opposites(Set.of("yes", ""), Set.of("no", "not"));

    private static final List<String> NEGATIVE_PREFIXES = List.of("un", "in", "im", "ir", "il", "dis", "non ");

    /** A label without its adverb. */
    private record Graded(String adjective, double strength, boolean isNegated) {}

    private GradedWords() {}

    private static List<Opposites> opposites(String lines) {
        return lines.lines()
                .map(line -> line.split(" / "))
                .map(sides -> new Opposites(Set.of(sides[0].split(", ")), Set.of(sides[1].split(", "))))
                .toList();
    }

    private static Map<String, Double> adverbs(String lines) {
        Map<String, Double> adverbs = new HashMap<>();
        for (String line : lines.split("\n")) {
            String[] parts = line.strip().split(" ", 2);
            for (String adverb : parts[1].split(", ")) adverbs.put(adverb.strip(), Double.parseDouble(parts[0]));
        }
        return adverbs;
    }

    /** The places of the labels, if all of them grade one adjective or its opposite. */
    static Optional<Map<String, Double>> places(Collection<String> labels) {
        Map<String, Double> places = new HashMap<>();
        Map<String, Graded> graded = new HashMap<>();
        for (String label : labels) {
            String plain = LabelScales.plain(label);
            if (MIDDLE.contains(plain) || plain.startsWith("neither ") || plain.startsWith("neutral ")) {
                places.put(label, 0.0);
            } else if (NOTHING.contains(plain)) {
                places.put(label, NOT_AT_ALL);
            } else {
                graded.put(label, parse(plain));
            }
        }
        Set<String> adjectives = graded.values().stream().map(Graded::adjective).collect(Collectors.toSet());
        boolean hasMiddle = places.containsValue(0.0);
        return opposites(adjectives, hasMiddle).map(pair -> {
            graded.forEach((label, g) -> {
                boolean isPositive = pair.positive().contains(g.adjective()) != g.isNegated();
                boolean isLowest = g.strength() == NOT_AT_ALL;
                places.put(label, isLowest || isPositive ? g.strength() : -g.strength());
            });
            return places;
        });
    }

    private static Graded parse(String plain) {
        String text = plain;
        boolean isNegated = false;
        if (text.startsWith("not at all "))
            return new Graded(text.substring("not at all ".length()), NOT_AT_ALL, false);
        if (text.matches("not .* at all")) {
            return new Graded(text.substring(4, text.length() - " at all".length()), NOT_AT_ALL, false);
        }
        for (String weak : List.of("not very ", "not really ", "not so ", "not too ")) {
            if (text.startsWith(weak)) return new Graded(text.substring(weak.length()), 1, true);
        }
        if (text.startsWith("not ") && !text.equals("not")) {
            isNegated = true;
            text = text.substring(4);
        }
        String[] words = text.split(" ");
        for (int n = Math.min(3, words.length); n > 0; n--) {
            String front = String.join(" ", List.of(words).subList(0, n));
            String back = String.join(" ", List.of(words).subList(words.length - n, words.length));
            if (ADVERBS.containsKey(front)) {
                return new Graded(text.substring(front.length()).strip(), ADVERBS.get(front), isNegated);
            }
            if (n < words.length && ADVERBS.containsKey(back)) {
                return new Graded(
                        text.substring(0, text.length() - back.length()).strip(), ADVERBS.get(back), isNegated);
            }
        }
        return new Graded(text, PLAIN, isNegated);
    }

    /** The pair that all adjectives belong to. One adjective alone needs no opposite, unless a middle shows that its scale has one. */
    private static Optional<Opposites> opposites(Set<String> adjectives, boolean hasMiddle) {
        if (adjectives.isEmpty()) return Optional.empty();
        Optional<Opposites> known = Stream.concat(OPPOSITES.stream(), Stream.of(ANSWERS))
                .filter(pair -> adjectives.stream().allMatch(pair::has))
                .findFirst();
        if (adjectives.size() == 1 && !(hasMiddle && known.isPresent())) {
            return Optional.of(new Opposites(adjectives, Set.of()));
        }
        return known.or(() -> adjectives.stream()
                .filter(word -> adjectives.stream().allMatch(a -> a.equals(word) || isNegative(a, word)))
                .map(word -> new Opposites(Set.of(word), adjectives))
                .findFirst());
    }

    private static boolean isNegative(String word, String positive) {
        return NEGATIVE_PREFIXES.stream().anyMatch(prefix -> word.equals(prefix + positive));
    }
}
