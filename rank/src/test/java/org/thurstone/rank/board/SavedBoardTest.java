package org.thurstone.rank.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.bench.PlantedBoard;
import org.thurstone.recipe.Catalogue;

class SavedBoardTest {

    private static final Battles ALL = PlantedBoard.EVEN.battles(12).where(b -> b < 2000);
    private static final Battles FIRST = ALL.where(b -> b < 900).compacted();
    private static final Battles SECOND = ALL.where(b -> b >= 900).compacted();

    @TempDir
    private Path dir;

    private static SavedBoard of(Votes votes, List<String> methods, String... settings) {
        List<BoardRequest.Named> models = new RankingModels(Catalogue.installed()).of(methods, List.of(settings));
        return SavedBoard.of(models, Inference.DEFAULT.withDraws(50), false, votes);
    }

    private SavedBoard written(SavedBoard board) {
        Path file = dir.resolve("board.json");
        board.write(file);
        return SavedBoard.read(file);
    }

    private static List<Board> boards(SavedBoard saved) {
        return saved.boards().stream()
                .map(ModelBoards::board)
                // A predictor has no equality.
                .map(b -> Board.of(b.model(), b.unit(), List.of(), new double[0])
                        .with(b.standings())
                        .withQuantities(b.quantities()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bradley-terry",
                "thurstone-mosteller",
                "elo",
                "glicko2",
                "trueskill",
                "bt-decay",
                "plackett-luce",
                "kemeny",
                "pagerank",
                "eigenvector",
                "bradley-terry-ep"
            })
    void addedVotesGiveTheBoardOfAllVotesReadAtOnce(String method) {
        SavedBoard grown = written(written(of(FIRST, List.of(method))).with(SECOND));
        assertThat(boards(grown)).isEqualTo(boards(of(ALL, List.of(method))));
    }

    @Test
    void countsAreKeptWhereTheyAreEnough() {
        assertThat(of(ALL, List.of("bradley-terry")).votes()).isInstanceOf(Tally.class);
        assertThat(of(ALL, List.of("bradley-terry", "elo")).votes()).isInstanceOf(Battles.class);
        SavedBoard resampled = new SavedBoard(
                of(ALL, List.of("bradley-terry")).models(),
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP),
                false,
                ALL,
                List.of());
        assertThat(SavedBoard.of(resampled.models(), resampled.inference(), false, ALL)
                        .votes())
                .isInstanceOf(Tally.class);
        Inference byAnnotator = new Inference(0.95, Inference.Intervals.BOOTSTRAP, 100, Inference.Unit.ANNOTATOR, 1);
        assertThat(SavedBoard.of(resampled.models(), byAnnotator, false, ALL).votes())
                .isInstanceOf(Battles.class);
    }

    @Test
    void settingsComeBack() {
        SavedBoard saved = of(ALL, List.of("bradley-terry", "elo"), "ties=davidson", "home=true", "ridge=0.25");
        SavedBoard read = written(saved);
        assertThat(read.models()).isEqualTo(saved.models());
        assertThat(read.inference()).isEqualTo(saved.inference());
        assertThat(read.fingerprint()).isEqualTo(saved.fingerprint());
    }

    @Test
    void marginsAndTournamentsComeBack() {
        List<Battle> matches = new ArrayList<>();
        for (int b = 0; b < 60; b++) {
            matches.add(
                    ALL.battle(b).withMargin(1 + b % 4).in(b % 3 == 0 ? "" : b % 3 == 1 ? "World Cup" : "Friendly"));
        }
        SavedBoard saved = of(
                Battles.of(matches),
                List.of("elo"),
                "margin=world-football",
                "tournaments={World Cup: 60, Friendly: 20}",
                "home=true");
        SavedBoard read = written(saved);
        assertThat(read.models()).isEqualTo(saved.models());
        assertThat(read.fingerprint()).isEqualTo(saved.fingerprint());
        assertThat(boards(read)).isEqualTo(boards(saved));
        assertThat(((Battles) read.votes()).battle(1)).isEqualTo(matches.get(1));
        // A file of battles that have neither is as it was.
        assertThat(KeptVotes.document(FIRST)).doesNotContainKeys("margin", "tournament", "tournaments");
    }

    @Test
    void fractionalWeightsAndOrdersComeBack() {
        double[] weights = new double[ALL.count()];
        for (int b = 0; b < weights.length; b++) {
            weights[b] = 1 / (1.0 + b % 7);
        }
        SavedBoard weighted = of(ALL.weighted(weights), List.of("bradley-terry"));
        assertThat(boards(written(weighted))).isEqualTo(boards(weighted));
        Rankings orders = Rankings.of(ALL.where(b -> b < 300));
        SavedBoard ordered = of(orders, List.of("plackett-luce"));
        assertThat(written(ordered).votes()).isInstanceOf(Rankings.class);
        assertThat(boards(written(ordered))).isEqualTo(boards(ordered));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 1|\"version\" : 2|has version 2 of the form of kept boards, and this program reads 1",
                "\"level\" : 0.95|\"level\" : 0.9|the settings in",
                "\"size\" : 2000|\"size\" : 2001|the votes in",
                "\"form\" : \"counts\"|\"form\" : \"sums\"|unknown form \"sums\"",
                "\"kept\"|\"dropped\"|it has ratings, but not their votes",
                "\"left\" : [ 0|\"left\" : [ 77|\"left\" has an index that is not in [0, 6)",
                "{|[|is not JSON",
            })
    void filesAreCheckedOnReading(String from, String to, String message) throws IOException {
        Path file = dir.resolve("board.json");
        of(ALL, List.of("bradley-terry")).write(file);
        String text = Files.readString(file);
        int at = text.lastIndexOf(from);
        assertThat(at).isNotNegative();
        Files.writeString(file, text.substring(0, at) + to + text.substring(at + from.length()));
        assertThatThrownBy(() -> SavedBoard.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void votesOfAnotherFormAreRefused() {
        SavedBoard elo = of(FIRST, List.of("elo"));
        assertThatThrownBy(() -> elo.with(SECOND.tally()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("battles one by one");
    }

    /** By hand: σ of the difference, and of the ends of its interval. */
    @Test
    void predictionsAreThoseOfTheModelWithTheIntervalOfTheDifference() {
        SavedBoard saved = of(ALL, List.of("bradley-terry"));
        PairingForecast forecast = saved.predict("item 1", "item 3").getFirst();
        Board board = saved.boards().getFirst().board();
        var errors = board.errors().orElseThrow();
        int i = errors.items().indexOf("item 1");
        int j = errors.items().indexOf("item 3");
        double gap = errors.ratings()[i] - errors.ratings()[j];
        double half = 1.959963984540054 * Math.sqrt(errors.variance(i, j));
        assertThat(forecast.win().probability()).isCloseTo(1 / (1 + Math.exp(-gap)), within(1e-12));
        assertThat(forecast.win().low()).isCloseTo(1 / (1 + Math.exp(half - gap)), within(1e-9));
        assertThat(forecast.win().high()).isCloseTo(1 / (1 + Math.exp(-half - gap)), within(1e-9));
        assertThat(forecast.loss().low()).isCloseTo(1 - forecast.win().high(), within(1e-12));
        assertThat(forecast.tie().probability()).isZero();
    }

    @Test
    void tiesAndHomeAdvantageArePredicted() {
        SavedBoard saved = of(ALL, List.of("bradley-terry", "elo"), "ties=davidson", "home=true");
        List<PairingForecast> forecasts = saved.predict("item 3", "item 4");
        PairingForecast first = forecasts.getFirst();
        assertThat(first.win().probability()
                        + first.tie().probability()
                        + first.loss().probability())
                .isCloseTo(1, within(1e-12));
        assertThat(first.tie().probability())
                .isBetween(first.tie().low(), first.tie().high());
        assertThat(forecasts.getLast().win().low()).isNaN();
        assertThatThrownBy(() -> saved.predict("item 3", "item 9"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no item \"item 9\"");
        assertThatThrownBy(() -> of(ALL, List.of("kemeny")).predict("item 3", "item 4"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no method of the board predicts");
    }

    @Test
    void boardsOfTheSameLawRarelyMoveAndAnUpdatedItemDoes() {
        SavedBoard one = of(PlantedBoard.EVEN.battles(1), List.of("bradley-terry"));
        SavedBoard other = of(PlantedBoard.EVEN.battles(2), List.of("bradley-terry"));
        assertThat(BoardChange.between(one, other).moves()).noneMatch(BoardChange.Move::moved);
        Battles updated = PlantedBoard.UPDATED_ITEM.battles(3);
        double middle = 1_700_000_000 + 30 * 86_400;
        SavedBoard later = of(updated.where(b -> updated.time(b) >= middle), List.of("bradley-terry"));
        BoardChange change = BoardChange.between(one, later);
        BoardChange.Move first = change.moves().getFirst();
        assertThat(first.item()).isEqualTo("item 5");
        assertThat(first.moved()).isTrue();
        assertThat(first.low()).isLessThan(0.8 * 5 / 6);
        assertThat(first.high()).isGreaterThan(0.8 * 5 / 6);
        assertThat(change.nested()).isFalse();
    }

    /** Added votes are not independent of those that were there: the interval of the change is narrower than that of two samples. */
    @Test
    void boardsThatShareVotesAreComparedAsSuch() {
        SavedBoard first = written(of(FIRST, List.of("bradley-terry")));
        SavedBoard grown = written(first.with(SECOND));
        BoardChange change = BoardChange.between(first, grown);
        assertThat(change.nested()).isTrue();
        BoardChange apart = BoardChange.between(first, of(ALL, List.of("bradley-terry")));
        assertThat(apart.nested()).isFalse();
        for (BoardChange.Move move : change.moves()) {
            BoardChange.Move same = apart.moves().stream()
                    .filter(m -> m.item().equals(move.item()))
                    .findFirst()
                    .orElseThrow();
            assertThat(move.change()).isCloseTo(same.change(), within(1e-12));
            assertThat(move.high() - move.low()).isLessThan(same.high() - same.low());
        }
    }

    @Test
    void itemsOfOneBoardAloneAreNamed() {
        Battles more = Battles.of(
                List.of(Battle.of("item 1", "newcomer", Outcome.LEFT), Battle.of("newcomer", "item 1", Outcome.LEFT)));
        SavedBoard first = of(FIRST, List.of("bradley-terry"));
        BoardChange change = BoardChange.between(first, first.with(more));
        assertThat(change.added()).containsExactly("newcomer");
        assertThat(change.sentences()).contains("Only on the later board: newcomer.");
    }
}
