package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoardCommandTest {

    @TempDir
    private Path dir;

    private String first = "";
    private String second = "";
    private String both = "";
    private String board = "";

    @BeforeEach
    void write() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        List<String> rows = new ArrayList<>();
        for (int k = 0; k < 300; k++) {
            int a = random.nextInt(3);
            int b = (a + 1 + random.nextInt(2)) % 3;
            String winner = random.nextInt(8) == 0 ? "tie" : random.nextInt(10) < 5 + b - a ? "left" : "right";
            rows.add("item " + a + ",item " + b + "," + winner);
        }
        first = csv("first.csv", rows.subList(0, 120));
        second = csv("second.csv", rows.subList(120, 300));
        both = csv("both.csv", rows);
        board = dir.resolve("board.json").toString();
        Shell shell = Shell.run("rank", first, "--save", board, "--ties", "davidson");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("written: " + board);
    }

    private String csv(String name, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("left,right,winner"));
        lines.addAll(rows);
        return Files.write(dir.resolve(name), lines).toString();
    }

    @Test
    void addedVotesGiveTheBoardOfAll() {
        JsonNode grown = json("board", "add", board, second, "--format", "json");
        JsonNode all = json("rank", both, "--ties", "davidson", "--format", "json");
        assertThat(grown.get("items")).isEqualTo(all.get("items"));
        assertThat(grown.get("estimates")).isEqualTo(all.get("estimates"));
    }

    @Test
    void aBattleIsPredicted() {
        JsonNode forecast = json("board", "predict", board, "item 0", "item 2", "--format", "json")
                .get(0);
        double sum = 0;
        for (String outcome : List.of("win", "tie", "loss")) {
            JsonNode chance = forecast.get(outcome);
            sum += chance.get("probability").asDouble();
            assertThat(chance.get("probability").asDouble())
                    .isBetween(chance.get("low").asDouble(), chance.get("high").asDouble());
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(Shell.run("board", "predict", board, "item 0", "item 2").out())
                .contains("item 0 against item 2, 95 % intervals")
                .containsPattern("bradley-terry +\\d+\\.\\d");
        Shell unknown = Shell.run("board", "predict", board, "item 0", "item 5");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no item \"item 5\"");
    }

    @Test
    void boardsAreComparedAndReadAsRankings() {
        String grown = dir.resolve("grown.json").toString();
        assertThat(Shell.run("board", "add", board, second, "--save", grown).code())
                .isZero();
        JsonNode change = json("board", "compare", board, grown, "--format", "json");
        assertThat(change.get("nested").asBoolean()).isTrue();
        assertThat(change.get("moves").size()).isEqualTo(3);
        assertThat(Shell.run("board", "compare", board, grown).out())
                .contains("of 3 moved by more than chance explains");
        assertThat(json("rank", both, "--compare", grown, "--ties", "davidson", "--format", "json")
                        .get("agreement")
                        .get("kendall")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void otherFilesAreRefused() {
        String ratings = dir.resolve("ratings.json").toString();
        Shell.run("rank", first, "--output", ratings);
        Shell shell = Shell.run("board", "predict", ratings, "item 0", "item 1");
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("is no kept board", "it has ratings, but not their votes");
        assertThat(Shell.run("board", "predict", first, "item 0", "item 1").err())
                .contains("is not JSON");
        assertThat(Shell.run("board").code()).isEqualTo(Failures.WRONG_USAGE);
    }

    private static JsonNode json(String... args) {
        Shell shell = Shell.run(args);
        assertThat(shell.code()).as(shell.err()).isZero();
        return JsonMapper.shared().readTree(shell.out());
    }
}
