package org.thurstone.rank.file;

import static org.thurstone.rank.file.Codes.Meaning.LEFT;
import static org.thurstone.rank.file.Codes.Meaning.RIGHT;
import static org.thurstone.rank.file.Codes.Meaning.TIE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The numbers of a column of winners. Of most sets of numbers two readings are in use: 0 is a tie in PandaLM's 0, 1, 2 and the left item in
 * Auto-J's; a 1 among zeros is a win of the left item as a score, and of the right one as an index. Those are not guessed.
 */
record Numerals(SortedSet<Double> values) {

    private static final int LONGEST_SCALE = 11;

    /** A list of codes, from the lowest number, for each meaning in turn. */
    private record CodeList(List<Double> numbers, Codes.Ascending meanings) {
        private static CodeList of(List<Double> numbers, Codes.Meaning... meanings) {
            return new CodeList(numbers, new Codes.Ascending(List.of(meanings)));
        }
    }

    /** The readings in use. */
    private static final List<CodeList> READINGS = List.of(
            CodeList.of(List.of(1.0, 2.0), LEFT, RIGHT),
            CodeList.of(List.of(0.0, 1.0), LEFT, RIGHT),
            CodeList.of(List.of(0.0, 1.0), RIGHT, LEFT),
            CodeList.of(List.of(0.0, 0.5, 1.0), RIGHT, TIE, LEFT),
            CodeList.of(List.of(0.0, 0.5, 1.0), LEFT, TIE, RIGHT),
            CodeList.of(List.of(0.0, 1.0, 2.0), TIE, LEFT, RIGHT),
            CodeList.of(List.of(0.0, 1.0, 2.0), LEFT, RIGHT, TIE),
            CodeList.of(List.of(-1.0, 1.0), RIGHT, LEFT),
            CodeList.of(List.of(-1.0, 1.0), LEFT, RIGHT),
            CodeList.of(List.of(-1.0, 0.0, 1.0), RIGHT, TIE, LEFT),
            CodeList.of(List.of(-1.0, 0.0, 1.0), LEFT, TIE, RIGHT),
            CodeList.of(List.of(1.0, 2.0, 3.0), LEFT, RIGHT, TIE),
            CodeList.of(List.of(1.0, 2.0, 3.0), LEFT, TIE, RIGHT));

    Numerals {
        values = new TreeSet<>(values);
    }

    /** Whether they are the preferences from 1, the left item, to 2, the right one, that AlpacaEval has. */
    boolean isAlpaca() {
        return values.first() >= 1 && values.last() <= 2 && values.stream().anyMatch(v -> v != Math.rint(v));
    }

    /** Whether they are 1 for the left item and 2 for the right one, the one reading of these two numbers alone that is in use. */
    boolean isFirstAndSecond() {
        return values.equals(new TreeSet<>(List.of(1.0, 2.0)));
    }

    /** The options that say what the numbers mean, at least one: those of the shortest lists that have all of them. */
    List<Codes> readings() {
        List<CodeList> fitting =
                READINGS.stream().filter(r -> r.numbers().containsAll(values)).toList();
        if (fitting.isEmpty()) {
            Optional<Codes.Scale.Ends> ends = ends().isPresent() || values.size() == 1
                    ? Optional.empty()
                    : Optional.of(new Codes.Scale.Ends(values.first(), values.last()));
            return List.of(new Codes.Scale(true, ends), new Codes.Scale(false, ends));
        }
        if (values.size() == 1) {
            // One number alone: each of its meanings.
            return fitting.stream()
                    .map(r -> r.meanings().meanings().get(r.numbers().indexOf(values.first())))
                    .distinct()
                    .<Codes>map(m -> new Codes.Named(Map.of(Grades.number(values.first()), m)))
                    .toList();
        }
        int shortest = fitting.stream().mapToInt(r -> r.numbers().size()).min().orElseThrow();
        return fitting.stream()
                .filter(r -> r.numbers().size() == shortest)
                .<Codes>map(this::spelled)
                .distinct()
                .toList();
    }

    /** In ascending order where the list can be found again from the numbers that occur, by name where it cannot. */
    private Codes spelled(CodeList reading) {
        if (numbers(reading.meanings().meanings().size()).equals(Optional.of(reading.numbers()))) {
            return reading.meanings();
        }
        Map<String, Codes.Meaning> named = new LinkedHashMap<>();
        for (int k = 0; k < reading.numbers().size(); k++) {
            if (values.contains(reading.numbers().get(k))) {
                named.put(
                        Grades.number(reading.numbers().get(k)),
                        reading.meanings().meanings().get(k));
            }
        }
        return new Codes.Named(named);
    }

    /** The numbers that a list of so many meanings is about; empty if those that occur do not tell. */
    Optional<List<Double>> numbers(int count) {
        List<List<Double>> lists = READINGS.stream()
                .map(CodeList::numbers)
                .filter(list -> list.size() == count && list.containsAll(values))
                .distinct()
                .toList();
        if (lists.size() == 1) {
            return Optional.of(lists.getFirst());
        }
        List<Double> own = List.copyOf(values);
        return lists.contains(own) || (lists.isEmpty() && own.size() == count) ? Optional.of(own) : Optional.empty();
    }

    /**
     * What a number of a scale says. Whole numbers on a scale of few are grades, others are shares.
     *
     * @throws IllegalArgumentException if the ends are neither given nor told by the numbers, or the number lies outside
     */
    Verdict onScale(double value, Codes.Scale scale) {
        Codes.Scale.Ends ends = scale.ends()
                .or(this::ends)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the ends of the scale of " + toText() + " are not known; give them, as in 1=left..5=right"));
        if (value < ends.low() || value > ends.high()) {
            throw new IllegalArgumentException(Grades.number(value) + " is not on the scale " + scale);
        }
        double middle = (ends.low() + ends.high()) / 2;
        double toLeft = scale.leftFirst() ? middle - value : value - middle;
        boolean grades = ends.high() - ends.low() < LONGEST_SCALE
                && middle == Math.rint(middle)
                && values.stream().allMatch(v -> v == Math.rint(v));
        return grades ? Verdict.ofMargin((int) toLeft) : Verdict.ofShare(0.5 + toLeft / (ends.high() - ends.low()));
    }

    /** The ends of a scale without given ends, where the numbers tell: −k and k, 0 and 1, or 1 and 2. */
    private Optional<Codes.Scale.Ends> ends() {
        double low = values.first();
        double high = values.last();
        if (low < 0) {
            double far = Math.max(-low, high);
            return Optional.of(new Codes.Scale.Ends(-far, far));
        }
        return high <= 1
                ? Optional.of(new Codes.Scale.Ends(0, 1))
                : low >= 1 && high <= 2 ? Optional.of(new Codes.Scale.Ends(1, 2)) : Optional.empty();
    }

    /** The numbers, or how they spread. */
    String toText() {
        return values.size() <= 7
                ? values.stream().map(Grades::number).collect(Collectors.joining(", "))
                : values.size() + " numbers from " + Grades.number(values.first()) + " to "
                        + Grades.number(values.last());
    }
}
