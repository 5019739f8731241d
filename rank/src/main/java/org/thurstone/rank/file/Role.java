package org.thurstone.rank.file;

import java.util.List;
import java.util.Locale;

/** What a column of a file of votes can be: the option that names it, and the names under which it is found without one. */
public enum Role {
    /** The item on the left, at home or shown first. */
    LEFT(
            "--left",
            "left",
            "model_a",
            "model_1",
            "model1",
            "item_a",
            "item_1",
            "item1",
            "player_a",
            "player_1",
            "player1",
            "a",
            "home",
            "home_team",
            "hometeam",
            "team_a",
            "team_1",
            "team1",
            "generator_1",
            "white"),
    RIGHT(
            "--right",
            "right",
            "model_b",
            "model_2",
            "model2",
            "item_b",
            "item_2",
            "item2",
            "player_b",
            "player_2",
            "player2",
            "b",
            "away",
            "away_team",
            "awayteam",
            "team_b",
            "team_2",
            "team2",
            "generator_2",
            "black"),
    /** Who won: an item's name, a code or a score; next to a {@link #LOSER} the winner's name. */
    WINNER("--winner", "winner", "outcome", "result", "preference", "vote", "verdict", "ftr"),
    /** The loser's name; then every row is a win. */
    LOSER("--loser", "loser", "loser_name"),
    LEFT_SCORE(
            "--left-score",
            "home_score",
            "score_a",
            "score_1",
            "score1",
            "left_score",
            "score_left",
            "home_goals",
            "goals_a",
            "fthg"),
    RIGHT_SCORE(
            "--right-score",
            "away_score",
            "score_b",
            "score_2",
            "score2",
            "right_score",
            "score_right",
            "away_goals",
            "goals_b",
            "ftag"),
    /** When it was, in any form that {@link TimeFormat} lists. */
    WHEN("--when", "tstamp", "timestamp", "time", "date", "tourney_date"),
    /** Orders the battles of one time: a number, or a round of a tournament. */
    ORDER("--order"),
    /** The tournament, for ratings in which some tournaments count for more. */
    TOURNAMENT("--tournament"),
    /** How often the row was seen; the same as writing the row out as often. */
    COUNT("--count"),
    /** How much the row says, compared with others; its variance counts with the square of the weight. */
    WEIGHT("--weight"),
    ANNOTATOR("--annotator", "annotator", "judge", "judge_hash", "user", "voter", "voter_id", "rater"),
    /** The prompt or group. */
    PROMPT("--prompt", "prompt_id", "question_id", "item_id", "prompt", "instruction", "question"),
    /** A unique id. */
    ID("--id", "battle_id", "id"),
    /** Whether the left item was not at home; read where a home advantage is estimated. */
    NEUTRAL("--neutral", "neutral", "neutral_venue", "neutral_site"),
    /** A score or comment that says whether a match was played to its end; found if it holds texts. */
    ENDING("--ending", "score");

    /** The name of no column: the role is left unfilled although a column has a usual name. */
    public static final String NONE = "none";

    private final String option;
    private final String usual;

    Role(String option, String... usual) {
        this.option = option;
        this.usual = String.join(" ", usual);
    }

    /** The option of {@code thurstone rank} that names the column. */
    public String option() {
        return option;
    }

    /** The names under which it is found, the first that exists; upper case, blanks and hyphens make no difference. */
    public List<String> usual() {
        return usual.isEmpty() ? List.of() : List.of(usual.split(" ", -1));
    }

    /** Whether a battle cannot be without it. */
    boolean isRequired() {
        return switch (this) {
            case LEFT, RIGHT, WINNER, LOSER, LEFT_SCORE, RIGHT_SCORE -> true;
            default -> false;
        };
    }

    /** What the role is called in a sentence. */
    String title() {
        return switch (this) {
            case WHEN -> "time";
            default -> name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
