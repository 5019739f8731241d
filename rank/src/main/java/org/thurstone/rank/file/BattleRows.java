package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.rank.Outcome;

/**
 * Reads battles from the rows of a table. The columns are determined by its first rows: those that the user named must exist, others are found by
 * their usual names.
 */
final class BattleRows implements VoteRows {

    /** Far above any count, and so small that sums and squares of weights stay finite. */
    static final double MOST = 1e15;

    /** The item that AlpacaEval's tables do not name, with which all models are compared. */
    static final String BASELINE = "baseline";

    /** A row written out so often would fill the memory. */
    private static final double MOST_COUNT = 1e9;

    /** How a row says who won. */
    private enum Form {
        WINNER_AND_LOSER,
        WINNER,
        SCORES,
        /** A column each for left, right and tie, of which one holds 1. */
        ONE_HOT
    }

    private static final List<String> ONE_HOT_LEFT = List.of("winner_model_a", "winner_a", "winner_left");
    private static final List<String> ONE_HOT_RIGHT = List.of("winner_model_b", "winner_b", "winner_right");
    private static final List<String> ONE_HOT_TIE = List.of("winner_tie", "tie");
    private static final List<String> WINNERS_OF_LOSERS = List.of("winner", "winner_name");
    private static final List<String> RATINGS = List.of("rating", "elo", "elo_rating", "arena_score", "win_rate");
    private static final List<String> RATED = List.of("model", "key", "item", "name", "player", "team");

    private final Path path;
    private final VoteTable table;
    private final Controls controls;
    private final VoteReadOptions.Walkovers walkovers;
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final Form form;
    private final boolean alpaca;
    private final Optional<String> left;
    private final Optional<String> right;
    private final Optional<String> winner;
    private final Optional<String> tie;
    private final Optional<String> when;
    private final Optional<String> order;
    private final Optional<String> count;
    private final Optional<String> weight;
    private final Optional<String> annotator;
    private final Optional<String> prompt;
    private final Optional<String> id;
    private final Optional<String> neutral;
    private final Optional<String> ending;
    private final Optional<String> tournament;
    private final Optional<String> by;

    /** Throws an IllegalArgumentException where the columns cannot be battles. */
    BattleRows(Path path, VoteReadOptions options, Header header, VoteTable table) {
        Columns asked = options.columns();
        this.path = path;
        this.table = table;
        this.walkovers = options.selection().walkovers();
        this.controls = new Controls(asked.controls(), table.answers);
        refuseRatings(header, asked);
        this.alpaca = isAlpaca(header, asked);
        this.form = form(header, asked);
        this.winner = switch (form) {
            case WINNER_AND_LOSER ->
                header.of(Role.WINNER, asked)
                        .filter(c -> asked.of(Role.WINNER).isPresent())
                        .or(() -> header.evenEmpty(WINNERS_OF_LOSERS));
            case WINNER -> header.of(Role.WINNER, asked);
            case SCORES -> header.of(Role.LEFT_SCORE, asked);
            case ONE_HOT -> header.firstOf(ONE_HOT_LEFT);
        };
        this.left = form == Form.WINNER_AND_LOSER || alpaca ? Optional.empty() : header.of(Role.LEFT, asked);
        this.right = alpaca
                ? header.firstOf(List.of("model"))
                : header.of(form == Form.WINNER_AND_LOSER ? Role.LOSER : Role.RIGHT, asked);
        this.tie = switch (form) {
            case SCORES -> header.of(Role.RIGHT_SCORE, asked);
            case ONE_HOT -> header.firstOf(ONE_HOT_RIGHT);
            default -> Optional.empty();
        };
        require(header);
        this.when = header.of(Role.WHEN, asked);
        this.order = header.of(Role.ORDER, asked);
        this.count = header.of(Role.COUNT, asked);
        this.weight = header.of(Role.WEIGHT, asked);
        this.annotator = header.of(Role.ANNOTATOR, asked);
        this.prompt = alpaca && asked.of(Role.PROMPT).isEmpty()
                ? header.firstOf(List.of("index", "instruction"))
                : header.of(Role.PROMPT, asked);
        this.id = header.of(Role.ID, asked);
        this.neutral = options.home() ? header.of(Role.NEUTRAL, asked) : Optional.empty();
        this.tournament = header.of(Role.TOURNAMENT, asked);
        this.by = asked.by().map(column -> header.named(column, "--by"));
        describe();
        boolean named = asked.of(Role.ENDING).isPresent();
        this.ending =
                header.of(Role.ENDING, asked).filter(c -> named || (!columns.containsValue(c) && header.isText(c)));
        this.ending.ifPresent(column -> columns.put("ending", column));
        winner.ifPresent(table.winners::column);
        if (alpaca || header.has("generator_2")) {
            table.winners.alpaca();
        }
        when.ifPresent(table.times::column);
    }

    private static boolean isAlpaca(Header header, Columns asked) {
        return asked.of(Role.LEFT).isEmpty()
                && asked.of(Role.RIGHT).isEmpty()
                && header.of(Role.LEFT, asked).isEmpty()
                && header.has("model")
                && header.has("preference")
                && (header.has("index") || header.has("len_output_1"));
    }

    private static void refuseRatings(Header header, Columns asked) {
        Optional<String> rating = header.firstOf(RATINGS);
        boolean named = Stream.of(Role.LEFT, Role.RIGHT, Role.WINNER, Role.LOSER)
                .anyMatch(role -> asked.of(role).isPresent());
        boolean votes = Stream.of(Role.LEFT, Role.RIGHT, Role.WINNER)
                .anyMatch(role -> header.firstOf(role.usual()).isPresent());
        if (rating.isPresent() && !named && !votes && header.firstOf(RATED).isPresent()) {
            throw new IllegalArgumentException("the file holds ratings, no votes: \"" + rating.get() + "\" of each \""
                    + header.firstOf(RATED).orElseThrow()
                    + "\"; a ranking needs comparisons, with columns such as left, right and winner");
        }
    }

    private static Form form(Header header, Columns asked) {
        boolean loser = asked.of(Role.LOSER).isPresent()
                || (asked.of(Role.LEFT).isEmpty()
                        && asked.of(Role.RIGHT).isEmpty()
                        && header.evenEmpty(Role.LOSER.usual()).isPresent()
                        && (asked.of(Role.WINNER).isPresent()
                                || header.evenEmpty(WINNERS_OF_LOSERS).isPresent()));
        if (loser) {
            return Form.WINNER_AND_LOSER;
        }
        if (asked.of(Role.WINNER).isPresent()) {
            return Form.WINNER;
        }
        if (asked.of(Role.LEFT_SCORE).isPresent() || asked.of(Role.RIGHT_SCORE).isPresent()) {
            return Form.SCORES;
        }
        if (header.firstOf(Role.WINNER.usual()).isPresent()) {
            return Form.WINNER;
        }
        if (header.firstOf(ONE_HOT_LEFT).isPresent()
                && header.firstOf(ONE_HOT_RIGHT).isPresent()) {
            return Form.ONE_HOT;
        }
        return header.firstOf(Role.LEFT_SCORE.usual()).isPresent()
                        && header.firstOf(Role.RIGHT_SCORE.usual()).isPresent()
                ? Form.SCORES
                : Form.WINNER;
    }

    private void require(Header header) {
        if (winner.isEmpty()) {
            throw missing(header, Role.WINNER, "the winner");
        }
        if (left.isEmpty() && form != Form.WINNER_AND_LOSER && !alpaca) {
            throw missing(header, Role.LEFT, "the item on the left");
        }
        if (right.isEmpty()) {
            throw form == Form.WINNER_AND_LOSER
                    ? missing(header, Role.LOSER, "the loser")
                    : missing(header, Role.RIGHT, "the item on the right");
        }
        if (form == Form.SCORES && tie.isEmpty()) {
            throw missing(header, Role.RIGHT_SCORE, "the score of the right item");
        }
    }

    private static IllegalArgumentException missing(Header header, Role role, String what) {
        boolean one = header.names().size() == 1;
        String weight = one && header.shown().contains(";")
                ? ". The cells seem to be separated by semicolons"
                : one
                                && header.first().stream()
                                        .allMatch(cell -> cell.node(header.shown())
                                                .filter(n ->
                                                        n.isArray() && n.path(0).isObject())
                                                .isPresent())
                        ? ". It is a list of rows: write the list alone to the file"
                        : "";
        return new IllegalArgumentException("no column contains " + what + ": none is called "
                + String.join(", ", role.usual()) + "; name one of these with " + role.option() + ": "
                + header.shown() + weight
                + ". If the columns hold the winner and the loser, name both with --winner and --loser");
    }

    /** Which column is what, as far as it is used. */
    private void describe() {
        switch (form) {
            case WINNER_AND_LOSER -> {
                put("winner", winner);
                put("loser", right);
            }
            case WINNER -> {
                put("left", left);
                put("right", right);
                put("winner", winner);
            }
            case SCORES -> {
                put("left", left);
                put("right", right);
                put("score of left", winner);
                put("score of right", tie);
            }
            case ONE_HOT -> {
                put("left", left);
                put("right", right);
                put("left won", winner);
                put("right won", tie);
            }
        }
        put(Role.WHEN.title(), when);
        put(Role.ORDER.title(), order);
        put(Role.COUNT.title(), count);
        put(Role.WEIGHT.title(), weight);
        put(Role.ANNOTATOR.title(), annotator);
        put(Role.PROMPT.title(), prompt);
        put(Role.ID.title(), id);
        put(Role.NEUTRAL.title(), neutral);
        put(Role.TOURNAMENT.title(), tournament);
        put("by", by);
    }

    private void put(String role, Optional<String> column) {
        column.ifPresent(c -> columns.put(role, c));
    }

    @Override
    public Optional<String> roles() {
        String listed = columns.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
        return Optional.of("Columns: " + (alpaca ? "left = " + BASELINE + " (in all rows), " : "") + listed);
    }

    @Override
    public Set<String> used() {
        Set<String> used = new LinkedHashSet<>(columns.values());
        used.addAll(controls.columns());
        if (form == Form.ONE_HOT) {
            used.addAll(ONE_HOT_TIE);
        }
        return used;
    }

    @Override
    public Optional<String> id(Cell row) {
        return id.flatMap(row::text);
    }

    @Override
    public void read(Cell row, long line) {
        String first = left.isPresent() ? item(row, left.get()) : alpaca ? BASELINE : item(row, winner.orElseThrow());
        String second = item(row, right.orElseThrow());
        if (first.equals(second)) {
            throw new IllegalArgumentException("\"" + first + "\" is compared with itself");
        }
        boolean counted = true;
        if (ending.isPresent()) {
            Ending how = Ending.of(text(row, ending.get()));
            table.endings.add(ending.get(), how);
            counted = switch (how) {
                case PLAYED -> true;
                case WALKOVER -> walkovers == VoteReadOptions.Walkovers.KEEP;
                case UNFINISHED -> walkovers != VoteReadOptions.Walkovers.SKIP_UNFINISHED;
            };
        }
        int verdict = counted ? verdict(row, first, second, line) : table.winners.of(Verdict.LEFT_OUT);
        double heavy = weight.isPresent() ? number(row, weight.get(), "a weight", MOST) : 1;
        double often = count.isPresent() ? count(row, count.get()) : 1;
        double place = order.isPresent()
                ? Rounds.order(required(row, order.get(), "it must hold a number or a round"))
                : Double.NaN;
        boolean away = neutral.isPresent() && truth(row, neutral.get());
        List<Double> values = controls.names().isEmpty() ? List.of() : controls.of(row);
        if (when.isPresent()) {
            time(row, when.get(), line);
        }
        table.add(first, second, verdict);
        table.weight(heavy);
        table.count(often);
        table.order(place);
        table.covariates(values);
        if (neutral.isPresent()) {
            table.home(!away);
        }
        if (annotator.isPresent()) {
            table.annotator(text(row, annotator.get()));
        }
        if (prompt.isPresent()) {
            table.group(row.identity(prompt.get()).orElse(""));
        }
        if (tournament.isPresent()) {
            table.tournament(text(row, tournament.get()).strip());
        }
        if (by.isPresent()) {
            table.stratum(text(row, by.get()));
        }
    }

    /** A column that has the name of times and holds something else is not passed over: without times, some methods rank otherwise. */
    private void time(Cell row, String column, long line) {
        String text = required(row, column, "it must hold a time; --when none leaves the column out");
        try {
            table.time(text, path, line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; --when none leaves the column out", e);
        }
    }

    /**
     * Reads the same rows faster, if they hold no more than items and who won; empty where they hold more.
     *
     * @param header the names of the columns in their order
     */
    Optional<PlainBattles> plain(List<String> header) {
        boolean more = Stream.of(when, order, count, weight, annotator, prompt, id, neutral, ending, tournament, by)
                .anyMatch(Optional::isPresent);
        boolean bare = !more && !alpaca && controls.names().isEmpty();
        if (!bare || (form != Form.WINNER && form != Form.WINNER_AND_LOSER)) {
            return Optional.empty();
        }
        boolean byLoser = form == Form.WINNER_AND_LOSER;
        PlainBattles.Places places = new PlainBattles.Places(
                header.indexOf((byLoser ? winner : left).orElseThrow()),
                header.indexOf(right.orElseThrow()),
                byLoser ? PlainBattles.NONE : header.indexOf(winner.orElseThrow()));
        boolean found = places.first() >= 0 && places.second() >= 0 && (byLoser || places.winner() >= 0);
        return found
                ? Optional.of(new PlainBattles(path, table, places, table.winners.of(Verdict.of(Outcome.LEFT))))
                : Optional.empty();
    }

    private int verdict(Cell row, String first, String second, long line) {
        return switch (form) {
            case WINNER_AND_LOSER -> table.winners.of(Verdict.of(Outcome.LEFT));
            case WINNER ->
                table.winners.of(
                        row.text(winner.orElseThrow())
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "\"" + winner.orElseThrow() + "\" does not say who won")),
                        first,
                        second,
                        path,
                        line);
            case SCORES -> {
                double one = score(row, winner.orElseThrow());
                double two = score(row, tie.orElseThrow());
                boolean whole = one == Math.rint(one) && two == Math.rint(two) && Math.abs(one - two) < 1e6;
                yield table.winners.of(
                        Verdict.ofMargin(whole ? (int) (one - two) : (int) Math.signum(Double.compare(one, two))));
            }
            case ONE_HOT -> oneHot(row);
        };
    }

    private int oneHot(Cell row) {
        boolean one = truth(row, winner.orElseThrow());
        boolean two = truth(row, tie.orElseThrow());
        boolean neither = ONE_HOT_TIE.stream().anyMatch(column -> row.has(column) && truth(row, column));
        if ((one ? 1 : 0) + (two ? 1 : 0) + (neither ? 1 : 0) != 1) {
            throw new IllegalArgumentException(
                    "of \"" + winner.orElseThrow() + "\", \"" + tie.orElseThrow() + "\" and a tie just one must be 1");
        }
        return table.winners.of(Verdict.of(one ? Outcome.LEFT : two ? Outcome.RIGHT : Outcome.TIE));
    }

    private static double score(Cell row, String column) {
        String text = required(row, column, "a score is a number");
        return Code.number(text.strip())
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + column + "\" is \"" + text + "\", not a number"));
    }

    private static String item(Cell row, String column) {
        String name = required(row, column, "an item needs a name");
        return name.strip();
    }

    private static String text(Cell row, String column) {
        return row.text(column).orElse("");
    }

    private static String required(Cell row, String column, String why) {
        return row.text(column).orElseThrow(() -> new IllegalArgumentException("\"" + column + "\" is empty; " + why));
    }

    private static double count(Cell row, String column) {
        double value = number(row, column, "a count", MOST_COUNT);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException("\"" + column + "\" is " + value
                    + "; a count is a whole number (--weight is for how much a row says)");
        }
        return value;
    }

    private static double number(Cell row, String column, String what, double most) {
        String text = required(row, column, what + " is a number");
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + column + "\" is \"" + text + "\", not a number", e);
        }
        if (!(value >= 0) || value > most) {
            throw new IllegalArgumentException("\"" + column + "\" is " + text + "; " + what + " is a number from 0 to "
                    + (most == MOST ? "1e15" : "1e9"));
        }
        return value;
    }

    private static boolean truth(Cell row, String column) {
        String text = text(row, column).strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "1", "1.0", "true", "t", "yes", "y" -> true;
            case "", "0", "0.0", "false", "f", "no", "n" -> false;
            default ->
                throw new IllegalArgumentException("\"" + column + "\" is \"" + text + "\", neither true nor false");
        };
    }
}
