package org.thurstone.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VotesTest {

    private static final List<Battle> BATTLES = List.of(
            Battle.of("zebra", "ant", Outcome.LEFT).by("ann").about("p1").at(20),
            Battle.of("ant", "zebra", Outcome.TIE).withWeight(2.5).at(10),
            Battle.of("zebra", "ant", Outcome.RIGHT).withWeight(3).at(5),
            Battle.of("ant", "bee", Outcome.BOTH_BAD).at(7),
            Battle.of("zebra", "ant", Outcome.LEFT).at(7));

    @Test
    void cellsAreOrderedPairsInAlphabeticalOrder() {
        Tally tally = Tally.of(BATTLES);
        assertThat(tally.items()).containsExactly("ant", "bee", "zebra");
        assertThat(tally.size()).isEqualTo(5);
        assertThat(tally.cells()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).mapToObj(c -> tally.left(c) + "-" + tally.right(c)))
                .containsExactly("0-1", "0-2", "2-0");
        assertThat(tally.ties(0)).isEqualTo(1);
        assertThat(tally.ties(1)).isEqualTo(2.5);
        assertThat(tally.squares(Outcome.TIE, 1)).isEqualTo(6.25);
        assertThat(tally.leftWins(2)).isEqualTo(2);
        assertThat(tally.rightWins(2)).isEqualTo(3);
        assertThat(tally.squares(Outcome.RIGHT, 2)).isEqualTo(9);
        assertThat(tally.total()).isEqualTo(8.5);
        assertThat(tally.unweighted()).isFalse();
        assertThat(tally.wins(0.5)).isDeepEqualTo(new double[][] {{0, 0.5, 4.25}, {0.5, 0, 0}, {3.25, 0, 0}});
    }

    @Test
    void storedBattlesAreReadBackWithTheSameCounts() {
        Battles battles = Battles.of(BATTLES);
        assertThat(battles).containsExactlyElementsOf(BATTLES);
        assertThat(battles.tally().wins(0.5)).isDeepEqualTo(Tally.of(BATTLES).wins(0.5));
        assertThat(battles.timed()).isTrue();
        assertThat(battles.inOrder().battle(0).time()).isEqualTo(5);
        assertThat(battles.inOrder().battle(1).right()).isEqualTo("bee");
        assertThat(battles.where(b -> battles.outcome(b) == Outcome.LEFT)
                        .compacted()
                        .items())
                .containsExactly("ant", "zebra");
    }

    @Test
    void manyPairsAreCountedInAnyOrder() {
        Random random = new Random(3);
        int[][] truth = new int[90][90];
        List<Battle> battles = new ArrayList<>();
        for (int k = 0; k < 20_000; k++) {
            int i = random.nextInt(90);
            int j = (i + 1 + random.nextInt(89)) % 90;
            truth[i][j]++;
            battles.add(Battle.of(name(i), name(j), Outcome.LEFT));
        }
        Tally tally = Tally.of(battles);
        double[][] wins = tally.wins(0.5);
        for (int i = 0; i < 90; i++) {
            for (int j = 0; j < 90; j++) {
                assertThat(wins[i][j]).isEqualTo(truth[i][j]);
            }
        }
        Collections.shuffle(battles, random);
        assertThat(Tally.of(battles).wins(0.5)).isDeepEqualTo(wins);
        assertThat(tally.unweighted()).isTrue();
    }

    /** Battles of many items are sorted rather than looked up, unless their weights differ. */
    @Test
    void battlesOfManyItemsAreCountedAsThoseWithWeights() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(4);
        TallyCounter unweighted = new TallyCounter();
        TallyCounter weighted = new TallyCounter();
        for (int k = 0; k < 30_000; k++) {
            int left = random.nextInt(3000);
            int right = (left + 1 + random.nextInt(3)) % 3000;
            Outcome outcome = Outcome.values()[random.nextInt(4)];
            unweighted.add("i" + left, "i" + right, outcome, 1);
            weighted.add("i" + left, "i" + right, outcome, 3);
        }
        Tally.Columns counts = unweighted.tally().columns();
        Tally.Columns sums = weighted.tally().columns();
        assertThat(unweighted.tally().unweighted()).isTrue();
        assertThat(unweighted.tally().size()).isEqualTo(30_000);
        assertThat(counts.left()).isEqualTo(sums.left());
        assertThat(counts.right()).isEqualTo(sums.right());
        for (int row = 0; row < 3; row++) {
            for (int c = 0; c < counts.left().length; c++) {
                assertThat(3 * counts.weights()[row][c]).isEqualTo(sums.weights()[row][c]);
                assertThat(9 * counts.squares()[row][c]).isEqualTo(sums.squares()[row][c]);
            }
        }
    }

    @Test
    void aRankingCountsAsItsPairs() {
        Rankings rankings = new Rankings(
                List.of("c", "b", "a", "d"),
                List.of(
                        new Rankings.Ranking(List.of(List.of(0), List.of(1, 2)), false, 2, ""),
                        new Rankings.Ranking(List.of(List.of(3), List.of(0, 1)), true, 1, "")));
        assertThat(rankings.items()).containsExactly("a", "b", "c", "d");
        double[][] wins = rankings.tally().wins(0.5);
        assertThat(wins[2]).containsExactly(2, 2, 0, 0);
        assertThat(wins[0]).containsExactly(0, 1, 0, 0);
        assertThat(wins[3]).containsExactly(0, 1, 1, 0);
        assertThat(wins[1]).containsExactly(1, 0, 0, 0);
        assertThat(rankings.all().getFirst().tied()).isTrue();
        assertThat(rankings.all().getLast().tied()).isFalse();
    }

    @Test
    void unorderedPairsShareACell() {
        Tally folded = Tally.of(BATTLES).folded();
        assertThat(folded.cells()).isEqualTo(2);
        assertThat(folded.wins(0.5)).isDeepEqualTo(Tally.of(BATTLES).wins(0.5));
        assertThat(folded.squares(Outcome.LEFT, 1)).isEqualTo(9);
        assertThat(folded.folded()).isSameAs(folded);
        Battles battles = Battles.of(BATTLES).folded();
        assertThat(battles.tally().wins(0.5)).isDeepEqualTo(folded.wins(0.5));
        assertThat(battles.left(0)).isZero();
        assertThat(battles.outcome(0)).isEqualTo(Outcome.RIGHT);
    }

    @Test
    void incomparableItemsAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Battle.of("a", "a", Outcome.LEFT))
                .withMessageContaining("itself");
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Battle.of("a", "b", Outcome.LEFT).withWeight(weight));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rankings.Ranking(List.of(List.of(0), List.of(0)), false, 1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rankings(List.of("a", "a"), List.of()));
    }

    @Test
    void equalRatingsShareARank() {
        Board board = Board.of("test", "points", List.of("a", "b", "c", "d"), new double[] {1, 3, 1, 0});
        assertThat(board.standings().stream().map(s -> s.item() + s.rank())).containsExactly("b1", "a2", "c2", "d4");
    }

    @Test
    void ratingsThatDifferByRoundingAloneShareARank() {
        Board board = Board.of("test", "points", List.of("b", "a", "c"), new double[] {1 / 3.0, 1 / 3.0 + 1e-16, 0.1});
        assertThat(board.standings().stream().map(s -> s.item() + s.rank())).containsExactly("a1", "b1", "c3");
    }

    /** Ratings alone do not say which other places are possible. */
    @Test
    void aBoardWithoutUncertaintyClaimsNoPlaces() {
        Board board = Board.of("test", "points", List.of("a", "b"), new double[] {1, 3});
        assertThat(board.standings()).noneMatch(Standing::placed).noneMatch(Standing::hasInterval);
    }

    @Test
    void battlesOfAnItemAreCounted() {
        List<Battle> battles = List.of(
                Battle.of("a", "b", Outcome.LEFT),
                Battle.of("b", "a", Outcome.TIE),
                Battle.of("a", "c", Outcome.RIGHT).withWeight(3));
        for (Votes votes : List.of(Battles.of(battles), Tally.of(battles))) {
            VoteCounts counts = VoteCounts.of(votes);
            assertThat(counts.battles()).containsExactly(5, 2, 3);
            assertThat(counts.wins()).containsExactly(1, 0, 3);
            assertThat(counts.ties()).containsExactly(1, 1, 0);
        }
    }

    private static String name(int i) {
        return "item " + (char) (33 + i);
    }
}
