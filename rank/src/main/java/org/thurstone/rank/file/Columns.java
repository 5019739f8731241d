package org.thurstone.rank.file;

import java.util.List;
import java.util.Optional;

/**
 * The names of the columns of a file; empty ones are found by their usual names.
 *
 * @param left the item on the left ({@code model_a}, {@code left}, {@code player_1} …)
 * @param right the item on the right
 * @param winner the winner: the item's name, or left, right, tie and the like; with a {@code loser} column the winner's name
 * @param loser the loser's name; then every row is a win
 * @param when the time: a date, a time, or seconds since 1970
 * @param weight how many comparisons a row counts for
 * @param annotator the annotator
 * @param prompt the prompt or group
 * @param id a unique id; duplicates are rejected
 * @param controls covariates to control for: {@code length} and {@code markdown} are computed from the texts, if there are texts; any
 *     other name is a pair of columns, such as {@code price_a} and {@code price_b}, or one that holds left minus right
 * @param by the column to group by; each of its values gets its own board
 */
public record Columns(
        Optional<String> left,
        Optional<String> right,
        Optional<String> winner,
        Optional<String> loser,
        Optional<String> when,
        Optional<String> weight,
        Optional<String> annotator,
        Optional<String> prompt,
        Optional<String> id,
        List<String> controls,
        Optional<String> by) {

    /** All columns under their usual names. */
    public static final Columns USUAL = new Columns(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    public Columns {
        controls = List.copyOf(controls);
    }

    static final List<String> LEFT = List.of("left", "model_a", "model_1", "item_a", "player_a", "player_1", "a");
    static final List<String> RIGHT = List.of("right", "model_b", "model_2", "item_b", "player_b", "player_2", "b");
    static final List<String> WINNER = List.of("winner", "outcome", "result", "preference", "vote");
    static final List<String> WEIGHT = List.of("weight", "count");
    static final List<String> ANNOTATOR = List.of("annotator", "judge", "judge_hash", "user", "voter", "rater");
    static final List<String> PROMPT = List.of("prompt_id", "question_id", "prompt", "instruction", "question");
    static final List<String> WHEN = List.of("tstamp", "timestamp", "time", "date");
    static final List<String> ID = List.of("battle_id", "id");

    public Columns withWinnerAndLoser(String winnerColumn, String loserColumn) {
        return new Columns(
                left,
                right,
                Optional.of(winnerColumn),
                Optional.of(loserColumn),
                when,
                weight,
                annotator,
                prompt,
                id,
                controls,
                by);
    }

    public Columns withWhen(String column) {
        return new Columns(
                left, right, winner, loser, Optional.of(column), weight, annotator, prompt, id, controls, by);
    }

    public Columns withControls(List<String> names) {
        return new Columns(left, right, winner, loser, when, weight, annotator, prompt, id, names, by);
    }

    public Columns withBy(String column) {
        return new Columns(
                left, right, winner, loser, when, weight, annotator, prompt, id, controls, Optional.of(column));
    }
}
