package org.thurstone.rank.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;

class WinnerCodesTest {

    @TempDir
    private Path dir;

    /** One row per word, between x on the left and y on the right; L, R, T, B or a share is what it is read as. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model_a model_b tie tie(bothbad)|L R T B",
                "Left RIGHT Draw both_bad|L R T B",
                "home away draw|L R T",
                "H A D|L R T",
                "A H|R L",
                "a b tie|L R T",
                "A B C|L R T",
                "[[A]] [[B]] [[C]]|L R T",
                "W L D|L R T",
                "l r|L R",
                "1 X 2|L T R",
                "1 2|L R",
                "1.0 2.0 tie|L R T",
                "2-1 0:3 1–1|L R T",
                "1-0 0-1 1/2-1/2|L R T",
                "A>>B A>B A=B B>A B>>A|L L T R R",
                "[[A>B]] [[B>>A]]|L R",
                "a<b b<<a|R L",
                "x y x tie|L R L T",
                "x y y|L R R",
                "1 1.25 1.5 2|L 0.75 T R",
                "first second|L R",
                "response_a Assistant_B tie|L R T",
                "team1 team2 draw|L R T",
                "HOME_TEAM AWAY_TEAM DRAW|L R T",
                "Home_Win Away_Win Draw|L R T",
                "won lost drawn|L R T",
                "A_is_better B_wins tie_(both_bad)|L R B",
                "left_better right_better equal|L R T",
                "> < =|L R T",
            })
    void wordsAreReadByTheWholeColumn(String words, String outcomes) {
        assertThat(read(words, VoteReadOptions.USUAL)).isEqualTo(outcomes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 1 2|--codes tie,left,right|--codes left,right,tie",
                "0 2|--codes tie,left,right|--codes left,right,tie",
                "0 1|--codes right,left|--codes left,right",
                "1 1|--codes 1=left|--codes 1=right",
                "2 2|--codes 2=right|--codes 2=tie",
                "0 0|--codes 0=tie|--codes 0=left",
                "-1 0 1|--codes right,tie,left|--codes left,tie,right",
                "-1 1|--codes right,left|--codes left,right",
                "0 0.5 1|--codes right,tie,left|--codes left,tie,right",
                "1 2 3|--codes left,right,tie|--codes left,tie,right",
                "-3 0 3 1|--codes left..right|--codes right..left",
                "1 5 3|--codes 1=left..5=right|--codes 1=right..5=left",
                "0.1 0.9|--codes left..right|--codes right..left",
                "a a|--codes a=left|--codes a=right",
                "l tie|--codes l=right|--codes l=left",
            })
    void codesWithTwoReadingsInUseAreRefusedWithBoth(String words, String one, String other) {
        assertThatThrownBy(() -> read(words, VoteReadOptions.USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"winner\" holds")
                .hasMessageContaining(one)
                .hasMessageContaining(other);
        for (String codes : List.of(one, other)) {
            read(words, VoteReadOptions.USUAL.with(Codes.parse(codes.substring("--codes ".length()))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 1 2|tie,left,right|T L R",
                "0 1 2|left,right,tie|L R T",
                "0 1|left,right|L R",
                "0 1|right,left|R L",
                "0 0.5 1|right,tie,left|R T L",
                "-1 1|left,tie,right|L R",
                "7 8 9|left,tie,right|L T R",
                "1 1|1=right|R R",
                "1 2 0|0=both-bad,1=left,2=right|L R B",
                "maybe yes no|yes=left,no=right,maybe=tie|T L R",
                "1 2 9|1=left,2=right,9=skip|L R",
                "-3 0 1|left..right|L T R",
                "-3 0 1|right..left|R T L",
                "0 0.25 1|right..left|R 0.25 L",
                "1 3 5|1=left..5=right|L T R",
                "1 4 7|1=right..7=left|R T L",
            })
    void givenCodesAreUsed(String words, String codes, String outcomes) {
        assertThat(read(words, VoteReadOptions.USUAL.with(Codes.parse(codes)))).isEqualTo(outcomes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model_a 1|two kinds: \"model_a\"",
                "x left|an item's name, \"left\"",
                "A>B 1|two kinds",
                "H 1|two kinds",
                "2-1 x|two kinds",
                "a b h|\"winner\" holds a, b, h",
                "1 2 7|\"winner\" holds 1, 2, 7",
            })
    void codesOfTwoKindsAreNotMixed(String words, String message) {
        assertThatThrownBy(() -> read(words, VoteReadOptions.USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void wordsWithoutAMeaningAreRefusedWithThoseThatHaveOne() {
        assertThatThrownBy(() -> read("0 1 2", VoteReadOptions.USUAL.with(Codes.parse("0=tie,1=left"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"2\" (" + dir.resolve("v.csv") + ":4)")
                .hasMessageContaining("--codes 0=tie,1=left says nothing");
        assertThatThrownBy(() -> read("1 2", VoteReadOptions.USUAL.with(Codes.parse("tie,left,right"))))
                .as("0, 1, 2 and 1, 2, 3 both have these")
                .hasMessageContaining("name each, as in --codes 0=tie,1=left,2=right");
        assertThatThrownBy(() -> read("1 6", VoteReadOptions.USUAL.with(Codes.parse("1=left..5=right"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("6 is not on the scale 1=left..5=right");
        assertThatThrownBy(() -> read("1 4", VoteReadOptions.USUAL.with(Codes.parse("left..right"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the ends of the scale of 1, 4 are not known");
        assertThatThrownBy(() -> Codes.parse("lefd,right")).hasMessageContaining("not \"lefd\"");
        assertThatThrownBy(() -> Codes.parse("left..left")).hasMessageContaining("not a scale");
    }

    @Test
    void itemsThatAreCalledLikeCodesAreNames() throws IOException {
        Path file = write("left,right,winner\na,b,a\nb,c,b\nc,a,c\n");
        VoteFile read = VoteFiles.read(file, VoteReadOptions.USUAL);
        assertThat(outcomes((Battles) read.votes())).isEqualTo("L L L");
        assertThat(read.remarks()).contains("\"winner\" holds the winner's name");
        Path numbered = write("left,right,winner\n1,2,2\n3,1,3\n2,3,tie\n");
        assertThat(outcomes((Battles)
                        VoteFiles.read(numbered, VoteReadOptions.USUAL).votes()))
                .isEqualTo("R L T");
        Path positions = write("left,right,winner\na,b,b\nb,c,a\nc,a,tie\n");
        assertThat(outcomes((Battles)
                        VoteFiles.read(positions, VoteReadOptions.USUAL).votes()))
                .as("b of the second row did not win by name: the column holds sides")
                .isEqualTo("R L T");
    }

    @Test
    void aWinnerThatIsWrittenOtherwiseIsNamedWithItsItem() throws IOException {
        Path file = write("left,right,winner\nAnn,Bob,Ann\nBob,Ann,bob\n");
        assertThatThrownBy(() -> VoteFiles.read(file, VoteReadOptions.USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(":3: \"winner\" is \"bob\", and the item is called \"Bob\": write both alike");
    }

    @Test
    void whatWasTakenForWhatIsSaid() throws IOException {
        Path file = write("model_a,model_b,winner,extra\nx,y,A,1\nx,y,B,2\nx,y,tie,3\n");
        assertThat(VoteFiles.read(file, VoteReadOptions.USUAL).remarks())
                .contains(
                        "Columns: left = model_a, right = model_b, winner = winner",
                        "\"winner\" holds codes: A = left; B = right; tie = tie",
                        "Not read: extra (3 rows)");
    }

    @Test
    void aGradeCountsWhatWasAsked() throws IOException {
        Path file = write("left,right,winner\nx,y,A>>B\nx,y,B>A\nx,y,A=B\n");
        VoteFile equal = VoteFiles.read(file, VoteReadOptions.USUAL);
        assertThat(equal.votes().tally().wins(0)).isDeepEqualTo(new double[][] {{0, 1}, {1, 0}});
        assertThat(equal.remarks()).anyMatch(r -> r.contains("graded from 1 to 2; each counts as one win"));
        VoteFile weights = VoteFiles.read(file, VoteReadOptions.USUAL.with(Grades.parse("1,3")));
        assertThat(weights.votes().tally().wins(0)).isDeepEqualTo(new double[][] {{0, 3}, {1, 0}});
        assertThat(weights.remarks()).anyMatch(r -> r.contains("they count 1, 3"));
        VoteFile share = VoteFiles.read(file, VoteReadOptions.USUAL.with(Grades.parse("share")));
        assertThat(share.votes().tally().wins(0)).isDeepEqualTo(new double[][] {{0, 1.25}, {0.75, 0}});
        assertThatThrownBy(() -> Grades.parse("half")).hasMessageContaining("neither equal, share nor weights");
    }

    @Test
    void scoresInTwoColumnsDecideAndTheirMarginIsAGrade() throws IOException {
        Path file = write("""
            date,home_team,away_team,home_score,away_score,neutral
            2020-01-01,x,y,3,0,FALSE
            2020-01-02,y,x,1,1,TRUE
            2020-01-03,x,y,0,1,FALSE
            """);
        VoteFile read = VoteFiles.read(file, VoteReadOptions.USUAL);
        assertThat(outcomes((Battles) read.votes())).isEqualTo("L T R");
        assertThat(read.remarks())
                .contains("Columns: left = home_team, right = away_team, score of left = home_score, score of right ="
                        + " away_score, time = date");
        VoteFile margins = VoteFiles.read(file, VoteReadOptions.USUAL.with(Grades.parse("1,1.5,1.75")));
        assertThat(margins.votes().tally().wins(0)).isDeepEqualTo(new double[][] {{0, 1.75}, {1, 0}});
        VoteFile shares = VoteFiles.read(
                file, VoteReadOptions.USUAL.with(Grades.parse("share")).withHome(true));
        assertThat(shares.size()).isEqualTo(3);
        assertThat(shares.votes().size()).as("a share is a part of two wins").isEqualTo(4);
        VoteFile home = VoteFiles.read(file, VoteReadOptions.USUAL.withHome(true));
        Battles battles = (Battles) home.votes();
        assertThat(battles.covariates()).containsExactly(Battles.HOME_ADVANTAGE);
        assertThat(IntStream.range(0, 3)
                        .mapToDouble(b -> battles.covariate(b, 0))
                        .toArray())
                .containsExactly(1, 0, 1);
    }

    @Test
    void aColumnForEachOutcomeIsRead() throws IOException {
        Path file = write("""
            id,model_a,model_b,winner_model_a,winner_model_b,winner_tie
            1,x,y,1,0,0
            2,x,y,0,1,0
            3,x,y,0,0,1
            """);
        assertThat(outcomes(
                        (Battles) VoteFiles.read(file, VoteReadOptions.USUAL).votes()))
                .isEqualTo("L R T");
        Path none = write("model_a,model_b,winner_model_a,winner_model_b,winner_tie\nx,y,0,0,0\n");
        assertThatThrownBy(() -> VoteFiles.read(none, VoteReadOptions.USUAL))
                .hasMessageContaining(":2: of \"winner_model_a\", \"winner_model_b\" and a tie just one must be 1");
    }

    private String read(String words, VoteReadOptions options) {
        String rows = Stream.of(words.split(" ")).map(w -> "x,y," + w + "\n").collect(Collectors.joining());
        try {
            VoteFile file = VoteFiles.read(write("left,right,winner\n" + rows), options);
            assertThat(VoteFiles.read(dir.resolve("v.csv"), options.keeping(false))
                            .votes()
                            .tally()
                            .wins(0.5))
                    .isDeepEqualTo(file.votes().tally().wins(0.5));
            return outcomes((Battles) file.votes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A share shows as the weight of the win that it is for the left item. */
    private static String outcomes(Battles battles) {
        StringBuilder text = new StringBuilder();
        for (int b = 0; b < battles.count(); b++) {
            double weight = battles.weight(b);
            switch (battles.outcome(b)) {
                case LEFT -> text.append(weight == 1 ? " L" : " " + weight);
                case RIGHT -> text.append(weight == 1 ? " R" : "");
                case TIE -> text.append(" T");
                case BOTH_BAD -> text.append(" B");
            }
        }
        return text.toString().strip();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(dir.resolve("v.csv"), text);
    }
}
