package org.thurstone.rank.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.choice.RankCentrality;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.online.Elo;
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
        assertThat(items.get(0).propertyNames()).containsExactly("item", "rating", "low", "high", "rank");
        assertThat(items.get(0).get("item").asString()).isEqualTo("atlas");
        double sum = 0;
        for (JsonNode item : items) {
            sum += item.get("rating").asDouble();
            assertThat(item.get("low").asDouble()).isLessThan(item.get("high").asDouble());
        }
        assertThat(sum).isCloseTo(0, within(1e-9));
        assertThat(document.get("votes").asInt()).isEqualTo(400);
    }

    @Test
    void csvReadsBackToTheSameBoard() throws IOException {
        BoardReport report = plain().answer();
        assertThat(report.csv()).startsWith("model,by,item,rating,low,high,rank,best,worst,group,unit,level\n");
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
        assertThat(Files.readString(page))
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

    @Test
    void bootstrapProvidesIntervalsForModelsWithoutAny() {
        Inference bootstrap =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(50);
        BoardReport report = new BoardRequest(
                        List.of(battles),
                        VoteReadOptions.USUAL,
                        List.of(
                                new BoardRequest.Named("elo", new Elo(32, 1500, 400)),
                                new BoardRequest.Named("rank-centrality", new RankCentrality(0.5))),
                        bootstrap,
                        false,
                        BoardRequest.Extras.NONE)
                .answer();
        assertThat(report.all())
                .allSatisfy(boards -> assertThat(boards.board().standings())
                        .allSatisfy(s -> assertThat(s.low()).isLessThan(s.high())));
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
        return new BoardRequest(List.of(battles), VoteReadOptions.USUAL, plain().models(), Inference.DEFAULT, false, extras);
    }

    private static JsonNode json(BoardRequest request) {
        return new JsonMapper().readTree(JsonText.of(request.answer().document()));
    }
}
