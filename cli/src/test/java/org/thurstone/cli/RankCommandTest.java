package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RankCommandTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NAMES = List.of("atlas", "boreal", "cobalt", "Δelta");

    @TempDir
    private Path dir;

    private String battles = "";

    @BeforeEach
    void write() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> rows = new ArrayList<>(List.of("model_a,model_b,winner,judge,tstamp,language,length_a,length_b"));
        for (int k = 0; k < 400; k++) {
            int a = random.nextInt(4);
            int b = (a + 1 + random.nextInt(3)) % 4;
            String winner = random.nextInt(6) == 0 ? "tie" : random.nextInt(10) < 5 + b - a ? "model_a" : "model_b";
            rows.add(String.join(
                    ",",
                    NAMES.get(a),
                    NAMES.get(b),
                    winner,
                    "judge " + k % 5,
                    Integer.toString(1_700_000_000 + 86_400 * k),
                    k % 2 == 0 ? "English" : "German",
                    Integer.toString(100 + random.nextInt(500)),
                    Integer.toString(100 + random.nextInt(500))));
        }
        battles = Files.write(dir.resolve("battles.csv"), rows).toString();
    }

    @Test
    void tableShowsTheBestItemAndThePlacesOfEach() {
        Shell shell = Shell.run("rank", battles, "--ties", "davidson", "--sensitivity");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("battles.csv: 400 battles of 4 items")
                .containsPattern("1 +atlas +\\d\\.\\d+ \\(")
                .contains("tie probability at equal strength")
                .contains("Separability:")
                .contains("Sensitivity: atlas loses the first place to ");
    }

    @Test
    void theDocumentHasTheItemsItPromises() {
        JsonNode document = json("rank", battles, "--format", "json");
        JsonNode first = document.get("items").get(0);
        assertThat(first.propertyNames()).startsWith("item", "rating", "low", "high", "rank");
        assertThat(first.get("item").asString()).isEqualTo("atlas");
        assertThat(first.get("rank").asInt()).isEqualTo(1);
        double sum = 0;
        for (JsonNode item : document.get("items")) {
            sum += item.get("rating").asDouble();
            assertThat(item.get("low").asDouble()).isLessThan(item.get("high").asDouble());
        }
        assertThat(sum).isCloseTo(0, within(1e-9));
    }

    @Test
    void modelsAreShownSideBySide() {
        JsonNode document = json(
                "rank",
                battles,
                "--format",
                "json",
                "--method",
                "bradley-terry,thurstone-mosteller",
                "--by",
                "language");
        assertThat(document.get("models").size()).isEqualTo(2);
        assertThat(document.get("models").get(1).get("unit").asString()).isEqualTo("standard deviations");
        assertThat(document.get("by").propertyNames()).containsExactly("English", "German");
        Shell shell = Shell.run("rank", battles, "--method", "bradley-terry,thurstone-mosteller", "--by", "language");
        assertThat(shell.out()).contains("Rank (and rating) by each method").contains("German");
    }

    /** A column with many values must not bury the board; files have all of them. */
    @Test
    void aColumnOfManyValuesShowsTheFirst() throws IOException {
        StringBuilder rows = new StringBuilder("left,right,winner,cup\n");
        for (int cup = 10; cup < 40; cup++) {
            for (int k = 0; k < 12; k++) {
                rows.append("i%d,i%d,left,cup %d\n".formatted(k, (k + 1) % 12, cup));
            }
        }
        String file = Files.writeString(dir.resolve("cups.csv"), rows).toString();
        String text = Shell.run("rank", file, "--by", "cup").out();
        assertThat(text)
                .contains(
                        "By value: bradley-terry",
                        "\ncup 39 (12 battles) ",
                        "The first of each; the CSV and JSON files have all.");
        assertThat(text.lines().count()).isLessThan(350);
        assertThat(json("rank", file, "--by", "cup", "--format", "json")
                        .get("by")
                        .size())
                .isEqualTo(30);
    }

    @Test
    void covariatesAreControlledFor() {
        JsonNode document = json("rank", battles, "--format", "json", "--control", "length", "--home");
        assertThat(document.get("estimates").get(1).get("name").asString()).isEqualTo("home advantage");
        document = json("rank", battles, "--format", "json", "--control", "length");
        JsonNode length = document.get("estimates").get(0);
        assertThat(length.get("name").asString()).isEqualTo("length");
        assertThat(length.get("low").asDouble()).isLessThan(length.get("value").asDouble());
    }

    @Test
    void differencesBetweenValuesAreTested() {
        JsonNode test =
                json("rank", battles, "--format", "json", "--by", "language").get("strata");
        assertThat(test.get("strata").toString()).isEqualTo("[\"English\",\"German\"]");
        assertThat(test.get("freedom").asInt()).isEqualTo(3);
        assertThat(test.get("p_value").asDouble()).isBetween(0.0, 1.0);
        assertThat(test.get("items").size()).isEqualTo(4);
        Shell shell = Shell.run("rank", battles, "--by", "language");
        assertThat(shell.out())
                .contains("bradley-terry: differences between values")
                .containsPattern(
                        "Wald's test of equal ratings in all 2 strata: χ² = \\d+\\.\\d\\d with 3 degrees of freedom");
    }

    @Test
    void pairsCanCountTheSame() {
        JsonNode plain = json("rank", battles, "--format", "json");
        JsonNode balanced = json("rank", battles, "--format", "json", "--balance-pairs", "1");
        assertThat(balanced.get("options").get("balance").asDouble()).isEqualTo(1);
        assertThat(balanced.get("items").get(0).get("rating").asDouble())
                .isNotEqualTo(plain.get("items").get(0).get("rating").asDouble());
        assertThat(balanced.get("items").get(0).get("battles"))
                .isEqualTo(plain.get("items").get(0).get("battles"));
        Shell shell = Shell.run("rank", battles, "--balance-pairs", "1", "--method", "pagerank");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("the setting \"balance=1.0\" fits no parameter: pagerank has damping");
        assertThat(Shell.run("rank", battles, "--balance-pairs", "1", "--intervals", "fisher")
                        .err())
                .contains("use auto, sandwich or bootstrap");
        assertThat(Shell.run("rank", battles, "--balance-pairs", "1", "--audit").err())
                .contains("leave --balance-pairs out");
    }

    @Test
    void featuresOfItemsAreReportedWithTheirErrors() throws IOException {
        Path features = dir.resolve("features.csv");
        Files.writeString(features, "item,size\natlas,4\nboreal,3\ncobalt,2\nΔelta,1.5\n");
        JsonNode document = json("rank", battles, "--format", "json", "--item-features", features.toString());
        assertThat(document.get("model").asString()).isEqualTo("bt-features");
        JsonNode size = document.get("estimates").get(0);
        assertThat(size.get("name").asString()).isEqualTo("size");
        assertThat(size.get("value").asDouble()).isPositive();
        assertThat(size.get("p_value").asDouble()).isBetween(0.0, 0.2);
        assertThat(document.get("estimates").get(1).get("p_value").isNull()).isTrue();
        Shell shell = Shell.run("rank", battles, "--item-features", features.toString());
        assertThat(shell.out()).containsPattern("size +\\d\\.\\d{4} \\(").contains("residual standard deviation");
        Files.writeString(features, "item,size\natlas,4\nboreal,3\ncobalt,2\nDelta,1.5\n");
        assertThat(Shell.run("rank", battles, "--item-features", features.toString())
                        .err())
                .contains("features.csv has no row for the item \"Δelta\" (did you mean \"Delta\"?)");
    }

    @Test
    void footballRatingsNeedNoProgram() throws IOException {
        Path file = dir.resolve("football.csv");
        Files.writeString(file, """
                date,home_team,away_team,home_score,away_score,tournament
                2024-01-01,Chile,Peru,3,1,Friendly
                2024-02-01,Peru,Chile,0,0,World Cup
                """);
        JsonNode elo = json(
                "rank",
                file.toString(),
                "--format",
                "json",
                "--method",
                "elo",
                "--home",
                "--tournament",
                "tournament",
                "--set",
                "advantage=100",
                "--set",
                "margin=world-football",
                "--set",
                "tournaments={World Cup: 60, Friendly: 20}");
        double home = 1 / (1 + Math.pow(10, -0.25));
        double chile = 1500 + 20 * 1.5 * (1 - home);
        double away = 1 / (1 + Math.pow(10, (3000 - 2 * chile + 100) / 400));
        assertThat(elo.get("items").get(0).get("rating").asDouble()).isCloseTo(chile + 60 * (0.5 - away), within(1e-9));
        assertThat(Shell.run("rank", file.toString(), "--method", "elo", "--tournament", "cup")
                        .err())
                .contains("football.csv:2: there is no column \"cup\" (--tournament)");
    }

    /** The same as a covariate that is 1 where the left item was at home. */
    @Test
    void aHomeAdvantageIsNotThereOnNeutralGround() throws IOException {
        List<String> rows = new ArrayList<>(List.of("home_team,away_team,result,neutral,there"));
        SplittableRandom random = new SplittableRandom(3);
        for (int k = 0; k < 300; k++) {
            int a = random.nextInt(4);
            int b = (a + 1 + random.nextInt(3)) % 4;
            boolean neutral = random.nextInt(3) == 0;
            String result = random.nextInt(10) < (neutral ? 5 : 7) ? "H" : "A";
            rows.add(String.join(",", NAMES.get(a), NAMES.get(b), result, "" + neutral, neutral ? "0" : "1"));
        }
        String file = Files.write(dir.resolve("games.csv"), rows).toString();
        JsonNode home = json("rank", file, "--home", "--format", "json");
        JsonNode control = json("rank", file, "--control", "there", "--format", "json");
        JsonNode everywhere = json("rank", file, "--home", "--neutral", "none", "--format", "json");
        assertThat(home.get("estimates").get(0).get("name").asString()).isEqualTo("home advantage");
        double advantage = home.get("estimates").get(0).get("value").asDouble();
        assertThat(advantage)
                .isCloseTo(control.get("estimates").get(0).get("value").asDouble(), within(1e-12))
                .isGreaterThan(everywhere.get("estimates").get(0).get("value").asDouble());
        assertThat(home.get("items")).isEqualTo(control.get("items"));
    }

    @Test
    void filesAreWrittenAndNamed() throws IOException {
        Path csv = dir.resolve("board.csv");
        Path page = dir.resolve("board.html");
        Shell shell = Shell.run("rank", battles, "--output", csv.toString(), "--output", page.toString(), "--elo");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("Elo", "written: " + csv, "written: " + page);
        assertThat(Files.readString(csv)).startsWith("model,by,item,rating,low,high,rank,best,worst,group,unit,");
        assertThat(Files.readString(page)).contains("Win matrix");
        JsonNode agreement = json("rank", battles, "--format", "json", "--compare", csv.toString())
                .get("agreement");
        assertThat(agreement.get("kendall").asDouble()).isEqualTo(1);
    }

    @Test
    void aBoardIsNotKeptInTheFileOfItsVotes() throws IOException {
        Path votes = Files.writeString(
                dir.resolve("votes.json"), "[{\"left\": \"a\", \"right\": \"b\", \"winner\": \"a\"}]");
        Shell shell = Shell.run("rank", votes.toString(), "--save", votes.toString());
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("--save " + votes + " is what is read: name another file");
    }

    @Test
    void parametersOfTheModelCanBeSet() throws IOException {
        Path file = Files.writeString(dir.resolve("few.csv"), "left,right,winner\na,b,a\nb,c,b\n");
        JsonNode prior = json("rank", file.toString(), "--format", "json", "--set", "ridge=0.1");
        assertThat(prior.get("items").get(0).get("rating").isNumber()).isTrue();
    }

    @Test
    void aBootstrapByAnnotatorGivesIntervals() {
        JsonNode document =
                json("rank", battles, "--format", "json", "--bootstrap", "50", "--bootstrap-by", "annotator");
        assertThat(document.get("items").get(0).get("low").isNumber()).isTrue();
    }

    @Test
    void anAuditIsPartOfEveryForm() throws IOException {
        Path page = dir.resolve("audit.html");
        Shell shell = Shell.run("rank", battles, "--audit", "--annotator", "judge", "--output", page.toString());
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out())
                .containsPattern("neighbours +\\d\\.\\d+ \\(\\d")
                .contains("of 16 probes", "drift: From the earlier half of the battles to the later");
        assertThat(Files.readString(page)).contains("Neighbours that the votes do not separate");
        JsonNode audit = json("rank", battles, "--format", "json", "--audit", "--audit-threshold", "neighbours=1")
                .get("audit");
        assertThat(audit.get("findings").size()).isEqualTo(16);
        JsonNode neighbours = audit.get("findings").get(0);
        assertThat(neighbours.get("threshold").asDouble()).isEqualTo(1);
        assertThat(neighbours.get("verdict").asString()).isEqualTo("ok");
        assertThat(neighbours.get("details").size()).isEqualTo(3);
        assertThat(json("rank", battles, "--format", "json").has("audit")).isFalse();
    }

    @Test
    void predictionsStandNextToACoinAndTheHomeAdvantage() {
        JsonNode all = json("rank", battles, "--format", "json", "--predict", battles, "--ties", "davidson")
                .get("predictions");
        assertThat(all.get(0).get("baseline").asBoolean()).isFalse();
        assertThat(all.get(1).get("model").asString()).isEqualTo("coin");
        assertThat(all.get(1).get("log_loss").asDouble()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(all.get(2).get("model").asString()).isEqualTo("home advantage alone");
        assertThat(all.get(0).get("log_loss_with_ties").asDouble())
                .isLessThan(all.get(1).get("log_loss_with_ties").asDouble());
        JsonNode half =
                json("rank", battles, "--format", "json", "--predict", battles).get("predictions");
        assertThat(half.get(0).get("log_loss").asDouble())
                .isCloseTo(all.get(0).get("log_loss").asDouble(), within(0.01));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--method elow|there is no ranking method \"elow\"",
                "--set rigde=1|fits no parameter",
                "--set ridge=-1|ridge is -1",
                "--ties davidsen|ties (one of half, davidson, rao-kupper)",
                "--ci 200|--ci is 200",
                "--ci 0.95|--ci is a percentage: --ci 95 gives intervals of that level, not --ci 0.95",
                "--codes lefd,right|--codes: a code means left, right, tie, both-bad or skip, not \"lefd\"",
                "--grades half|--grades: grades are \"half\"",
                "--where language|--where: \"language\" is not a condition",
                "--where lang=English|there is no column \"lang\" (--where)",
                "--time-format week|--time-format: there is no format of times \"week\"",
                "--min-battles -1|--min-battles: an item cannot have -1 battles",
                "--intervals wide|there are none, auto, sandwich",
                "--anchor atlas|is not ITEM=RATING",
                "--provisional -1|--provisional is -1.0",
                "--bootstrap 3|too few resamples",
                "--winner who|there is no column \"who\" (--winner)",
                "--method plackett-luce --sensitivity|--sensitivity is for",
                "--method elo --audit|--audit is for",
                "--audit --audit-threshold neighbors=1|there is no probe \"neighbors\"",
                "--audit-threshold neighbours=1|--audit-threshold needs --audit",
                "--save board.csv|--save board.csv has to end in one of: .json",
            })
    void wrongUsageIsNamed(String options, String message) {
        List<String> line = new ArrayList<>(List.of("rank", battles));
        line.addAll(List.of(options.split(" ")));
        Shell shell = Shell.run(line.toArray(String[]::new));
        assertThat(shell.code()).isNotZero();
        assertThat(shell.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void theLevelIsShownInEveryForm() {
        assertThat(Shell.run("rank", battles, "--ci", "90").out()).contains("intervals of 90 %");
        assertThat(json("rank", battles, "--ci", "90", "--format", "json")
                        .get("level")
                        .asDouble())
                .isEqualTo(0.9);
        assertThat(Shell.run("rank", battles, "--ci", "90", "--format", "csv")
                        .out()
                        .lines()
                        .toList()
                        .get(1))
                .contains(",log-odds,sandwich,0.9,");
    }

    @Test
    void severalFilesAndPatternsAreRankedTogether() throws IOException {
        Files.writeString(dir.resolve("part-1.csv"), "left,right,winner\na,b,a\nb,a,a\n");
        Files.writeString(dir.resolve("part-2.csv"), "left,right,winner\na,b,b\nb,a,tie\n");
        for (List<String> files : List.of(
                List.of(
                        dir.resolve("part-1.csv").toString(),
                        dir.resolve("part-2.csv").toString()),
                List.of(dir + "/part-*.csv"))) {
            List<String> line = new ArrayList<>(List.of("rank", "--format", "json"));
            line.addAll(files);
            assertThat(json(line.toArray(String[]::new)).get("votes").asInt()).isEqualTo(4);
        }
        assertThat(Shell.run("rank", dir + "/none-*.csv").err()).contains("no file matches");
    }

    @ParameterizedTest
    @CsvSource({"keep, 3", "skip, 2", "skip-unfinished, 1"})
    void walkoversCanBeLeftOut(String rule, int matches) throws IOException {
        String file = Files.writeString(
                        dir.resolve("tennis.csv"),
                        "winner_name,loser_name,score\na,b,6-0 6-0\nb,a,W/O\nb,a,6-4 1-0 RET\n")
                .toString();
        JsonNode document = json("rank", file, "--walkovers", rule, "--format", "json");
        assertThat(document.get("votes").asInt()).isEqualTo(matches);
    }

    @Test
    void standardInputIsRead() {
        InputStream before = System.in;
        try {
            for (String text : List.of(
                    "left,right,winner\na,b,a\nb,a,b\n",
                    "{\"left\": \"a\", \"right\": \"b\", \"winner\": \"a\"}\n{\"left\": \"b\", \"right\": \"a\", \"winner\":"
                            + " \"b\"}\n")) {
                System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                Shell shell = Shell.run("rank", "-");
                assertThat(shell.code()).as(shell.err()).isZero();
                assertThat(shell.out()).contains("standard input: 2 battles of 2 items");
            }
            System.setIn(new ByteArrayInputStream("left,right,winner\na,a,a\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(Shell.run("rank", "/dev/stdin").err())
                    .contains("standard input:2: \"a\" is compared with itself");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void oneItemAndBadRowsAreNamed() throws IOException {
        Path self = Files.writeString(dir.resolve("self.csv"), "left,right,winner\na,b,a\nb,b,b\n");
        Shell shell = Shell.run("rank", self.toString());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("self.csv:3: \"b\" is compared with itself");
        Path one = Files.writeString(dir.resolve("one.soc"), "# ALTERNATIVE NAME 1: tuna\n3: 1\n");
        assertThat(Shell.run("rank", one.toString()).err()).contains("only one item, \"tuna\"");
    }

    @Test
    void contrastsUncertaintyAndAnchorsAreOptions() {
        JsonNode document = json(
                "rank",
                battles,
                "--format",
                "json",
                "--contrast",
                "atlas",
                "boreal",
                "--contrast",
                "boreal",
                "cobalt",
                "--uncertainty",
                "--anchor",
                "boreal=2",
                "--provisional",
                "1000");
        assertThat(document.get("contrasts").size()).isEqualTo(2);
        assertThat(document.get("contrasts").get(1).get("other").asString()).isEqualTo("cobalt");
        assertThat(document.get("uncertainty").get("items").size()).isEqualTo(4);
        assertThat(document.get("items").get(1).get("rating").asDouble()).isCloseTo(2, within(1e-12));
        assertThat(document.get("items").get(0).get("provisional").asBoolean()).isTrue();
    }

    private static JsonNode json(String... args) {
        Shell shell = Shell.run(args);
        assertThat(shell.code()).as(shell.err()).isZero();
        return JSON.readTree(shell.out());
    }
}
