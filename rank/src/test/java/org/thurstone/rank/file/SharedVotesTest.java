package org.thurstone.rank.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.SharedData;

/** Real files are read without options, and what was taken for what is said. */
class SharedVotesTest {

    @Test
    void tennisMatchesNeedNoOptions() throws IOException {
        VoteFile read = VoteFiles.read(files("tennis_atp", "atp_matches_.*"), VoteReadOptions.USUAL);
        assertThat(read.votes().size()).isGreaterThan(40_000);
        assertThat(((Battles) read.votes()).timed()).isTrue();
        assertThat(read.remarks())
                .contains("Columns: winner = winner_name, loser = loser_name, time = tourney_date, ending = score")
                .anyMatch(r ->
                        r.matches("\"tourney_date\" holds times, read as dates in digits, the year first: 200\\d-.* to"
                                + " 2018-.*"))
                .anyMatch(r -> r.startsWith("By \"score\", ") && r.contains("(W/O)") && r.contains("(RET, DEF)"));
    }

    @Test
    void everyFileOfPrefLibNeedsNoOptions() throws IOException {
        for (String set : List.of("sushi", "dots", "education")) {
            for (Path file : files("preflib/" + set, ".*\\.(soc|soi|toc|toi|wmd)(\\.gz)?")) {
                assertThat(VoteFiles.read(file, VoteReadOptions.USUAL).votes())
                        .as(file.toString())
                        .isInstanceOf(Rankings.class);
            }
        }
    }

    @Test
    void preferencesOfAlpacaEvalAreSharesAgainstTheBaseline() {
        VoteFile read = VoteFiles.read(SharedData.path("alpaca_eval/preferences.csv.gz"), VoteReadOptions.USUAL);
        assertThat(read.votes().items()).hasSize(31).contains("baseline", "claude");
        assertThat(read.remarks())
                .contains("Columns: left = baseline (in all rows), right = model, winner = preference, prompt = index")
                .anyMatch(r -> r.startsWith("A preference by degrees counts as a part of a win of each"));
        // The published win rate of a model is the mean of its preferences less one: its share of the wins.
        double[][] wins = read.votes().tally().wins(0.5);
        int baseline = read.votes().items().indexOf("baseline");
        int claude = read.votes().items().indexOf("claude");
        assertThat(100 * wins[claude][baseline] / (wins[claude][baseline] + wins[baseline][claude]))
                .isCloseTo(16.98534361236025, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void historyOfRatingsIsRefused() {
        Path history = SharedData.path("arena_history/alltime.csv.gz");
        assertThatThrownBy(() -> VoteFiles.read(history, VoteReadOptions.USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("ratings, no votes");
    }

    @Test
    void verdictsWithoutItemsAreRefused() {
        for (String file :
                List.of("pandalm/testset-v1.json.gz", "auto_j/testdata_pairwise.jsonl.gz", "mt_bench/question.jsonl")) {
            Path verdicts = SharedData.path(file);
            assertThatThrownBy(() -> VoteFiles.read(verdicts, VoteReadOptions.USUAL))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("no column contains");
        }
    }

    @Test
    void plantedBoardsNeedNoOptions() throws IOException {
        for (Path file : files("planted_boards", ".*\\.csv\\.gz")) {
            VoteFile read = VoteFiles.read(file, VoteReadOptions.USUAL);
            assertThat(read.votes().items()).hasSize(6);
            assertThat(read.remarks())
                    .contains(
                            "Columns: left = model_a, right = model_b, winner = winner, annotator = voter_id, prompt ="
                                    + " item_id")
                    .anyMatch(r -> r.startsWith("\"winner\" holds codes: "));
        }
    }

    private static List<Path> files(String folder, String pattern) throws IOException {
        try (Stream<Path> all = Files.list(SharedData.path(folder))) {
            return all.filter(f -> f.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }
}
