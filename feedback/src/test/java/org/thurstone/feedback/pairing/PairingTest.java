package org.thurstone.feedback.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.Scored;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.pairing.ScorePositions.Position;

class PairingTest {

    static List<Pairing> every() {
        return List.of(
                new BestWorst(),
                new AllPairs(false),
                new AllPairs(true),
                new RandomPairs(3, true),
                new RandomPairs(3, false),
                new CorrectWrong(4, true, 0.5),
                new CorrectWrong(4, false, 0.5),
                new ScoreGap(0.6, 1),
                new ScorePositions(Position.HIGHEST, Position.TWO_BELOW),
                new BestWorstOfFew(3),
                new RejectionSampling(0.5, 4, false),
                new RejectionSampling(0.5, 4, true));
    }

    private static List<String> shown(Pairing pairing, ScoredCompletions scored, long seed) {
        return pairing.pairs(scored, Scored.random(seed)).stream()
                .map(Scored::show)
                .toList();
    }

    @Test
    void bestMeetsWorstAndOfEqualsTheFirst() {
        assertThat(shown(new BestWorst(), Scored.of(0.2, 0.9, 0.1, 0.9, 0.1), 1))
                .containsExactly("bc");
    }

    @Test
    void gapsAreWideEnough() {
        // σ(gap) > 0.85 is a gap above 1.7346.
        assertThat(shown(new ScoreGap(0.85, 1), Scored.of(0, 1.73, 1.74, 4), 1))
                .containsExactly("ca", "da", "db", "dc");
        assertThat(shown(new ScoreGap(0.85, 2), Scored.of(0, 1.73, 1.74, 4), 1)).containsExactly("da");
    }

    @Test
    void positionsAreNearestScores() {
        // Mean 0, deviation 2: μ − 2σ is −4, and μ + σ is 2.
        ScoredCompletions scored = Scored.of(-5, -1, 0, 0, 0, 1, 1, 1, 1, 2);
        double[] values = {-5, -1, 0, 0, 0, 1, 1, 1, 1, 2};
        assertThat(Arrays.stream(values).sum()).isZero();
        assertThat(shown(new ScorePositions(Position.HIGHEST, Position.LOWEST), scored, 1))
                .containsExactly("ja");
        assertThat(shown(new ScorePositions(Position.ONE_ABOVE, Position.ONE_BELOW), scored, 1))
                .containsExactly("jb");
        assertThat(shown(new ScorePositions(Position.TWO_ABOVE, Position.TWO_BELOW), scored, 1))
                .containsExactly("ja");
        assertThat(shown(new ScorePositions(Position.MEAN, Position.ONE_BELOW), scored, 1))
                .containsExactly("cb");
        assertThat(shown(new ScorePositions(Position.HIGHEST, Position.MEAN), Scored.of(1, 1), 1))
                .isEmpty();
        assertThatThrownBy(() -> new ScorePositions(Position.MEAN, Position.MEAN))
                .hasMessageContaining("must lie above");
    }

    @Test
    void theWorstOfFewIsOftenNotTheWorstOfAll() {
        ScoredCompletions scored = Scored.of(5, 1, 2, 3, 4);
        RandomGenerator random = Scored.random(2);
        int lowest = 0;
        int draws = 5000;
        for (int i = 0; i < draws; i++) {
            for (CandidatePair pair : new BestWorstOfFew(2).pairs(scored, random)) {
                assertThat(pair.scores().orElseThrow().left()).isEqualTo(5);
                lowest += pair.scores().orElseThrow().right() == 1 ? 1 : 0;
            }
        }
        // The lowest of five is among two with probability 0.4.
        assertThat(lowest / (double) draws).isBetween(0.37, 0.43);
    }

    @Test
    void keptSamplesFollowTheTiltedDistribution() {
        int samples = 400;
        Map<Double, Integer> counts = new TreeMap<>();
        RandomGenerator random = Scored.random(4);
        List<Double> scores =
                IntStream.range(0, samples).mapToObj(i -> (double) (i % 4)).toList();
        RejectionSampling sampling = new RejectionSampling(2, 2, false);
        int draws = 5000;
        for (int i = 0; i < draws; i++) {
            List<Integer> kept = sampling.kept(scores, random);
            assertThat(kept).hasSize(2).doesNotHaveDuplicates();
            kept.forEach(k -> counts.merge(scores.get(k), 1, Integer::sum));
        }
        double total = 1 + Math.exp(0.5) + Math.exp(1) + Math.exp(1.5);
        for (int r = 0; r < 4; r++) {
            double expected = Math.exp(r / 2.0) / total;
            assertThat(counts.get((double) r) / (2.0 * draws)).isBetween(expected - 0.025, expected + 0.025);
        }
        assertThat(new RejectionSampling(1e-3, 3, false).kept(List.of(1.0, 5.0, 3.0, 4.0, 2.0), random))
                .containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void allPairsAreThoseOfDifferentScoreBetterOneFirst() {
        ScoredCompletions scored = Scored.of(1, 3, 1, 2);
        assertThat(shown(new AllPairs(false), scored, 1)).containsExactly("ba", "da", "bc", "bd", "dc");
        assertThat(shown(new AllPairs(true), scored, 1)).containsExactly("ba", "ac", "da", "bc", "bd", "dc");
    }

    @Test
    void randomPairsAreDistinctAndUniform() {
        ScoredCompletions scored = Scored.of(1, 2, 3, 3);
        Map<String, Integer> counts = new TreeMap<>();
        RandomGenerator random = Scored.random(3);
        int draws = 12_000;
        for (int i = 0; i < draws; i++) {
            List<CandidatePair> pairs = new RandomPairs(2, false).pairs(scored, random);
            assertThat(pairs).hasSize(2).doesNotHaveDuplicates();
            pairs.forEach(pair -> counts.merge(Scored.show(pair), 1, Integer::sum));
        }
        // Five pairs of different score, two drawn: each with probability 0.4; 5 standard deviations of the mean are
        // 0.022.
        assertThat(counts.keySet()).containsExactly("ba", "ca", "cb", "da", "db");
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count / (double) draws).isBetween(0.378, 0.422));
    }

    @Test
    void correctMeetsIncorrectAndNoneTwiceWithoutReuse() {
        ScoredCompletions scored = Scored.of(1, 0, 1, 0, 1, 0, 0);
        for (long seed = 0; seed < 50; seed++) {
            List<String> pairs = shown(new CorrectWrong(10, false, 0.5), scored, seed);
            assertThat(pairs).hasSize(3).allMatch(pair -> pair.matches("[ace][bdfg]"));
            assertThat(String.join("", pairs).chars().distinct().count()).isEqualTo(6);
        }
    }

    @Test
    void reuseGivesEveryCombinationOnce() {
        for (int right = 1; right <= 4; right++) {
            for (int wrong = 1; wrong <= 4; wrong++) {
                double[] scores = new double[right + wrong];
                for (int i = 0; i < right; i++) {
                    scores[i] = 1;
                }
                Set<String> expected = new TreeSet<>();
                for (int i = 0; i < right; i++) {
                    for (int j = 0; j < wrong; j++) {
                        expected.add("" + (char) ('a' + i) + (char) ('a' + right + j));
                    }
                }
                assertThat(shown(new CorrectWrong(100, true, 0.5), Scored.of(scores), 5))
                        .as("%d right, %d wrong", right, wrong)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Test
    void reuseRepeatsTheSmallerSide() {
        List<String> pairs = shown(new CorrectWrong(4, true, 0.5), Scored.of(1, 0, 0, 0, 0), 2);
        assertThat(pairs).containsExactlyInAnyOrder("ab", "ac", "ad", "ae");
    }

    @Test
    void thresholdDefinesCorrect() {
        assertThat(shown(new CorrectWrong(10, true, 7), Scored.of(7, 6.9, 8), 2))
                .containsExactlyInAnyOrder("ab", "cb");
    }

    @ParameterizedTest
    @MethodSource("every")
    void fewerThanTwoDistinctCompletionsGiveNoPair(Pairing pairing) {
        assertThat(shown(pairing, Scored.of(), 1)).isEmpty();
        assertThat(shown(pairing, Scored.of(1), 1)).isEmpty();
        assertThat(shown(pairing, Scored.texts("ü ü ü", 0, 1, 0), 1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("every")
    void equalScoresGiveNoPairUnlessTiesAreWanted(Pairing pairing) {
        boolean ties = pairing instanceof AllPairs(boolean withTies) && withTies
                || pairing instanceof RandomPairs(int count, boolean drawn) && drawn;
        assertThat(shown(pairing, Scored.of(0.3, 0.3, 0.3), 1)).hasSize(ties ? 3 : 0);
    }

    @ParameterizedTest
    @MethodSource("every")
    void identicalTextsAreNeverPairedNorAnyPairGivenTwice(Pairing pairing) {
        RandomGenerator random = Scored.random(11);
        for (int round = 0; round < 200; round++) {
            StringBuilder texts = new StringBuilder();
            double[] scores = new double[8];
            for (int i = 0; i < scores.length; i++) {
                texts.append(List.of("α", "β", "👍", "α ")
                                .get(random.nextInt(4))
                                .strip())
                        .append(' ');
                scores[i] = random.nextInt(2);
            }
            Set<Set<String>> seen = new HashSet<>();
            for (CandidatePair pair : pairing.pairs(Scored.texts(texts.toString(), scores), random)) {
                assertThat(pair.left()).isNotEqualTo(pair.right());
                assertThat(pair.scores().orElseThrow().left())
                        .isGreaterThanOrEqualTo(pair.scores().orElseThrow().right());
                assertThat(seen.add(Set.of(
                                pair.left().text().plain(), pair.right().text().plain())))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void theSameSeedGivesTheSamePairs(Pairing pairing) {
        ScoredCompletions scored = Scored.of(1, 0, 1, 0, 1, 0, 0, 0.4);
        assertThat(shown(pairing, scored, 9)).isEqualTo(shown(pairing, scored, 9));
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatThrownBy(() -> new RandomPairs(0, true)).hasMessage("count 0 must be at least 1");
        assertThatThrownBy(() -> new CorrectWrong(0, true, 0.5)).hasMessage("maxPairs 0 must be at least 1");
        assertThatThrownBy(() -> new CorrectWrong(1, true, Double.NaN)).hasMessageContaining("threshold NaN");
    }
}
