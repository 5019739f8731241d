package org.thurstone.rank.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.rank.choice.RankCentrality;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.online.Elo;
import org.thurstone.rank.online.Glicko2;
import org.thurstone.rank.online.TrueSkill;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.report.JsonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoardReportTest {

    @TempDir
    private Path directory;

    private Path battles = Path.of("");

    @BeforeEach
    void write() throws IOException {
        battles = SimulatedBattles.write(directory.resolve("battles.csv"));
    }

    @Test
    void aPageOfManyItemsRanksThemOnce() throws IOException {
        for (int items : new int[] {500, 501}) {
            StringBuilder rows = new StringBuilder("left,right,winner\n");
            for (int i = 0; i < items; i++) {
                rows.append("i%d,i%d,left\n".formatted(i, (i + 1) % items));
            }
            Path file = Files.writeString(directory.resolve("many.csv"), rows);
            AtomicInteger fits = new AtomicInteger();
            RankingModel counted = (votes, inference) -> {
                fits.incrementAndGet();
                return new Elo(32, 1500, 400).rank(votes, inference);
            };
            String page = new BoardRequest(
                            List.of(file),
                            VoteReadOptions.USUAL,
                            List.of(new BoardRequest.Named("elo", counted)),
                            Inference.DEFAULT,
                            false,
                            new BoardRequest.Extras(false, true, Optional.empty(), Optional.empty()))
                    .answer()
                    .page("1")
                    .html();
            assertThat(page.contains("What if, calibration and ratings over time rank the items again many times"))
                    .isEqualTo(items > 500);
            if (items > 500) {
                assertThat(fits).hasValue(1);
            } else {
                assertThat(fits).hasValueGreaterThan(10);
            }
        }
    }

    private BoardRequest plain() {
        return BoardRequest.of(battles, "bradley-terry", BradleyTerry.PLAIN);
    }

    @Test
    void documentHasItsStableKeysAndRatingsThatSumToZero() {
        JsonNode document = json(plain());
        JsonNode items = document.get("items");
        assertThat(items.get(0).propertyNames())
                .containsExactly(
                        "item", "rating", "low", "high", "rank", "interval", "battles", "wins", "ties", "provisional");
        assertThat(items.get(0).get("interval").asString()).isEqualTo("sandwich");
        assertThat(document.get("places").get(0).get("group").asInt()).isEqualTo(1);
        assertThat(document.get("level").asDouble()).isEqualTo(0.95);
        assertThat(document.get("options").isEmpty()).isTrue();
        assertThat(document.get("version").asString()).isNotEmpty();
        assertThat(plain().answer().text()).contains("; intervals of 95 %");
        assertThat(document.get("intervals").asString()).isEqualTo("auto");
        assertThat(document.get("seed").asInt()).isEqualTo(1);
        assertThat(items.get(0).get("item").asString()).isEqualTo("atlas");
        double sum = 0;
        for (JsonNode item : items) {
            sum += item.get("rating").asDouble();
            assertThat(item.get("low").asDouble()).isLessThan(item.get("high").asDouble());
        }
        assertThat(sum).isCloseTo(0, within(1e-9));
        assertThat(document.get("votes").asInt()).isEqualTo(400);
        JsonNode pairs = document.get("head_to_head");
        assertThat(pairs.get(0).propertyNames()).containsExactly("item", "other", "wins", "losses", "ties");
        assertThat(pairs.get(0).get("item").asString()).isEqualTo("atlas");
        double battles = 0;
        for (JsonNode pair : pairs) {
            battles += pair.get("wins").asDouble()
                    + pair.get("losses").asDouble()
                    + pair.get("ties").asDouble();
        }
        assertThat(battles).isEqualTo(400);
    }

    @Test
    void csvReadsBackToTheSameBoard() throws IOException {
        BoardReport report = plain().answer();
        assertThat(report.csv())
                .startsWith(
                        "model,by,item,rating,low,high,rank,best,worst,group,unit,interval,level,battles,wins,ties,")
                .contains(",1,log-odds,sandwich,0.95,");
        Path csv = Files.writeString(directory.resolve("board.csv"), report.csv());
        List<Standing> written = report.all().getFirst().board().standings();
        List<Standing> read = BoardFile.read(csv).standings();
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).item()).isEqualTo(written.get(i).item());
            assertThat(read.get(i).rating()).isEqualTo(written.get(i).rating());
            assertThat(read.get(i).high()).isEqualTo(written.get(i).high());
        }
    }

    @Test
    void boardAgreesPerfectlyWithItself() throws IOException {
        Path csv = Files.writeString(
                directory.resolve("board.csv"), plain().answer().csv());
        JsonNode document = json(with(new BoardRequest.Extras(false, false, Optional.of(csv), Optional.of(battles))));
        assertThat(document.get("agreement").get("kendall").asDouble()).isEqualTo(1);
        assertThat(document.get("agreement").get("agreement").asDouble()).isEqualTo(1);
        assertThat(document.get("predictions").get(0).get("log_loss").asDouble())
                .isBetween(0.3, Math.log(2));
    }

    @Test
    void boardWithFewerThanTwoCommonItemsIsRefused() throws IOException {
        Path other = Files.writeString(directory.resolve("other.csv"), "item,rating\natlas,1\nzephyr,0\n");
        BoardRequest request = with(new BoardRequest.Extras(false, false, Optional.of(other), Optional.empty()));
        assertThatThrownBy(request::answer)
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("has fewer than two of the items, so there is nothing to compare");
    }

    @Test
    void pageIsSelfContainedAndHasEverySection() throws IOException {
        Path page = directory.resolve("board.html");
        with(new BoardRequest.Extras(false, true, Optional.empty(), Optional.empty()))
                .answer()
                .page("test")
                .write(page);
        // The script and what it reads are those of the house; see SortableTableTest.
        assertThat(Files.readString(page).replaceAll("(?s)<script.*?</script>", ""))
                .contains("Win matrix")
                .contains("What if")
                .contains("judge 3")
                .contains("Calibration")
                .contains("Ratings over time")
                .contains("Δelta")
                .doesNotContain("<script")
                .doesNotContain("http://www")
                .doesNotContain("NaN");
    }

    /** Elo's ratings, and those of methods with beliefs of their own: the interval is of the drawn ratings. */
    @Test
    void bootstrapProvidesIntervalsForEveryMethod() {
        List<BoardRequest.Named> models = List.of(
                new BoardRequest.Named("elo", new Elo(32, 1500, 400)),
                new BoardRequest.Named("rank-centrality", new RankCentrality(0.5)),
                new BoardRequest.Named("glicko2", new Glicko2(30, 0.5, 1500, 350, 0.06)),
                new BoardRequest.Named("trueskill", new TrueSkill(25, 25 / 3.0, 25 / 6.0, 1 / 12.0, 0.1)));
        for (BoardRequest.Named model : models) {
            Ranking ranking = Ranking.by(model.model());
            Votes votes =
                    VoteFiles.read(battles, VoteReadOptions.USUAL.keeping(true)).votes();
            Inference bootstrap =
                    Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(50);
            Board drawn = ranking.with(bootstrap).of(votes);
            assertThat(drawn.standings())
                    .as(model.name())
                    .allSatisfy(s -> assertThat(s.low()).isLessThan(s.high()))
                    .allSatisfy(s -> assertThat(s.evidence().interval()).isEqualTo(IntervalKind.BOOTSTRAP))
                    .allMatch(Standing::placed);
            assertThat(drawn.standings()).isNotEqualTo(ranking.of(votes).standings());
            assertThat(ranking.with(bootstrap).of(votes).standings()).isEqualTo(drawn.standings());
            AtomicInteger told = new AtomicInteger();
            ranking.with(bootstrap.with((done, total) -> told.incrementAndGet()))
                    .of(votes);
            assertThat(told).hasValue(50);
        }
    }

    /** A hundred losses, then a hundred wins: a draw in another order would rate another history. */
    @Test
    void bootstrapOfEloKeepsTheOrderOfBattles() {
        List<Battle> history = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            history.add(Battle.of("a", "b", k < 100 ? Outcome.RIGHT : Outcome.LEFT));
        }
        Inference bootstrap =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(200);
        Ranking elo = Ranking.by(new Elo(32, 1500, 400)).with(bootstrap);
        Standing untimed = elo.of(history).of("a").orElseThrow();
        List<Battle> timed = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            timed.add(history.get(k).at(86_400.0 * k));
        }
        Standing byTime = elo.of(timed).of("a").orElseThrow();
        assertThat(untimed.rating()).isCloseTo(1797, within(1.0));
        assertThat(untimed.low()).isBetween(1770.0, untimed.rating());
        assertThat(untimed.high()).isBetween(untimed.rating(), 1830.0);
        // With times, a battle that is drawn twice is two at once.
        assertThat(untimed.low()).isCloseTo(byTime.low(), within(5.0));
        assertThat(untimed.high()).isCloseTo(byTime.high(), within(5.0));
    }

    /** Resamples that are all equal do not show certainty. */
    @Test
    void aBootstrapWithoutScatterGivesNoInterval() {
        Inference bootstrap =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(30);
        Board ties = Ranking.by(new RankCentrality(0.5)).with(bootstrap).of(Simulated.times(5, "a", "b", Outcome.TIE));
        assertThat(ties.standings()).noneMatch(Standing::hasInterval);
    }

    /** Items that the votes do not rate, however many, stand below those that they do. */
    @Test
    void theSoundGroupComesFirst() throws IOException {
        StringBuilder rows = new StringBuilder("left,right,winner\na,b,a\nb,c,b\nc,a,c\nb,a,b\nc,b,c\na,c,a\n");
        for (int k = 0; k < 60; k++) {
            rows.append("visitor%d,a,%s\n".formatted(k, k % 2 == 0 ? "visitor" + k : "a"));
        }
        Path file = Files.writeString(directory.resolve("thin.csv"), rows);
        BoardReport report =
                BoardRequest.of(file, "bradley-terry", BradleyTerry.PLAIN).answer();
        Board board = report.all().getFirst().board();
        assertThat(board.standings().subList(0, 3))
                .allSatisfy(s -> assertThat(s.rating()).isFinite())
                .allSatisfy(s -> assertThat(s.rank()).isBetween(1, 3))
                .allSatisfy(s -> assertThat(s.worst()).isLessThanOrEqualTo(3));
        assertThat(board.standings().subList(3, 63))
                .allSatisfy(s -> assertThat(s.rating()).isNaN())
                .allSatisfy(s -> assertThat(s.rank()).isZero());
        assertThat(report.text())
                .contains("battles", "1 (provisional)", "alone")
                .doesNotContain("\u2212");
        JsonNode document = new JsonMapper().readTree(JsonText.of(report.document()));
        assertThat(document.get("items").get(10).get("rank").isNull()).isTrue();
        assertThat(document.get("items").get(10).get("battles").asDouble()).isEqualTo(1);
        assertThat(document.get("places").get(10).get("best").isNull()).isTrue();
    }

    @Test
    void unknownRatingsAreNullAndExplained() throws IOException {
        Path few = Files.writeString(directory.resolve("few.csv"), "left,right,winner\na,b,a\nb,c,b\n");
        JsonNode document = json(BoardRequest.of(few, "bradley-terry", BradleyTerry.PLAIN));
        assertThat(document.get("items").get(0).get("rating").isNull()).isTrue();
        assertThat(document.get("remarks").get(0).asString()).contains("never lost");
    }

    @Test
    void eloIsAScaleOfLogOdds() {
        double logOdds =
                plain().answer().all().getFirst().board().standings().getFirst().rating();
        BoardReport elo = new BoardRequest(
                        List.of(battles),
                        VoteReadOptions.USUAL,
                        plain().models(),
                        Inference.DEFAULT,
                        true,
                        BoardRequest.Extras.NONE)
                .answer();
        assertThat(elo.all().getFirst().board().standings().getFirst().rating())
                .isCloseTo(1000 + 400 / Math.log(10) * logOdds, within(1e-9));
        assertThat(elo.text()).contains("Elo");
    }

    @Test
    void oneItemCannotBeRanked() throws IOException {
        Path one = Files.writeString(directory.resolve("one.soc"), "# ALTERNATIVE NAME 1: tuna\n3: 1\n");
        assertThatThrownBy(() -> BoardRequest.of(one, "bradley-terry", BradleyTerry.PLAIN)
                        .answer())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("only one item, \"tuna\"");
    }

    private BoardRequest with(BoardRequest.Extras extras) {
        return new BoardRequest(
                List.of(battles), VoteReadOptions.USUAL, plain().models(), Inference.DEFAULT, false, extras);
    }

    private static JsonNode json(BoardRequest request) {
        return new JsonMapper().readTree(JsonText.of(request.answer().document()));
    }

    @Test
    void contrastsAndUncertaintyAreReported() {
        BoardRequest.Details details =
                new BoardRequest.Details(Optional.empty(), true, List.of(List.of("atlas", "boreal")));
        BoardReport report = with(new BoardRequest.Extras(false, true, Optional.empty(), Optional.empty(), details))
                .answer();
        Board board = report.all().getFirst().board();
        assertThat(report.text()).contains("Contrast: atlas less boreal is ", "P(best) %", "quasi-s.e.");
        JsonNode document = new JsonMapper().readTree(JsonText.of(report.document()));
        double difference = board.of("atlas").orElseThrow().rating()
                - board.of("boreal").orElseThrow().rating();
        assertThat(document.get("contrasts").get(0).get("difference").asDouble())
                .isCloseTo(difference, within(1e-9));
        JsonNode items = document.get("uncertainty").get("items");
        double best = 0;
        for (JsonNode item : items) {
            best += item.get("probability_best").asDouble();
        }
        assertThat(best).isCloseTo(1, within(1e-9));
        double error = items.get(0).get("standard_error").asDouble();
        assertThat(document.get("uncertainty").get("covariance").get(0).get(0).asDouble())
                .isCloseTo(error * error, within(1e-12));
        Standing first = board.standings().getFirst();
        assertThat(first.high() - first.rating()).isCloseTo(1.959963984540054 * error, within(1e-9));
        assertThat(report.page("1").html()).contains("Uncertainty of each item alone", "atlas less boreal is");
    }

    @Test
    void itemsWithoutAContrastAreNamed() {
        BoardRequest.Details details =
                new BoardRequest.Details(Optional.empty(), false, List.of(List.of("atlas", "zephyr")));
        BoardRequest request = with(new BoardRequest.Extras(false, false, Optional.empty(), Optional.empty(), details));
        assertThatThrownBy(request::answer)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no item \"zephyr\" on the board");
    }

    /** All ratings move together: the anchor has its rating, and no interval is wider or narrower than before. */
    @Test
    void anAnchorMovesTheWholeBoard() {
        Board free = plain().answer().all().getFirst().board();
        BoardRequest.Details details =
                new BoardRequest.Details(Optional.of(Anchor.parse("atlas=7.5")), false, List.of());
        Board anchored = with(new BoardRequest.Extras(false, false, Optional.empty(), Optional.empty(), details))
                .answer()
                .all()
                .getFirst()
                .board();
        double move = 7.5 - free.of("atlas").orElseThrow().rating();
        assertThat(anchored.of("atlas").orElseThrow().rating()).isCloseTo(7.5, within(1e-12));
        for (Standing s : free.standings()) {
            Standing t = anchored.of(s.item()).orElseThrow();
            assertThat(t.low()).isCloseTo(s.low() + move, within(1e-12));
            assertThat(t.high() - t.low()).isCloseTo(s.high() - s.low(), within(1e-12));
            assertThat(t.best()).isEqualTo(s.best());
        }
        assertThat(Anchor.parse("a=b=3")).isEqualTo(new Anchor("a=b", 3));
        assertThatThrownBy(() -> Anchor.parse("atlas")).hasMessageContaining("is not ITEM=RATING");
        assertThatThrownBy(() -> Anchor.parse("atlas=high")).hasMessageContaining("is not a number");
        assertThatThrownBy(() -> new Anchor("zephyr", 1).on(free)).hasMessageContaining("is not on the board");
    }
}
