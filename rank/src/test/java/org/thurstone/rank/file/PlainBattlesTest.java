package org.thurstone.rank.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.Tally;

/** Plain rows are read without a parser; a condition that every row meets makes the same file one that is read with it. */
class PlainBattlesTest {

    @TempDir
    private Path dir;

    private void sameBothWays(String header, String rows) throws IOException {
        Path file = Files.writeString(dir.resolve("votes.csv"), header + "\n" + rows);
        String first = header.substring(0, header.indexOf(','));
        VoteReadOptions parsing = VoteReadOptions.USUAL.with(
                VoteReadOptions.Selection.ALL.where(List.of(RowFilter.parse(first + "!=none such"))));
        VoteFile parsed = VoteFiles.read(file, parsing);
        for (boolean kept : new boolean[] {true, false}) {
            same(VoteFiles.read(file, VoteReadOptions.USUAL.keeping(kept)), parsed);
            same(VoteFiles.read(file, parsing.keeping(kept)), parsed);
        }
    }

    private static void same(VoteFile plain, VoteFile parsed) {
        Tally.Columns one = plain.votes().tally().columns();
        Tally.Columns two = parsed.votes().tally().columns();
        assertThat(plain.votes().items()).isEqualTo(parsed.votes().items());
        assertThat(plain.votes().size()).isEqualTo(parsed.votes().size());
        assertThat(one.left()).isEqualTo(two.left());
        assertThat(one.right()).isEqualTo(two.right());
        assertThat(one.weights()).isDeepEqualTo(two.weights());
        assertThat(one.squares()).isDeepEqualTo(two.squares());
        assertThat(plain.remarks()).isEqualTo(parsed.remarks());
    }

    private static String rows(List<String> winners, String further) {
        return rows(40, winners, further);
    }

    private static String rows(int items, List<String> winners, String further) {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder rows = new StringBuilder();
        for (int k = 0; k < 3000; k++) {
            int left = random.nextInt(items);
            int right = (left + 1 + random.nextInt(items - 1)) % items;
            String winner = winners.get(random.nextInt(winners.size()))
                    .replace("LEFT", "model " + left)
                    .replace("RIGHT", "model " + right);
            rows.append("model ").append(left).append(k % 97 == 0 ? " " : "").append(',');
            rows.append("model ")
                    .append(right)
                    .append(',')
                    .append(winner)
                    .append(further)
                    .append('\n');
        }
        return rows.toString();
    }

    @Test
    void rowsSayTheSameWithAndWithoutAParser() throws IOException {
        sameBothWays("left,right,winner", rows(List.of("left", "right", "tie", " tie"), ""));
        sameBothWays("model_a,model_b,winner", rows(List.of("model_a", "model_b", "tie (bothbad)"), ""));
        sameBothWays("left,right,winner", rows(List.of("LEFT", "RIGHT"), ""));
        sameBothWays("home,away,result", rows(List.of("H", "D", "A"), ""));
        sameBothWays("winner,loser,x", rows(List.of(""), ""));
        sameBothWays("left,right,winner", rows(1500, List.of("left", "right", "tie"), ""));
    }

    @Test
    void columnsThatAreNotReadAreSaidTheSame() throws IOException {
        sameBothWays("left,right,winner,turns,language", rows(List.of("left", "right"), ",3,"));
        sameBothWays("left,right,winner,weight", rows(List.of("left", "right"), ",2"));
    }

    /** The rows before a quote within quotes are not read twice. */
    @Test
    void readingGoesOnWithAParserWhereItTakesOne() throws IOException {
        String rows = rows(List.of("left", "right"), "");
        sameBothWays("left,right,winner", rows + "\"model \"\"1\"\"\",model 2,left\n" + rows);
    }

    @Test
    void anOddRowIsRefusedWithItsLine() {
        String rows = rows(List.of("left", "right"), "");
        for (String odd :
                List.of("model 1,model 1,left", "model 1,,left", "model 1,model 2,", "model 1,model 2,neitherr")) {
            assertThatThrownBy(() -> sameBothWays("left,right,winner", rows + odd + "\n"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("votes.csv:3002: ");
        }
    }
}
