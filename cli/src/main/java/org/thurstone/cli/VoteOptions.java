package org.thurstone.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thurstone.rank.file.Codes;
import org.thurstone.rank.file.Columns;
import org.thurstone.rank.file.Grades;
import org.thurstone.rank.file.Role;
import org.thurstone.rank.file.RowFilter;
import org.thurstone.rank.file.TimeFormat;
import org.thurstone.rank.file.VoteReadOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How files of votes are read. Columns with the usual names need no options. */
final class VoteOptions {

    @Option(
            names = "--left",
            paramLabel = "COLUMN",
            description = "Column with the left or home item (default: left, model_a, …).")
    private Optional<String> left = Optional.empty();

    @Option(
            names = "--right",
            paramLabel = "COLUMN",
            description = "Column with the right item (default: right, model_b, …).")
    private Optional<String> right = Optional.empty();

    @Option(
            names = "--winner",
            paramLabel = "COLUMN",
            description =
                    "Column with the winner: an item's name, words such as left, model_a, home and tie, H, D and A, a"
                            + " score such as 2-1, or numbers that --codes explains. The whole column decides.")
    private Optional<String> winner = Optional.empty();

    @Option(
            names = "--loser",
            paramLabel = "COLUMN",
            description =
                    "Column with the loser, if the files have columns for winner and loser instead of left and right.")
    private Optional<String> loser = Optional.empty();

    @Option(
            names = "--left-score",
            paramLabel = "COLUMN",
            description =
                    "Column with the score of the left item; the higher score wins (default: home_score, score_a, …).")
    private Optional<String> leftScore = Optional.empty();

    @Option(
            names = "--right-score",
            paramLabel = "COLUMN",
            description = "Column with the score of the right item (default: away_score, score_b, …).")
    private Optional<String> rightScore = Optional.empty();

    @Option(
            names = "--codes",
            paramLabel = "MEANINGS",
            description =
                    "What the codes of the winner mean: in ascending order, as in tie,left,right for 0, 1, 2; each by"
                            + " name, as in 0=tie,1=left,2=right; or a scale, left..right or 1=left..5=right.")
    private Optional<String> codes = Optional.empty();

    @Option(
            names = "--grades",
            paramLabel = "RULE",
            description =
                    "What graded wins count, such as A>>B, 3 on −3 to 3, or 3-0: equal, share, or weights such as 1,3"
                            + " (default: wins count once, preferences by degrees their share).")
    private Optional<String> grades = Optional.empty();

    @Option(
            names = "--when",
            paramLabel = "COLUMN",
            description =
                    "Column with the time: a date, an ISO time, a year, or a number of s, ms, µs or ns since 1970; none"
                            + " to read no times (default: date, tstamp, …).")
    private Optional<String> when = Optional.empty();

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            description =
                    "What times are, where the column leaves it open: year, s, ms, us, ns, days (since 1970), excel"
                            + " (days of a spreadsheet), ymd (20240531), dmy (31/05/2024) or mdy (05/31/2024).")
    private Optional<String> timeFormat = Optional.empty();

    @Option(
            names = "--order",
            paramLabel = "COLUMN",
            description = "Column that orders the battles of one time: a number, or rounds such as R32, QF, SF, F.")
    private Optional<String> order = Optional.empty();

    @Option(
            names = "--tournament",
            paramLabel = "COLUMN",
            description = "Column with the tournament, for methods in which some count for more, such as elo.")
    private Optional<String> tournament = Optional.empty();

    @Option(
            names = "--count",
            paramLabel = "COLUMN",
            description = "Column with how often a row was seen: the same as writing the row out as often.")
    private Optional<String> count = Optional.empty();

    @Option(
            names = "--weight",
            paramLabel = "COLUMN",
            description =
                    "Column with how much a row says, compared with others: one vote of that weight, not several.")
    private Optional<String> weight = Optional.empty();

    @Option(names = "--annotator", paramLabel = "COLUMN", description = "Column with the annotator.")
    private Optional<String> annotator = Optional.empty();

    @Option(names = "--prompt", paramLabel = "COLUMN", description = "Column with the prompt or group.")
    private Optional<String> prompt = Optional.empty();

    @Option(names = "--id", paramLabel = "COLUMN", description = "Column with a unique id; duplicates are rejected.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--neutral",
            paramLabel = "COLUMN",
            description =
                    "Column that is true where the left item was not at home; used with --home (default: neutral).")
    private Optional<String> neutral = Optional.empty();

    @Option(
            names = "--ending",
            paramLabel = "COLUMN",
            description = "Column that tells walkovers, such as W/O and RET (default: score).")
    private Optional<String> ending = Optional.empty();

    @Option(
            names = "--control",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "NAME,…",
            description =
                    "Covariates to control for: length, header, list and bold (all four: style, as LMArena has them) and"
                            + " markdown are computed from the texts; any other NAME is a column with left minus right, or two columns, such as NAME_a and NAME_b, compared by (a −"
                            + " b)/(a + b).")
    private List<String> controls = new ArrayList<>();

    @Option(
            names = "--by",
            paramLabel = "COLUMN",
            description = "Column to group by; each of its values also gets its own ranking.")
    private Optional<String> by = Optional.empty();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Read only rows that meet a condition, such as language=English, turn!=1 or year>=2020; may be"
                            + " repeated.")
    private List<String> where = new ArrayList<>();

    @Option(names = "--min-battles", paramLabel = "N", description = "Leave out items with fewer battles.")
    private int minBattles;

    @Option(
            names = "--both-bad",
            defaultValue = "tie",
            paramLabel = "RULE",
            description = "How to count battles in which both were bad: tie or skip (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.BothBad bothBad = VoteReadOptions.BothBad.TIE;

    @Option(
            names = "--walkovers",
            defaultValue = "keep",
            paramLabel = "RULE",
            description =
                    "How to treat matches that were not played: keep, skip, or skip-unfinished, which also leaves out"
                            + " those that ended early (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.Walkovers walkovers = VoteReadOptions.Walkovers.KEEP;

    @Option(
            names = "--duplicates",
            defaultValue = "keep",
            paramLabel = "RULE",
            description =
                    "How to treat rows that repeat an id, or an annotator, prompt and pair: keep or drop (default:"
                            + " ${DEFAULT-VALUE}).")
    private VoteReadOptions.Duplicates duplicates = VoteReadOptions.Duplicates.KEEP;

    @Option(
            names = "--bad-rows",
            defaultValue = "stop",
            paramLabel = "RULE",
            description = "How to treat rows that cannot be read: stop or skip (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.BadRows badRows = VoteReadOptions.BadRows.STOP;

    @Option(
            names = "--unlisted",
            defaultValue = "unseen",
            paramLabel = "RULE",
            description =
                    "How to treat items that an order does not contain: unseen (not compared) or below (all others)"
                            + " (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.Unlisted unlisted = VoteReadOptions.Unlisted.UNSEEN;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** @param home whether a home advantage is estimated */
    VoteReadOptions reading(boolean home) {
        return new VoteReadOptions(
                new Columns(named(), controls, by),
                VoteReadOptions.Keep.BATTLES,
                bothBad,
                unlisted,
                home,
                new VoteReadOptions.Meanings(
                        codes.map(text -> parsed("--codes", text, Codes::parse)),
                        grades.map(text -> parsed("--grades", text, Grades::parse))
                                .orElse(Grades.DEFAULT),
                        timeFormat.map(text -> parsed("--time-format", text, TimeFormat::parse))),
                parsed(
                        "--min-battles",
                        minBattles,
                        least -> new VoteReadOptions.Selection(
                                where.stream()
                                        .map(text -> parsed("--where", text, RowFilter::parse))
                                        .toList(),
                                least,
                                badRows,
                                duplicates,
                                walkovers)));
    }

    private Map<Role, String> named() {
        Map<Role, String> named = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            column(role).ifPresent(column -> named.put(role, column));
        }
        return named;
    }

    private Optional<String> column(Role role) {
        return switch (role) {
            case LEFT -> left;
            case RIGHT -> right;
            case WINNER -> winner;
            case LOSER -> loser;
            case LEFT_SCORE -> leftScore;
            case RIGHT_SCORE -> rightScore;
            case WHEN -> when;
            case ORDER -> order;
            case TOURNAMENT -> tournament;
            case COUNT -> count;
            case WEIGHT -> weight;
            case ANNOTATOR -> annotator;
            case PROMPT -> prompt;
            case ID -> id;
            case NEUTRAL -> neutral;
            case ENDING -> ending;
        };
    }

    private <T, R> R parsed(String option, T value, Function<T, R> parse) {
        return Failures.usage(spec.commandLine(), option, () -> parse.apply(value));
    }
}
