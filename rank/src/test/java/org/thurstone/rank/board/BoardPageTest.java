package org.thurstone.rank.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.certainty.Contrast;
import org.thurstone.rank.file.Columns;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.online.Elo;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.report.RowDifferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoardPageTest {

    @TempDir
    private Path directory;

    private Path battles = Path.of("");

    @BeforeEach
    void write() throws IOException {
        battles = SimulatedBattles.write(directory.resolve("battles.csv"));
    }

    private String page(RankingModel model, boolean elo, VoteReadOptions reading) {
        return new BoardRequest(
                        List.of(battles),
                        reading,
                        List.of(new BoardRequest.Named("model", model)),
                        Inference.DEFAULT,
                        elo,
                        new BoardRequest.Extras(false, true, Optional.empty(), Optional.empty()))
                .answer()
                .page("test")
                .html();
    }

    private static JsonNode data(String page) {
        Matcher found =
                Pattern.compile("(?s)class=\"differences\">(.*?)</script>").matcher(page);
        assertThat(found.find()).isTrue();
        return new JsonMapper().readTree(found.group(1));
    }

    @Test
    void thePageSaysHowItWasMadeAndHowManyBattlesThereAre() {
        String page = page(BradleyTerry.PLAIN, false, VoteReadOptions.USUAL);
        assertThat(page)
                .contains("How this board was made")
                .contains("400 battles of 4 items, ")
                .contains("all items: sandwich, from the curvature of the likelihood")
                .contains("with 95\u00a0% confidence for all items together")
                .contains("<section class=\"tabular sortable\" data-names=\"1\">");
    }

    /** On Elo's scale as on log-odds: what the page works out is what the library says. */
    @Test
    void theChanceToWinIsThatOfTheModel() {
        for (boolean elo : new boolean[] {false, true}) {
            BradleyTerry model = BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON);
            Board board =
                    new Ranking(new BoardRequest.Named("model", model), Inference.DEFAULT, elo).of(Battles.of(votes()));
            RowDifferences of = ItemDifferences.of(board, Inference.DEFAULT);
            RowDifferences.Chances chances = of.chances().orElseThrow();
            for (int other = 1; other < 4; other++) {
                double place = (of.estimates()[0] - of.estimates()[other] - chances.from()) / chances.step();
                int k = (int) place;
                double win = chances.win()[k] + (place - k) * (chances.win()[k + 1] - chances.win()[k]);
                double tie = chances.tie()[k] + (place - k) * (chances.tie()[k + 1] - chances.tie()[k]);
                OutcomeProbabilities exact = board.forecast()
                        .orElseThrow()
                        .chances(Battle.of(
                                board.standings().getFirst().item(),
                                board.standings().get(other).item(),
                                Outcome.TIE))
                        .orElseThrow();
                assertThat(win).isCloseTo(exact.left(), within(2e-4));
                assertThat(tie).isCloseTo(exact.tie(), within(2e-4));
                Contrast contrast = Contrast.of(
                                board.differences().orElseThrow(),
                                board.standings().getFirst().item(),
                                board.standings().get(other).item(),
                                0.95)
                        .orElseThrow();
                assertThat(((RowDifferences.PairErrors) of.errors()).of(0, other))
                        .isCloseTo(contrast.standardError(), within(1e-12));
            }
        }
    }

    private static List<Battle> votes() {
        SplittableRandom random = new SplittableRandom(3);
        List<Battle> votes = new ArrayList<>();
        for (int k = 0; k < 300; k++) {
            int a = random.nextInt(4);
            int b = (a + 1 + random.nextInt(3)) % 4;
            Outcome outcome = random.nextInt(5) == 0
                    ? Outcome.TIE
                    : random.nextInt(10) < 5 + b - a ? Outcome.LEFT : Outcome.RIGHT;
            votes.add(Battle.of("item " + a, "item " + b, outcome));
        }
        return votes;
    }

    @Test
    void aMethodWithoutErrorsSaysWhyThereIsNoInterval() {
        JsonNode data = data(page(new Elo(32, 1500, 400), false, VoteReadOptions.USUAL));
        assertThat(data.get("why").asString()).contains("no errors of differences", "bootstrap");
        assertThat(data.has("chances")).isFalse();
    }

    /** Names that would be markup, run from right to left, or are longer than the page. */
    @Test
    void anyNameIsShownAsItIs() throws IOException {
        List<String> names = List.of(
                "</script><script>alert(1)</script>", "it's \"\"quoted\"\"", "נוטלה", "\ud83e\udd8a", "x".repeat(200));
        StringBuilder rows = new StringBuilder("left,right,winner\n");
        for (int k = 0; k < 60; k++) {
            rows.append("\"%s\",\"%s\",%s%n"
                    .formatted(names.get(k % 5), names.get((k + 1 + k % 3) % 5), k % 4 == 0 ? "right" : "left"));
        }
        battles = Files.writeString(directory.resolve("names.csv"), rows);
        String page = page(BradleyTerry.PLAIN, false, VoteReadOptions.USUAL);
        assertThat(page)
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("it&#39;s &quot;quoted&quot;")
                .contains("נוטלה")
                .contains("\ud83e\udd8a")
                .contains("<td class=\"broken named\" data-column=\"item\">" + "x".repeat(200))
                .doesNotContain("<script>alert");
    }

    /** The values of a column are one table, each with its own intervals. */
    @Test
    void boardsOfValuesAreOneTable() {
        VoteReadOptions reading = VoteReadOptions.USUAL.with(
                new Columns(Columns.USUAL.named(), Columns.USUAL.controls(), Optional.of("language")));
        String page = page(BradleyTerry.PLAIN, false, reading);
        assertThat(page).contains("By value: bradley-terry").contains("English<small>200 battles, τ ");
        BoardRequest request = new BoardRequest(
                List.of(battles),
                reading,
                List.of(new BoardRequest.Named("bradley-terry", BradleyTerry.PLAIN)),
                Inference.DEFAULT,
                false,
                BoardRequest.Extras.NONE);
        List<String> lines = request.answer().text().lines().toList();
        int title = lines.indexOf("By value: bradley-terry");
        assertThat(lines.get(title + 1)).startsWith("votes").contains("rank  item", "log-odds", "places", "battles");
        assertThat(lines.get(title + 3)).startsWith("English (200 battles, τ ").contains("1  atlas");
        assertThat(lines.get(title + 4)).startsWith("   ").contains("2  ", " to ");
        assertThat(lines.get(title + 7)).startsWith("German (200 battles, τ ");
    }

    /** Many values have fewer rows each. */
    @Test
    void manyValuesDoNotMakeALongListing() {
        TreeMap<String, Board> by = new TreeMap<>();
        Board board = Ranking.by("bradley-terry").of(votes());
        for (int v = 0; v < 100; v++) {
            by.put("value " + v, board);
        }
        VoteFile file = new VoteFile(Battles.of(votes()), new TreeMap<>(), List.of());
        BoardReport report = new BoardReport(
                "votes",
                file,
                List.of(new ModelBoards(BradleyTerry.PLAIN, board, by)),
                Inference.DEFAULT,
                new BoardReport.Differences(Optional.empty(), List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(report.text().lines()).hasSizeBetween(100, 140);
        assertThat(report.text()).contains("The first of each; the CSV and JSON files have all.");
        assertThat(ValueBoards.of(report.all().getFirst(), file, 2000, 40, true).orElseThrow().rows().stream()
                        .filter(row -> row.getFirst().shown().equals("value 42")))
                .hasSize(4);
    }

    @Test
    void sharesOfTheWinMatrixHaveWilsonsInterval() {
        List<Battle> votes = new ArrayList<>();
        for (int k = 0; k < 10; k++) {
            votes.add(Battle.of("a", "b", k < 8 ? Outcome.LEFT : Outcome.RIGHT));
        }
        Board board = Ranking.by("bradley-terry").of(votes);
        String table = WinMatrix.of(board, Battles.of(votes).tally()).toString();
        // 8 of 10: (0.8 + 1.92/10 ± 1.96 √(0.016 + 0.0096)) / 1.384
        assertThat(table).contains("shown=80, detail=49–94").contains("shown=20, detail=6–51");
    }

    /** A page of twice the items is twice as long: nothing in it goes by their square. */
    @Test
    void textGrowsWithTheItems() {
        int half = large(500).length();
        int thousand = large(1000).length();
        assertThat(thousand).isLessThan(2 * half).isLessThan(900_000);
    }

    private static String large(int items) {
        SplittableRandom random = new SplittableRandom(1);
        List<Battle> votes = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            for (int k = 1; k <= 5; k++) {
                votes.add(Battle.of(
                        "item " + i,
                        "item " + (i + k * k) % items,
                        random.nextBoolean() ? Outcome.LEFT : Outcome.RIGHT));
            }
        }
        Battles battles = Battles.of(votes);
        BradleyTerry model = BradleyTerry.PLAIN.withHome(true).withRidge(0.1);
        Inference inference = Inference.DEFAULT.withDraws(0);
        BoardRequest.Named named = new BoardRequest.Named("bradley-terry", model);
        return new BoardReport(
                        "votes",
                        new VoteFile(battles, new TreeMap<>(), List.of()),
                        List.of(new ModelBoards(
                                model, new Ranking(named, inference, false).of(battles), new TreeMap<>())),
                        inference,
                        new BoardReport.Differences(Optional.empty(), List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .page("1")
                .html();
    }
}
