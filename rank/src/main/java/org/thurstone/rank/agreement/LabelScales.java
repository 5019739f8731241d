package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises the order of labels that are words of a scale in common use: numbers in front ({@code 1 - poor}), graded adjectives ({@code strongly
 * disagree}), and lists of words (grades, frequencies, severities). A scale is recognised only if every label has a place in it and no two have the
 * same; if several scales order the labels differently, none is.
 */
final class LabelScales {

    /** A scale and the labels in its order, from lowest to highest. */
    record Recognised(String name, List<String> labels) {}

    /** Places of labels, or nothing if one of them has none. */
    private interface Scale {
        Optional<Map<String, Double>> places(Collection<String> labels);
    }

    private static final Map<String, Scale> SCALES = new TreeMap<>(Map.of(
            "numbered labels", LabelScales::leadingNumbers,
            "numbered names", LabelScales::trailingNumbers,
            "graded words", GradedWords::places));

    /** One scale per line: its name, then its levels from lowest to highest with synonyms. */
    private static final String LISTS = """
            grades: f | e | d- | d | d+ | c- | c | c+ | b- | b | b+ | a- | a | a+
            numbers in words: zero; one; two; three; four; five; six; seven; eight; nine; ten; eleven; twelve
            places: first, 1st; second, 2nd; third, 3rd; fourth, 4th; fifth, 5th; sixth, 6th; seventh, 7th; eighth, 8th; ninth, 9th; tenth, 10th
            Roman numerals: i; ii; iii; iv; v; vi; vii; viii; ix; x
            quality: unacceptable; terrible, awful, horrible, abysmal; very poor, very bad; poor, bad, inadequate, insufficient, unsatisfactory; \
            mediocre, below average, borderline; sufficient, adequate, acceptable, passable; fair, average, ok, okay, satisfactory, so so, medium, neutral; \
            above average; good, solid; very good, great; excellent, outstanding, superb, exceptional, perfect, amazing, fantastic
            frequency: never; almost never, hardly ever, very rarely; rarely, seldom; occasionally, once in a while; sometimes; often, frequently, regularly; \
            very often, very frequently; usually, most of the time; almost always, nearly always; always, every time, all the time
            amount: none, nothing, not at all, never; very little, hardly; a little, a little bit, a bit, slightly, little; some, somewhat, to some extent; \
            moderately, a moderate amount; quite a bit; a lot, much, very, very much, a great deal, to a great extent; extremely, completely, fully, totally
            quantity: none, no; few, a few, very few; some; several; many; most; all
            severity: none, no, absent; minimal, negligible, trace, trivial; mild, slight, minor, low; moderate, medium; severe, serious, major, high, marked; \
            very severe, extreme, critical, profound, life threatening; fatal
            priority: trivial, lowest; minor, low; normal, medium, moderate; major, high; urgent, very high; critical, blocker, highest
            level: none, no, zero; minimal, lowest; very low, extremely low; low, small; low medium, medium low; medium, moderate, mid, middle, average, \
            intermediate, normal; medium high; high, large; very high; extreme, extremely high, highest, critical
            size: xxs, tiny, very small; xs, extra small; s, small; m, medium, med, mid; l, large, big; xl, extra large, very large, very big; xxl, huge; xxxl
            skill: novice, none; beginner, elementary, basic; intermediate, medium; upper intermediate; proficient, competent; advanced; expert, master, native
            result: fail, failed; pass, passed; merit, credit; distinction; high distinction
            correctness: incorrect, wrong, no, false, n, not correct; partially correct, partly correct, partially, partly, partial, maybe, possibly, unsure, \
            unclear, somewhat, mixed, half; mostly correct, mostly; correct, right, yes, true, y, fully, full, completely
            support: refuted, refutes, contradicts, contradiction, contradicted; neutral, not enough info, not enough information, unrelated; \
            partially supported, partially supports; supported, supports, entailment, entails
            verdict: a>>b, a much better; a>b, a better; a=b, a~b, tie, equal, draw; b>a, b better; b>>a, b much better
            sides: left, a, model a, first, answer a, response a; tie, equal, both, draw, neither, same, no preference; \
            right, b, model b, second, answer b, response b
            outcome: loss, lose, lost, l; tie, draw, drawn, d; win, won, w
            medals: bronze; silver; gold; platinum; diamond
            age: infant, baby, newborn; toddler; child, kid; teen, teenager, adolescent; young adult; adult; middle aged; old, elderly, senior
            """;

    private static final Map<String, Map<String, Double>> WORDS = words();

    private static final Pattern LEADING = Pattern.compile(
            "(<=?|≤|under|less than|below|up to|>=?|≥|over|more than|above)?\\s*\\(?(-?\\d+(?:[.,]\\d+)?)(?:st|nd|rd|th)?(?:\\W.*)?");
    private static final Pattern TRAILING = Pattern.compile("(.*?\\D)(\\d{1,4})");

    private LabelScales() {}

    private static Map<String, Map<String, Double>> words() {
        Map<String, Map<String, Double>> all = new TreeMap<>();
        for (String line : LISTS.split("\n")) {
            String[] parts = line.split(": ", 2);
            Map<String, Double> places = new HashMap<>();
            String[] levels = parts[1].split("[;|]");
            for (int level = 0; level < levels.length; level++) {
                for (String word : levels[level].split(",")) {
                    places.put(word.strip(), (double) level);
                }
            }
            all.put(parts[0], places);
        }
        return all;
    }

    /** The scale of at least two labels, if there is one and no other that orders them differently. */
    static Optional<Recognised> recognise(Collection<String> labels) {
        if (labels.size() < 2) return Optional.empty();
        List<Recognised> found = new ArrayList<>();
        SCALES.forEach((name, scale) -> scale.places(labels).ifPresent(places -> add(name, places, labels, found)));
        WORDS.forEach((name, words) -> places(words, labels).ifPresent(places -> add(name, places, labels, found)));
        boolean one = found.stream()
                .allMatch(f -> f.labels().equals(found.getFirst().labels())
                        || f.labels().reversed().equals(found.getFirst().labels()));
        return found.isEmpty() || !one ? Optional.empty() : Optional.of(found.getFirst());
    }

    private static void add(
            String name, Map<String, Double> places, Collection<String> labels, List<Recognised> found) {
        if (places.values().stream().distinct().count() < labels.size()) return;
        found.add(new Recognised(
                name, labels.stream().sorted(Comparator.comparing(places::get)).toList()));
    }

    private static Optional<Map<String, Double>> places(Map<String, Double> words, Collection<String> labels) {
        Map<String, Double> places = new HashMap<>();
        for (String label : labels) {
            String exact = label.strip().toLowerCase(Locale.ROOT).replace('−', '-');
            Double place = words.containsKey(exact) ? words.get(exact) : words.get(plain(label));
            if (place == null) return Optional.empty();
            places.put(label, place);
        }
        return Optional.of(places);
    }

    /** Lower case, without punctuation, one blank between words. */
    static String plain(String label) {
        return label.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}>=~]+", " ")
                .replaceAll(" *([>=~]+) *", "$1")
                .strip();
    }

    private static Optional<Map<String, Double>> leadingNumbers(Collection<String> labels) {
        Map<String, Double> places = new HashMap<>();
        for (String label : labels) {
            Matcher m = LEADING.matcher(label.strip().toLowerCase(Locale.ROOT).replace('−', '-'));
            if (!m.matches()) return Optional.empty();
            double number = Double.parseDouble(m.group(2).replace(',', '.'));
            OptionalDouble shift = m.group(1) == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(m.group(1).matches("<=?|≤|under|less than|below|up to") ? -0.5 : 0.5);
            places.put(label, number + shift.orElse(0));
        }
        return Optional.of(places);
    }

    private static Optional<Map<String, Double>> trailingNumbers(Collection<String> labels) {
        Map<String, Double> places = new HashMap<>();
        String common = "";
        for (String label : labels) {
            Matcher m = TRAILING.matcher(label.strip().toLowerCase(Locale.ROOT));
            if (!m.matches() || (!common.isEmpty() && !common.equals(m.group(1)))) return Optional.empty();
            common = m.group(1);
            places.put(label, Double.parseDouble(m.group(2)));
        }
        return Optional.of(places);
    }
}
