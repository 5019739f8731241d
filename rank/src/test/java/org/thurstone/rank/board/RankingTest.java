package org.thurstone.rank.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.pairs.BradleyTerry;

class RankingTest {

    private static final List<Battle> VOTES = List.of(
            Battle.of("tea", "coffee", Outcome.LEFT),
            Battle.of("coffee", "tea", Outcome.LEFT),
            Battle.of("tea", "milk", Outcome.LEFT),
            Battle.of("milk", "coffee", Outcome.TIE),
            Battle.of("milk", "tea", Outcome.TIE));

    @Test
    void votesInMemoryHaveTheBoardOfTheSameVotesInAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("votes.csv"), """
                left,right,winner
                tea,coffee,tea
                coffee,tea,coffee
                tea,milk,tea
                milk,coffee,tie
                milk,tea,tie
                """);
        Board board = Ranking.by("bradley-terry", "ties=davidson").of(VOTES);
        Board read = Ranking.by("bradley-terry", "ties=davidson")
                .of(VoteFiles.read(file, VoteReadOptions.USUAL).votes());
        assertThat(board.standings())
                .isEqualTo(read.standings())
                .extracting(Standing::item)
                .startsWith("tea");
        assertThat(board.quantities()).isEqualTo(read.quantities());
    }

    @Test
    void modelBuiltInAProgramEqualsTheNamedOne() {
        assertThat(Ranking.by(BradleyTerry.PLAIN)).isEqualTo(Ranking.by("bradley-terry"));
        Board bare = Ranking.by(BradleyTerry.PLAIN).with(Inference.NONE).of(VOTES);
        assertThat(bare.standings()).extracting(Standing::low).containsOnly(Double.NaN);
    }

    /** Whatever the method, each draw of a bootstrap is reported once, and a seed gives the same board again. */
    @ParameterizedTest
    @ValueSource(strings = {"bradley-terry", "elo", "copeland", "thurstone-mosteller", "plackett-luce"})
    void everyDrawOfABootstrapIsReported(String method) {
        AtomicInteger drawn = new AtomicInteger();
        Inference inference = Inference.DEFAULT
                .with(Inference.Intervals.BOOTSTRAP)
                .withDraws(30)
                .with((done, total) -> {
                    assertThat(total).isEqualTo(30);
                    drawn.incrementAndGet();
                });
        Board board = Ranking.by(method).with(inference).of(VOTES);
        assertThat(drawn).hasValue(30);
        assertThat(Ranking.by(method).with(inference).of(VOTES).standings()).isEqualTo(board.standings());
    }

    /** Names in another alphabetical order give the same ratings, with every method. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bradley-terry",
                "thurstone-mosteller",
                "plackett-luce",
                "elo",
                "glicko2",
                "trueskill",
                "borda",
                "copeland",
                "minimax",
                "kemeny",
                "maximal-lottery",
                "rank-centrality"
            })
    void namesOfItemsDoNotMatter(String method) {
        Map<String, String> renamed = Map.of("tea", "a", "coffee", "z", "milk", "m");
        List<Battle> others = VOTES.stream()
                .map(b -> Battle.of(
                        String.valueOf(renamed.get(b.left())), String.valueOf(renamed.get(b.right())), b.outcome()))
                .toList();
        Board board = Ranking.by(method).of(VOTES);
        Board other = Ranking.by(method).of(others);
        for (Standing s : board.standings()) {
            Standing t = other.of(String.valueOf(renamed.get(s.item()))).orElseThrow();
            assertThat(t.rating()).isCloseTo(s.rating(), within(1e-7));
            assertThat(t.rank()).isEqualTo(s.rank());
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatterToABootstrap() {
        List<Battle> turned = new ArrayList<>(VOTES);
        Collections.reverse(turned);
        Inference inference =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(40);
        Ranking ranking = Ranking.by("bradley-terry").with(inference);
        assertThat(ranking.of(turned).standings()).isEqualTo(ranking.of(VOTES).standings());
    }

    /** The item that is shown first wins, in both orders of every pair: nothing separates the items. */
    @Test
    void winsOfTheFirstAloneMakeNoDifference() {
        List<Battle> votes = new ArrayList<>();
        for (String left : List.of("tea", "coffee", "milk")) {
            for (String right : List.of("tea", "coffee", "milk")) {
                if (!left.equals(right)) {
                    votes.add(Battle.of(left, right, Outcome.LEFT));
                }
            }
        }
        Board board = Ranking.by("bradley-terry").of(votes);
        assertThat(board.standings()).allSatisfy(s -> {
            assertThat(s.rating()).isCloseTo(0, within(1e-9));
            assertThat(s.rank()).isEqualTo(1);
            assertThat(s.worst()).isEqualTo(3);
        });
        assertThatThrownBy(() -> Ranking.by("bradley-terry", "home=true").of(votes))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("home advantage");
    }

    @Test
    void noVotesAndOneItemAreRefused() {
        Ranking ranking = Ranking.by("bradley-terry");
        assertThatThrownBy(() -> ranking.of(List.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("there are no votes; a ranking needs comparisons");
        Rankings alone = new Rankings(List.of("tea"), List.of(new Rankings.Ranking(List.of(List.of(0)), false, 1, "")));
        assertThatThrownBy(() -> ranking.of(alone))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is only one item, \"tea\"");
        assertThatThrownBy(() -> Battle.of("tea", "tea", Outcome.TIE)).hasMessage("\"tea\" is compared with itself");
    }

    @Test
    void unknownModelsAndSettingsAreNamedWithTheValidOnes() {
        assertThatThrownBy(() -> Ranking.by("bradly-terry"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no ranking method \"bradly-terry\"")
                .hasMessageContaining("bradley-terry, ");
        assertThatThrownBy(() -> Ranking.by("bradley-terry", "rigde=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"rigde=1\" fits no parameter")
                .hasMessageContaining("ridge");
    }

    @Test
    void formsThatAModelCannotRankAreNamed() {
        Tally counts = Battles.of(VOTES).tally();
        assertThatThrownBy(() -> Ranking.by("elo").of(counts))
                .isInstanceOf(UserError.class)
                .hasMessage("elo cannot rank counts of pairs: it needs battles one by one");
    }
}
