package org.thurstone.rank.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.rank.audit.Audit;
import org.thurstone.rank.audit.AuditSettings;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.certainty.Contrast;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.recipe.Recipe;

/**
 * A request for boards: what to rank and what to report.
 *
 * @param files at least one; their votes are ranked together
 * @param reading how the files are read; whether battles are kept one by one is decided here
 * @param models at least one; the first is the one that certainty is about
 * @param elo whether log-odds are shown on {@linkplain EloScale Elo's scale}
 * @param extras what to report besides the boards
 */
public record BoardRequest(
        List<Path> files,
        VoteReadOptions reading,
        List<Named> models,
        Inference inference,
        boolean elo,
        Extras extras) {

    /** A model under the name that it was asked for by. */
    public record Named(String name, RankingModel model) {}

    /**
     * What to report besides the boards.
     *
     * @param sensitivity the fewest votes whose removal changes the top; needs Bradley–Terry among the models
     * @param page whether {@link BoardReport#page} will be called, which needs battles one by one and sensitivity where there is any
     * @param compare another board, to compare the first model's with
     * @param holdout battles that are not ranked, to be predicted by every model
     * @param details of the first board's uncertainty, and where its scale is anchored
     * @param audit the settings of an audit of the first Bradley–Terry board; empty for none
     */
    public record Extras(
            boolean sensitivity,
            boolean page,
            Optional<Path> compare,
            Optional<Path> holdout,
            Details details,
            Optional<AuditSettings> audit) {
        public static final Extras NONE = new Extras(false, false, Optional.empty(), Optional.empty());

        public Extras(boolean sensitivity, boolean page, Optional<Path> compare, Optional<Path> holdout) {
            this(sensitivity, page, compare, holdout, Details.NONE);
        }

        public Extras(
                boolean sensitivity, boolean page, Optional<Path> compare, Optional<Path> holdout, Details details) {
            this(sensitivity, page, compare, holdout, details, Optional.empty());
        }

        public Extras with(AuditSettings settings) {
            return new Extras(sensitivity, page, compare, holdout, details, Optional.of(settings));
        }
    }

    /**
     * Details of boards.
     *
     * @param anchor of every board; its item has the given rating
     * @param uncertainty standard and quasi-standard errors, the probability of being best, ranks and the covariance
     * @param contrasts pairs of items whose difference to report
     */
    public record Details(Optional<Anchor> anchor, boolean uncertainty, List<List<String>> contrasts) {
        public static final Details NONE = new Details(Optional.empty(), false, List.of());

        public Details {
            contrasts = contrasts.stream().map(List::copyOf).toList();
            if (contrasts.stream().anyMatch(pair -> pair.size() != 2)) {
                throw new IllegalArgumentException("a contrast is of two items");
            }
        }
    }

    public BoardRequest {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("there is no file to read");
        }
        models = List.copyOf(models);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("there is no model to rank with");
        }
    }

    /** A file whose columns have their usual names, ranked by one model with intervals of 95 %. */
    public static BoardRequest of(Path file, String name, RankingModel model) {
        return new BoardRequest(
                List.of(file),
                VoteReadOptions.USUAL,
                List.of(new Named(name, model)),
                Inference.DEFAULT,
                false,
                Extras.NONE);
    }

    /**
     * Reads the file and ranks it.
     *
     * @throws UserError if a file cannot be read or its votes cannot be ranked
     */
    public BoardReport answer() {
        VoteFile votes = VoteFiles.read(files, reading.keeping(kept()));
        List<ModelBoards> all = new ArrayList<>();
        for (Named each : models) {
            ModelBoards boards = new Ranking(each, inference, elo).boards(votes);
            all.add(extras.details().anchor().map(boards::anchored).orElse(boards));
        }
        boolean few = votes.votes().items().size() <= BoardPage.REFITTED;
        Optional<Sensitivity> fewest = extras.sensitivity() || (extras.page() && few)
                ? bradleyTerry().flatMap(m -> Sensitivity.of(m, votes.votes()))
                : Optional.empty();
        Board first = all.getFirst().board();
        return new BoardReport(
                files.getFirst().getFileName()
                        + (files.size() > 1 ? " and " + Count.of(files.size() - 1, "more file") : ""),
                votes,
                all,
                inference,
                differences(first),
                fewest,
                extras.compare().map(other -> agreement(first, other)),
                extras.holdout()
                        .map(battles -> Predictions.of(
                                all,
                                votes.votes(),
                                VoteFiles.read(
                                                battles,
                                                reading.keeping(true)
                                                        .with(reading.selection()
                                                                .withMinBattles(0)))
                                        .votes(),
                                battles)),
                extras.audit().map(settings -> audit(votes.votes(), settings)));
    }

    /**
     * Keeps the boards in a file, with their votes and settings; {@link SavedBoard} reads it.
     *
     * @param report the answer to this request
     * @throws UserError if it cannot be written
     */
    public void save(BoardReport report, Path path) {
        SavedBoard.of(models, inference, elo, report.file().votes()).write(path, report.all());
    }

    private Audit audit(Votes votes, AuditSettings settings) {
        BradleyTerry model = bradleyTerry()
                .orElseThrow(() -> new UserError("an audit is of a Bradley–Terry board: rank with bradley-terry"));
        return Audit.of(model, votes, settings);
    }

    /** The model that {@link Extras#sensitivity} and {@link Extras#audit} are about; empty where there is none. */
    public Optional<BradleyTerry> bradleyTerry() {
        return models.stream()
                .map(Named::model)
                .filter(BradleyTerry.class::isInstance)
                .map(BradleyTerry.class::cast)
                .findFirst();
    }

    private BoardReport.Differences differences(Board board) {
        Details details = extras.details();
        Optional<Uncertainty> uncertainty =
                details.uncertainty() ? Optional.of(Uncertainty.of(board, inference)) : Optional.empty();
        List<Contrast> contrasts = details.contrasts().stream()
                .map(pair -> board.differences()
                        .flatMap(errors -> Contrast.of(errors, pair.getFirst(), pair.getLast(), inference.level()))
                        .orElseThrow(() -> missing(board, pair)
                                .orElseGet(() -> new UserError("\"" + pair.getFirst() + "\" and \"" + pair.getLast()
                                        + "\" have no contrast: both must be on the board with ratings that can be compared, by a"
                                        + " method with intervals or with --bootstrap"))))
                .toList();
        return new BoardReport.Differences(uncertainty, contrasts);
    }

    /** The first of the items that the board does not have. */
    private static Optional<UserError> missing(Board board, List<String> items) {
        List<String> known =
                board.standings().stream().map(Standing::item).sorted().toList();
        return items.stream()
                .filter(item -> !known.contains(item))
                .findFirst()
                .map(item ->
                        new UserError("there is no item \"" + item + "\" on the board" + Recipe.hint(item, known)));
    }

    /** Counts are enough to draw battles from, unless their weights differ. */
    private VoteReadOptions.Keep kept() {
        return oneByOne()
                ? VoteReadOptions.Keep.BATTLES
                : bootstrap() ? VoteReadOptions.Keep.COUNTS_IF_UNWEIGHTED : VoteReadOptions.Keep.COUNTS;
    }

    private boolean bootstrap() {
        return inference.intervals() == Inference.Intervals.BOOTSTRAP;
    }

    private boolean oneByOne() {
        return extras.page()
                || extras.audit().isPresent()
                || (bootstrap() && inference.unit() != Inference.Unit.BATTLE)
                || models.stream().anyMatch(m -> m.model().takes() != RankingModel.Form.COUNTS);
    }

    private static Agreement agreement(Board board, Path other) {
        return Agreement.between(board, BoardFile.read(other))
                .orElseThrow(() ->
                        new UserError(other + " has fewer than two of the items, so there is nothing to compare"));
    }
}
