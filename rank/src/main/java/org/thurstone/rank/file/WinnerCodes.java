package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;
import org.thurstone.rank.Outcome;

/**
 * The words of a column of winners, and what they mean. A row keeps the number of its word; what the words mean is decided once all rows are read,
 * since an {@code a} is an item's name, the left item among a and b, or the away team among h, d and a. Words of two kinds are never mixed.
 */
final class WinnerCodes {

    private static final int SHOWN = 8;

    private static final int NONE = 0;
    private static final int AS_LEFT = 1;
    private static final int AS_RIGHT = 2;

    /** What the letters of a column can mean together. */
    private static final List<Map<String, Outcome>> LETTERS = List.of(
            Map.of("a", Outcome.LEFT, "b", Outcome.RIGHT, "c", Outcome.TIE),
            Map.of("a", Outcome.LEFT, "b", Outcome.RIGHT, "t", Outcome.TIE),
            Map.of("h", Outcome.LEFT, "a", Outcome.RIGHT, "d", Outcome.TIE),
            Map.of("w", Outcome.LEFT, "l", Outcome.RIGHT, "d", Outcome.TIE),
            Map.of("l", Outcome.LEFT, "r", Outcome.RIGHT, "t", Outcome.TIE));

    /** A word that was met, with the entries for rows in which it is no item's name, the left one's and the right one's. */
    private static final class Word {
        private final String text;
        private final Optional<Code> code;
        private final boolean listed;
        private final String place;
        private final int[] entries = {-1, -1, -1};

        Word(String text, Optional<Code> code, boolean listed, String place) {
            this.text = text;
            this.code = code;
            this.listed = listed;
            this.place = place;
        }

        /** Whether it may be a code; otherwise it is an item's name. */
        boolean coded() {
            return code.isPresent() || listed;
        }

        boolean used(int relation) {
            return entries[relation] >= 0;
        }

        String quoted() {
            return "\"" + text + "\" (" + place + ")";
        }
    }

    /** What a row says: a word and how it relates to the row's items, or a verdict that is known already. */
    private record Entry(Optional<Word> word, int relation, Verdict known) {}

    private final Map<String, Word> words = new LinkedHashMap<>();
    private final Map<Verdict, Integer> known = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Optional<Codes> asked;
    private Optional<String> firstName = Optional.empty();
    private String column = "winner";
    private boolean alpaca;
    private boolean byName;

    WinnerCodes(Optional<Codes> asked) {
        this.asked = asked;
        // The first two, so that a winner by name costs no more than two comparisons.
        of(Verdict.of(Outcome.LEFT));
        of(Verdict.of(Outcome.RIGHT));
    }

    /** The name of the column that the next rows are of. */
    void column(String name) {
        column = name;
    }

    /** The numbers are AlpacaEval's: from 1, the left item, to 2, the right one, and 0 for a tie. */
    void alpaca() {
        alpaca = true;
    }

    /** The number of a verdict that is known from the row alone. */
    int of(Verdict verdict) {
        return known.computeIfAbsent(verdict, v -> {
            entries.add(new Entry(Optional.empty(), NONE, v));
            return entries.size() - 1;
        });
    }

    /**
     * The number of what a cell says.
     *
     * @param path and line where it is, for messages
     * @throws IllegalArgumentException if it is neither an item of the row nor any code
     */
    int of(String cell, String left, String right, Path path, long line) {
        int relation = cell.equals(left) ? AS_LEFT : cell.equals(right) ? AS_RIGHT : NONE;
        Word word = words.get(cell);
        if (word == null) {
            String stripped = cell.strip();
            if (relation == NONE && !stripped.equals(cell)) {
                return of(stripped, left, right, path, line);
            }
            word = new Word(cell, Code.of(cell), listed(cell), path + ":" + line);
            if (word.coded() || relation != NONE) {
                words.put(cell, word);
            }
        }
        if (word.entries[relation] >= 0) {
            return word.entries[relation];
        }
        if (!word.coded()) {
            if (relation == NONE) {
                for (String item : List.of(left, right)) {
                    if (item.equalsIgnoreCase(cell)) {
                        throw new IllegalArgumentException("\"" + column + "\" is \"" + cell
                                + "\", and the item is called \"" + item + "\": write both alike");
                    }
                }
                throw new IllegalArgumentException("\"" + column + "\" is \"" + cell
                        + "\", which is neither an item of the row nor left, right, model_a, model_b, tie or"
                        + " tie (bothbad); --codes says what other codes mean, as in --codes"
                        + " yes=left,no=right,unknown=skip");
            }
            word.entries[relation] = relation == AS_LEFT ? 0 : 1;
            firstName = firstName.or(() -> Optional.of("\"" + cell + "\" (" + path + ":" + line + ")"));
        } else {
            word.entries[relation] = entries.size();
            entries.add(new Entry(Optional.of(word), relation, Verdict.LEFT_OUT));
        }
        return word.entries[relation];
    }

    private boolean listed(String cell) {
        return asked.filter(c -> c instanceof Codes.Named n && meaning(n, cell).isPresent())
                .isPresent();
    }

    /** The meaning of the column. */
    private interface Interpretation {
        Verdict of(Word word, int relation);
    }

    /** The verdicts, by the numbers of rows, with sentences that say how they were read. */
    record Decision(Verdict[] verdicts, List<String> remarks) {}

    /** @throws UserError if the words have no one meaning, or two */
    Decision decide() {
        List<String> remarks = new ArrayList<>();
        Verdict[] verdicts = new Verdict[entries.size()];
        List<Word> coded = words.values().stream().filter(Word::coded).toList();
        Optional<Interpretation> reading = coded.isEmpty() ? Optional.empty() : Optional.of(reading(coded));
        Map<String, Set<String>> shown = new LinkedHashMap<>();
        for (int e = 0; e < verdicts.length; e++) {
            Entry entry = entries.get(e);
            verdicts[e] = verdict(entry, reading);
            if (entry.word().isPresent() && (entry.relation() == NONE || !byName)) {
                shown.computeIfAbsent(words(verdicts[e]), v -> new LinkedHashSet<>())
                        .add(entry.word().get().text);
            }
        }
        if (byName || firstName.isPresent()) {
            remarks.add("\"" + column + "\" holds the winner's name" + listed(shown, "; "));
        } else if (!shown.isEmpty()) {
            remarks.add("\"" + column + "\" holds codes" + listed(shown, ": "));
        }
        return new Decision(verdicts, remarks);
    }

    private Verdict verdict(Entry entry, Optional<Interpretation> reading) {
        if (entry.word().isEmpty()) {
            return entry.known();
        }
        try {
            return reading.orElseThrow().of(entry.word().get(), entry.relation());
        } catch (IllegalArgumentException e) {
            throw new UserError("\"" + column + "\" is " + entry.word().get().quoted() + ": " + e.getMessage(), e);
        }
    }

    private static String listed(Map<String, Set<String>> shown, String before) {
        int all = shown.values().stream().mapToInt(Set::size).sum();
        if (shown.isEmpty()) {
            return "";
        }
        if (all > SHOWN + 4) {
            return before + "numbers that say how much the one is preferred to the other";
        }
        return before
                + shown.entrySet().stream()
                        .map(e -> e.getValue().stream().limit(SHOWN).collect(Collectors.joining(", ")) + " = "
                                + e.getKey())
                        .collect(Collectors.joining("; "));
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Decided d ->
                switch (d.outcome()) {
                    case LEFT -> d.grade() > 1 ? "left, grade " + d.grade() : "left";
                    case RIGHT -> d.grade() > 1 ? "right, grade " + d.grade() : "right";
                    case TIE -> "tie";
                    case BOTH_BAD -> "both bad";
                };
            case Verdict.Share s -> "left by " + Grades.number(s.left());
            case Verdict.LeftOut l -> "not counted";
        };
    }

    private Interpretation reading(List<Word> coded) {
        if (asked.isPresent()) {
            return given(asked.get(), coded);
        }
        // An item may be called "a" or "1": the column holds names if each of its words is one, ties aside.
        byName = coded.stream().allMatch(w -> !w.used(NONE) || isUndecided(w))
                && (firstName.isPresent() || coded.stream().anyMatch(w -> w.used(AS_LEFT) || w.used(AS_RIGHT)));
        if (byName) {
            return (word, relation) -> relation == NONE
                    ? Verdict.of(plain(word).orElseThrow())
                    : Verdict.of(relation == AS_LEFT ? Outcome.LEFT : Outcome.RIGHT);
        }
        List<Word> deciding = coded.stream().filter(w -> !isUndecided(w)).toList();
        if (firstName.isPresent() && !deciding.isEmpty()) {
            throw mixed(firstName.get(), "an item's name", deciding.getFirst());
        }
        for (Word word : deciding) {
            if (!kind(word).equals(kind(deciding.getFirst())) && !isToto(deciding)) {
                Word first = deciding.getFirst();
                throw mixed(first.quoted(), first.used(NONE) ? kind(first) : "an item's name", word);
            }
        }
        return coded(deciding);
    }

    private Interpretation coded(List<Word> deciding) {
        if (deciding.isEmpty()) {
            return (word, relation) -> Verdict.of(plain(word).orElseThrow());
        }
        if (isToto(deciding)) {
            return (word, relation) -> switch (word.code.orElseThrow()) {
                case Code.Numeric n -> Verdict.of(n.value() == 1 ? Outcome.LEFT : Outcome.RIGHT);
                case Code.Plain p -> Verdict.of(p.outcome());
                default -> Verdict.of(Outcome.TIE);
            };
        }
        return switch (deciding.getFirst().code.orElseThrow()) {
            case Code.Plain p -> (word, relation) -> Verdict.of(plain(word).orElseThrow());
            case Code.Grade g ->
                (word, relation) -> word.code.orElseThrow() instanceof Code.Grade grade
                        ? Verdict.ofMargin(grade.margin())
                        : Verdict.of(plain(word).orElseThrow());
            case Code.Score s ->
                (word, relation) -> word.code.orElseThrow() instanceof Code.Score score
                        ? Verdict.ofMargin(score.margin())
                        : Verdict.of(plain(word).orElseThrow());
            case Code.Letter l -> letters(deciding);
            case Code.Numeric n -> numbers(deciding);
        };
    }

    private static boolean isUndecided(Word word) {
        return plain(word)
                .filter(o -> o == Outcome.TIE || o == Outcome.BOTH_BAD)
                .isPresent();
    }

    private static Optional<Outcome> plain(Word word) {
        return word.code.filter(Code.Plain.class::isInstance).map(c -> ((Code.Plain) c).outcome());
    }

    /** 1, X and 2, as the football pools have them. */
    private static boolean isToto(List<Word> words) {
        return words.stream()
                        .allMatch(w ->
                                (w.code.orElseThrow() instanceof Code.Numeric n && (n.value() == 1 || n.value() == 2))
                                        || (w.code.orElseThrow() instanceof Code.Letter l
                                                && l.letter().equals("x")))
                && words.stream().anyMatch(w -> w.code.orElseThrow() instanceof Code.Letter);
    }

    private static String kind(Word word) {
        return switch (word.code.orElseThrow()) {
            case Code.Plain p -> "a word for left or right";
            case Code.Letter l -> "a letter";
            case Code.Numeric n -> "a number";
            case Code.Grade g -> "a grade";
            case Code.Score s -> "a score";
        };
    }

    private UserError mixed(String first, String kind, Word other) {
        return new UserError("\"" + column + "\" holds codes of two kinds: " + first + " is " + kind + ", "
                + other.quoted() + " is " + kind(other)
                + "; make them one, or say what each means, as in --codes A=left,B=right,C=tie");
    }

    private Interpretation letters(List<Word> deciding) {
        Set<String> used = deciding.stream()
                .map(w -> ((Code.Letter) w.code.orElseThrow()).letter())
                .collect(Collectors.toCollection(TreeSet::new));
        List<Map<String, Outcome>> meanings = LETTERS.stream()
                .filter(m -> m.keySet().containsAll(used))
                .map(m -> used.stream().collect(Collectors.toMap(u -> u, m::get, (x, y) -> x, LinkedHashMap::new)))
                .<Map<String, Outcome>>map(m -> m)
                .distinct()
                .toList();
        if (meanings.size() != 1) {
            throw undetermined(
                    String.join(", ", used),
                    meanings.stream()
                            .map(m -> new Codes.Named(m.entrySet().stream()
                                            .collect(Collectors.toMap(
                                                    Map.Entry::getKey,
                                                    e -> Codes.Meaning.valueOf(
                                                            e.getValue().name()),
                                                    (x, y) -> x,
                                                    LinkedHashMap::new)))
                                    .toString())
                            .toList());
        }
        return (word, relation) -> switch (word.code.orElseThrow()) {
            case Code.Letter letter ->
                Verdict.of(Optional.ofNullable(meanings.getFirst().get(letter.letter()))
                        .orElseThrow());
            default -> Verdict.of(plain(word).orElseThrow());
        };
    }

    private Numerals numerals(List<Word> deciding) {
        return new Numerals(deciding.stream()
                .map(w -> w.code.filter(Code.Numeric.class::isInstance).map(c -> ((Code.Numeric) c).value()))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Interpretation numbers(List<Word> deciding) {
        Numerals numbers = numerals(deciding);
        if (alpaca) {
            Numerals preferences = new Numerals(new TreeSet<>(numbers.values().tailSet(0.5)));
            if (preferences.values().isEmpty()) {
                return (word, relation) -> Verdict.of(Outcome.TIE);
            }
            return (word, relation) -> word.code.orElseThrow() instanceof Code.Numeric n && n.value() == 0
                    ? Verdict.of(Outcome.TIE)
                    : numbered(word, n -> share(n));
        }
        if (numbers.isFirstAndSecond()) {
            return (word, relation) -> numbered(word, n -> Verdict.of(n == 1 ? Outcome.LEFT : Outcome.RIGHT));
        }
        if (numbers.isAlpaca()) {
            return (word, relation) -> numbered(word, WinnerCodes::share);
        }
        throw undetermined(
                numbers.toText(),
                numbers.readings().stream().map(Codes::toString).toList());
    }

    /** From 1 for the left item to 2 for the right one. */
    private static Verdict share(double preference) {
        if (preference < 1 || preference > 2) {
            throw new UserError("a preference of AlpacaEval is a number from 1 to 2, or 0 for a tie, not "
                    + Grades.number(preference));
        }
        return Verdict.ofShare(2 - preference);
    }

    private static Verdict numbered(Word word, DoubleFunction<Verdict> meaning) {
        return word.code.orElseThrow() instanceof Code.Numeric number
                ? meaning.apply(number.value())
                : Verdict.of(plain(word).orElseThrow());
    }

    private UserError undetermined(String what, List<String> readings) {
        return new UserError("\"" + column + "\" holds " + what + ", which "
                + (readings.size() > 1 ? "has more than one reading in use" : "has no reading in use")
                + "; say which it is: "
                + (readings.isEmpty()
                        ? "--codes CODE=left,CODE=right,CODE=tie"
                        : readings.stream().map(r -> "--codes " + r).collect(Collectors.joining(" or "))));
    }

    /** The meanings that were asked for; words of one meaning, such as tie, need none. */
    private Interpretation given(Codes codes, List<Word> coded) {
        Numerals numbers = numerals(coded);
        if (firstName.isPresent() && !(codes instanceof Codes.Named)) {
            throw new UserError(
                    "--codes is for codes, and \"" + column + "\" holds the names of items: " + firstName.get());
        }
        try {
            return switch (codes) {
                case Codes.Named named ->
                    (word, relation) -> meaning(named, word.text)
                            .map(WinnerCodes::verdict)
                            .orElseGet(() -> unlisted(word, relation, codes));
                case Codes.Scale scale ->
                    (word, relation) -> word.code.orElseThrow() instanceof Code.Numeric n
                            ? numbers.onScale(n.value(), scale)
                            : unlisted(word, relation, codes);
                case Codes.Ascending list -> {
                    List<Double> of = numbers.values().isEmpty()
                            ? List.of()
                            : numbers.numbers(list.meanings().size())
                                    .orElseThrow(() -> new UserError("\"" + column + "\" holds " + numbers.toText()
                                            + ", and --codes " + codes
                                            + " does not tell what these are; name each, as in"
                                            + " --codes 0=tie,1=left,2=right"));
                    yield (word, relation) -> word.code.orElseThrow() instanceof Code.Numeric n
                            ? verdict(list.meanings().get(of.indexOf(n.value())))
                            : unlisted(word, relation, codes);
                }
            };
        } catch (IllegalArgumentException e) {
            throw new UserError("\"" + column + "\": " + e.getMessage(), e);
        }
    }

    private Verdict unlisted(Word word, int relation, Codes codes) {
        if (relation != NONE && codes instanceof Codes.Named) {
            return Verdict.of(relation == AS_LEFT ? Outcome.LEFT : Outcome.RIGHT);
        }
        return plain(word)
                .map(Verdict::of)
                .orElseThrow(() -> new UserError(
                        "\"" + column + "\" is " + word.quoted() + ", of which --codes " + codes + " says nothing"));
    }

    private static Verdict verdict(Codes.Meaning meaning) {
        return switch (meaning) {
            case LEFT -> Verdict.of(Outcome.LEFT);
            case RIGHT -> Verdict.of(Outcome.RIGHT);
            case TIE -> Verdict.of(Outcome.TIE);
            case BOTH_BAD -> Verdict.of(Outcome.BOTH_BAD);
            case SKIP -> Verdict.LEFT_OUT;
        };
    }

    /** By the word as it is, but for upper case; numbers by their value. */
    private static Optional<Codes.Meaning> meaning(Codes.Named codes, String word) {
        Optional<Double> number = Code.number(word.strip());
        return codes.meanings().entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(word.strip())
                        || (number.isPresent() && Code.number(e.getKey()).equals(number)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
