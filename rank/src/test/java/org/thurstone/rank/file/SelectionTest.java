package org.thurstone.rank.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;

/** Which rows and items are read, and what is said of those that are not. */
class SelectionTest {

    private static final VoteReadOptions USUAL = VoteReadOptions.USUAL;
    private static final VoteReadOptions.Selection ALL = VoteReadOptions.Selection.ALL;

    @TempDir
    private Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "language=English|2",
                "language=english|2",
                "language!=English|2",
                "turn=1|2",
                "turn=1.0|2",
                "turn>=2|2",
                "turn<3|3",
                "turn>1|2",
                "turn<=0|0",
                "tag.criteria_v0.1.math=true|1",
                "language=|1",
            })
    void conditionsSelectRows(String condition, int rows) throws IOException {
        Path file = write("v.jsonl", """
            {"left": "a", "right": "b", "winner": "a", "language": "English", "turn": 1, "tag": {"criteria_v0.1": {"math": true}}}
            {"left": "a", "right": "b", "winner": "b", "language": "English", "turn": 1, "tag": {"criteria_v0.1": {"math": false}}}
            {"left": "b", "right": "a", "winner": "b", "language": "German", "turn": 2}
            {"left": "b", "right": "a", "winner": "a", "language": null, "turn": 3}
            """);
        VoteReadOptions options = USUAL.with(ALL.where(List.of(RowFilter.parse(condition))));
        if (rows == 0) {
            assertThatThrownBy(() -> VoteFiles.read(file, options)).hasMessageContaining("none of the 4 rows counts");
            return;
        }
        VoteFile read = VoteFiles.read(file, options);
        assertThat(read.votes().size()).isEqualTo(rows);
        assertThat(read.remarks()).anyMatch(r -> r.contains((4 - rows) + " row") && r.contains("--where"));
    }

    @Test
    void keysWithDotsAreFoundWhereverTheDotsAre() throws IOException {
        Path file = write("v.jsonl", """
            {"left": "a", "right": "b", "winner": "a", "category_tag": {"criteria_v0.1": {"math": "yes", "a.b": "x"}}, "x.y": "1"}
            {"left": "a", "right": "b", "winner": "b", "category_tag": {"criteria_v0.1": {"math": "no", "a.b": "x"}}, "x.y": "2"}
            """);
        for (String column : List.of("category_tag.criteria_v0.1.math", "x.y")) {
            VoteFile read = VoteFiles.read(file, USUAL.with(Columns.USUAL.withBy(column)));
            assertThat(read.by()).as(column).hasSize(2);
        }
        assertThat(VoteFiles.read(file, USUAL.with(Columns.USUAL.withBy("category_tag.criteria_v0.1.a.b")))
                        .by())
                .containsOnlyKeys("x");
    }

    @Test
    void pairsOfColumnsAreFoundWithTheSideAnywhereInTheirName() throws IOException {
        Path file = write("v.jsonl", """
            {"model_a": "a", "model_b": "b", "winner": "model_a", "conv_metadata": {"sum_assistant_a_tokens": 30, "sum_assistant_b_tokens": 10, "header_count_a": {"h1": 1, "h2": 2}, "header_count_b": {"h1": 0, "h2": 1}}}
            """);
        Battles battles = (Battles) VoteFiles.read(
                        file,
                        USUAL.with(Columns.USUAL.withControls(
                                List.of("conv_metadata.sum_assistant_tokens", "conv_metadata.header_count"))))
                .votes();
        assertThat(battles.covariate(0, 0)).isCloseTo(0.5, within(1e-12));
        assertThat(battles.covariate(0, 1)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void truthsAreControlsOfOneAndNothing() throws IOException {
        Path file = write("v.csv", "left,right,winner,neutral\na,b,a,TRUE\nb,a,a,false\n");
        Battles battles = (Battles) VoteFiles.read(file, USUAL.with(Columns.USUAL.withControls(List.of("neutral"))))
                .votes();
        assertThat(battles.covariate(0, 0)).isEqualTo(1);
        assertThat(battles.covariate(1, 0)).isZero();
    }

    @Test
    void badRowsCanBeSkippedAndAreCounted() throws IOException {
        Path file = write(
                "v.csv", "left,right,winner,n\na,b,a,1\nb,b,b,1\na,b,,1\na,b,b\na,b,someone,1\na,b,b,x\na,b,b,2\n");
        assertThatThrownBy(() -> VoteFiles.read(file, USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(":3: \"b\" is compared with itself");
        VoteFile read = VoteFiles.read(
                file, USUAL.with(ALL.with(VoteReadOptions.BadRows.SKIP)).with(Columns.USUAL.with(Role.COUNT, "n")));
        assertThat(read.votes().size()).isEqualTo(3);
        assertThat(read.remarks())
                .contains("5 bad rows of 7 rows in v.csv are left out (line 3: \"b\" is compared with itself)");
        Path all = write("w.csv", "left,right,winner\na,a,a\n");
        assertThatThrownBy(() -> VoteFiles.read(all, USUAL.with(ALL.with(VoteReadOptions.BadRows.SKIP))))
                .hasMessageContaining("none of the 1 row counts");
    }

    /** A row that is skipped must leave nothing behind: times, covariates and weights of the others stay theirs. */
    @Test
    void skippedRowsLeaveNothingBehind() throws IOException {
        String header = "left,right,winner,date,w,gap,judge,prompt\n";
        String good = "a,b,a,2020-01-01,1,0.5,j,p\nb,c,c,2020-01-03,3,-0.5,k,q\n";
        String[] bad = {
            "a,a,a,2020-01-02,2,1,x,x\n",
            "a,b,who,2020-01-02,2,1,x,x\n",
            "a,b,a,soon,2,1,x,x\n",
            "a,b,a,,2,1,x,x\n",
            "a,b,a,2020-01-02,-2,1,x,x\n",
            "a,b,a,2020-01-02,2,,x,x\n"
        };
        Columns columns = Columns.USUAL.with(Role.WEIGHT, "w").withControls(List.of("gap"));
        VoteReadOptions skip =
                USUAL.with(ALL.with(VoteReadOptions.BadRows.SKIP)).with(columns);
        Battles expected = (Battles) VoteFiles.read(write("good.csv", header + good), USUAL.with(columns))
                .votes();
        int at = good.indexOf('\n') + 1;
        for (String row : bad) {
            Path file = write("v.csv", header + good.substring(0, at) + row + good.substring(at));
            Battles read = (Battles) VoteFiles.read(file, skip).votes();
            assertThat(read).as(row).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void repeatedIdsAreCountedAndAnErrorOnlyWhereTheColumnIsNamed() throws IOException {
        Path file = write("v.csv", "id,left,right,winner\n1,a,b,a\n1,b,a,a\n2,a,b,b\n");
        VoteFile read = VoteFiles.read(file, USUAL);
        assertThat(read.votes().size()).isEqualTo(3);
        assertThat(read.remarks())
                .contains("1 row repeats the id of an earlier one; they count, and --duplicates drop leaves them out");
        VoteReadOptions.Selection drop = ALL.with(VoteReadOptions.Duplicates.DROP);
        assertThat(VoteFiles.read(file, USUAL.with(drop)).votes().size()).isEqualTo(2);
        VoteReadOptions named = USUAL.with(Columns.USUAL.with(Role.ID, "id"));
        assertThatThrownBy(() -> VoteFiles.read(file, named))
                .hasMessageContaining("the id 1 was given before, in line 2");
        assertThat(VoteFiles.read(file, named.with(drop)).votes().size()).isEqualTo(2);
    }

    @Test
    void rowsOfOneAnnotatorPromptAndPairAreCountedAndCanBeDropped() throws IOException {
        Path file = write(
                "v.csv",
                "judge,question_id,model_a,model_b,winner\nj,1,x,y,model_a\nj,1,y,x,model_a\nj,2,x,y,model_a\nk,1,x,y,model_b\n");
        VoteFile read = VoteFiles.read(file, USUAL);
        assertThat(read.votes().size()).isEqualTo(4);
        assertThat(read.remarks())
                .contains(
                        "1 row repeats the annotator, prompt and pair of an earlier one; they count, and --duplicates drop"
                                + " leaves them out");
        assertThat(VoteFiles.read(file, USUAL.with(ALL.with(VoteReadOptions.Duplicates.DROP)))
                        .votes()
                        .tally()
                        .wins(0))
                .isDeepEqualTo(new double[][] {{0, 2}, {1, 0}});
    }

    @Test
    void itemsWithFewBattlesAreLeftOutUntilNoneIsLeft() throws IOException {
        // d meets only c, and without d c has one battle.
        Path file = write("v.csv", "left,right,winner\na,b,a\nb,a,a\na,b,b\nb,c,b\nc,d,c\n");
        VoteFile read = VoteFiles.read(file, USUAL.with(ALL.withMinBattles(2)));
        assertThat(read.votes().items()).containsExactly("a", "b");
        assertThat(read.remarks()).contains("2 items with fewer than 2 battles among those that stay are left out");
        assertThatThrownBy(() -> VoteFiles.read(file, USUAL.with(ALL.withMinBattles(9))))
                .hasMessageContaining("none of the 5 rows counts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6-4 3-6 6-2|PLAYED",
                "W/O|WALKOVER",
                "walkover|WALKOVER",
                "6-4 2-1 RET|UNFINISHED",
                "6-4 2-1 Ret.|UNFINISHED",
                "6-3 DEF|UNFINISHED",
                "Retired|UNFINISHED",
                "7-6(5) 6-4|PLAYED",
                "great match|PLAYED",
                "1000|PLAYED",
                "2:1 n.V.|PLAYED",
            })
    void endingsAreRecognised(String score, Ending ending) {
        assertThat(Ending.of(score)).isEqualTo(ending);
    }

    @Test
    void walkoversAreNamedAndCanBeLeftOut() throws IOException {
        Path file =
                write("v.csv", "winner_name,loser_name,score\na,b,6-4 6-4\nb,a,W/O\na,b,6-4 1-0 RET\nb,a,6-0 6-0\n");
        VoteFile read = VoteFiles.read(file, USUAL);
        assertThat(read.votes().size()).isEqualTo(4);
        assertThat(read.remarks())
                .anyMatch(r ->
                        r.startsWith("By \"score\", 1 match was not played (W/O) and 1 match ended early (RET, DEF)"));
        assertThat(VoteFiles.read(file, USUAL.with(ALL.with(VoteReadOptions.Walkovers.SKIP)))
                        .votes()
                        .size())
                .isEqualTo(3);
        assertThat(VoteFiles.read(file, USUAL.with(ALL.with(VoteReadOptions.Walkovers.SKIP_UNFINISHED)))
                        .votes()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void namesThatLookAlikeArePointedOut() throws IOException {
        Path file = write(
                "v.csv",
                "left,right,winner\ncaf\u00e9,cafe\u0301,left\nGPT-4,gpt-4,left\nGPT\u00a04,GPT-4,left\nother,GPT-4,left\n"
                        + "other\0,GPT-4,left\n");
        assertThat(VoteFiles.read(file, USUAL).remarks())
                .contains(
                        "Names that look alike are ranked apart: \"caf\u00e9\" and \"cafe\\u0301\"; \"GPT-4\" and \"gpt-4\""
                                + " and \"GPT\\u00a04\"; \"other\" and \"other\\u0000\"");
        Path nan = write("w.csv", "left,right,winner\nnan,b,b\nb,c,b\n");
        assertThat(VoteFiles.read(nan, USUAL).remarks())
                .anyMatch(r ->
                        r.startsWith("An item is called \"nan\", which some programs write where a name is missing"));
        assertThat(LookAlikes.of(List.of("gpt-4.1", "gpt-41", "a", "b", "-", "_")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"left;right;winner\na;b;a\n", "left\tright\twinner\na\tb\ta\n", "left|right|winner\na|b|a\n"})
    void separatorsAreToldByTheHeader(String text) throws IOException {
        assertThat(VoteFiles.read(write("v.csv", text), USUAL).votes().items()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Left,Right,Winner", " left , right, winner ", "MODEL_A,MODEL_B,WINNER", "Model A,Model B,winner"
            })
    void headersMayHaveBlanksAndCapitals(String header) throws IOException {
        assertThat(VoteFiles.read(write("v.csv", header + "\na,b,a\nb,a,b\n"), USUAL)
                        .votes()
                        .items())
                .containsExactly("a", "b");
        Columns named = Columns.USUAL.with(Role.WINNER, "winner");
        assertThat(VoteFiles.read(dir.resolve("v.csv"), USUAL.with(named))
                        .votes()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aColumnThatWasFoundAndCannotBeReadIsAnError() throws IOException {
        for (String date : List.of("soon", "", "2020-13-01")) {
            Path file = write("v.csv", "left,right,winner,date\na,b,a,2020-01-01\nb,a,b," + date + "\n");
            for (boolean keep : List.of(true, false)) {
                assertThatThrownBy(() -> VoteFiles.read(file, USUAL.keeping(keep)))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("v.csv:3: \"" + (date.isEmpty() ? "date" : date) + "\" is");
            }
            VoteFile without = VoteFiles.read(file, USUAL.with(Columns.USUAL.withWhen(Role.NONE)));
            assertThat(((Battles) without.votes()).timed()).isFalse();
        }
        Path first = write("v.csv", "left,right,winner,date\na,b,a,\nb,a,b,2020-01-01\n");
        assertThatThrownBy(() -> VoteFiles.read(first, USUAL))
                .as("an empty first cell does not hide the column")
                .hasMessageContaining("v.csv:2: \"date\" is empty");
    }

    @Test
    void aColumnOrdersTheBattlesOfOneTime() throws IOException {
        Path file = write(
                "v.csv",
                "winner_name,loser_name,tourney_date,round\na,b,20200101,F\na,c,20200101,SF\nb,d,20200101,SF\nd,a,20191231,F\n");
        Columns columns = Columns.USUAL.with(Role.ORDER, "round");
        Battles battles = (Battles) VoteFiles.read(file, USUAL.with(columns)).votes();
        assertThat(Stream.of(0, 1, 2, 3)
                        .map(b -> battles.battle(b).left() + battles.battle(b).right()))
                .containsExactly("da", "ac", "bd", "ab");
        assertThat(battles.time(1)).isEqualTo(battles.time(2)).isLessThan(battles.time(3));
        assertThatThrownBy(() -> VoteFiles.read(file, USUAL.with(Columns.USUAL.with(Role.ORDER, "winner_name"))))
                .hasMessageContaining("\"a\" is neither a number nor a round");
    }

    @Test
    void ratingsAreNoVotes() throws IOException {
        Path file = write("v.csv", "key,Model,rating,date\nx,X,1000,20230508\n");
        assertThatThrownBy(() -> VoteFiles.read(file, USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the file holds ratings, no votes: \"rating\" of each \"Model\"");
    }

    @Test
    void severalFilesAreReadTogetherAndDecideTogether() throws IOException {
        Path one = write("1.csv", "left,right,winner\nx,y,1\n");
        Path two = write("2.csv", "model_a,model_b,winner\nx,y,2\n");
        assertThat(VoteFiles.read(List.of(one, two), USUAL).votes().size()).isEqualTo(2);
        Path three = write("3.csv", "left,right,winner\nx,y,0\n");
        assertThatThrownBy(() -> VoteFiles.read(List.of(one, two, three), USUAL))
                .hasMessageContaining("--codes tie,left,right or --codes left,right,tie");
        Path four = write("4.csv", "winner,loser,score,note\na,b,W/O,x\na,c,6-0,y\n");
        Path five = write("5.csv", "winner,loser,score,note\nb,a,W/O,x\nb,c,6-0 RET,\n");
        assertThat(VoteFiles.read(List.of(four, five), USUAL).remarks())
                .contains("Not read: note (3 rows)")
                .filteredOn(r -> r.startsWith("By "))
                .singleElement()
                .asString()
                .startsWith("By \"score\", 2 matches were not played (W/O) and 1 match ended early (RET, DEF)");
        Path orders = write("v.soc", "# ALTERNATIVE NAME 1: x\n# ALTERNATIVE NAME 2: y\n3: 1,2\n");
        assertThatThrownBy(() -> VoteFiles.read(List.of(one, orders), USUAL)).hasMessageContaining("hold orders");
        Path more = write("w.soc", "# ALTERNATIVE NAME 1: y\n# ALTERNATIVE NAME 2: z\n2: 1,2\n");
        assertThat(VoteFiles.read(List.of(orders, more), USUAL).votes().tally().wins(0))
                .isDeepEqualTo(new double[][] {{0, 3, 0}, {0, 0, 2}, {0, 0, 0}});
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
