package org.thurstone.rank.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Tally;
import org.thurstone.rank.pairs.BradleyTerry;

/** Differences between strata: a closed form, pseudo-inverses by numpy, and the level under the null hypothesis by simulation. */
class StrataDifferencesTest {

    private static final Offset<Double> TINY = within(1e-8);
    private static final Inference SANDWICH =
            Inference.DEFAULT.with(Inference.Intervals.SANDWICH).withDraws(0);

    private static Board board(List<Battle> battles) {
        return BradleyTerry.PLAIN.rank(Tally.of(battles), SANDWICH);
    }

    private static List<Battle> add(List<Battle> battles, String left, String right, int won, int lost) {
        battles.addAll(Simulated.times(won, left, right, Outcome.LEFT));
        battles.addAll(Simulated.times(lost, left, right, Outcome.RIGHT));
        return battles;
    }

    /** Two items have the difference of two logits, over the root of 1/30 + 1/10 + 1/15 + 1/25. */
    @Test
    void twoItemsAreTheDifferenceOfTwoLogits() {
        SortedMap<String, Board> boards = new TreeMap<>();
        boards.put("x", board(add(new ArrayList<>(), "a", "b", 30, 10)));
        boards.put("y", board(add(new ArrayList<>(), "a", "b", 15, 25)));
        StrataDifferences found = StrataDifferences.of(boards).orElseThrow();
        double off = Math.log(3) - Math.log(15 / 25.0);
        double square = off * off / (1 / 30.0 + 1 / 10.0 + 1 / 15.0 + 1 / 25.0);
        assertThat(found.chiSquare()).isCloseTo(square, TINY);
        assertThat(found.freedom()).isEqualTo(1);
        assertThat(found.pValue()).isCloseTo(0.0010189142016100796, TINY);
        assertThat(found.items()).hasSize(2).allSatisfy(item -> {
            assertThat(item.chiSquare()).isCloseTo(square, TINY);
            assertThat(item.adjusted()).isCloseTo(2 * item.pValue(), within(1e-12));
            assertThat(item.difference()).isCloseTo(off / 2, TINY);
        });
        assertThat(found.items().getFirst().highest()).isEqualTo("x");
        assertThat(found.items().getFirst().lowest()).isEqualTo("y");
    }

    /** A stratum without d, and one without a. */
    @Test
    void strataNeedNotHaveAllItems() {
        List<Battle> x = new ArrayList<>();
        add(x, "a", "b", 30, 20);
        add(x, "b", "c", 25, 15);
        add(x, "a", "c", 40, 18);
        List<Battle> y = new ArrayList<>();
        add(y, "a", "b", 14, 22);
        add(y, "b", "c", 30, 20);
        add(y, "c", "d", 25, 25);
        add(y, "a", "d", 20, 16);
        List<Battle> z = new ArrayList<>();
        add(z, "b", "c", 20, 10);
        add(z, "c", "d", 28, 12);
        add(z, "b", "d", 30, 15);
        SortedMap<String, Board> boards = new TreeMap<>();
        boards.put("x", board(x));
        boards.put("y", board(y));
        boards.put("z", board(z));
        StrataDifferences found = StrataDifferences.of(boards).orElseThrow();
        assertThat(found.chiSquare()).isCloseTo(9.290607327911363, TINY);
        assertThat(found.freedom()).isEqualTo(4);
        assertThat(found.pValue()).isCloseTo(0.054232242118777176, TINY);
        assertThat(of(found, "a").chiSquare()).isCloseTo(4.852768921347449, TINY);
        assertThat(of(found, "a").difference()).isCloseTo(0.49480012151301184, TINY);
        assertThat(of(found, "b").chiSquare()).isCloseTo(0.09857900787885346, TINY);
        assertThat(of(found, "b").freedom()).isEqualTo(2);
        assertThat(of(found, "d").pValue()).isCloseTo(0.1693774156905798, TINY);
        assertThat(of(found, "a").adjusted()).isCloseTo(4 * 0.02760178945068592, TINY);
    }

    private static StrataDifferences.Item of(StrataDifferences found, String item) {
        return found.items().stream()
                .filter(i -> i.item().equals(item))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void strataThatShareNothingAreNotTested() {
        SortedMap<String, Board> boards = new TreeMap<>();
        boards.put("x", board(add(new ArrayList<>(), "a", "b", 30, 10)));
        assertThat(StrataDifferences.of(boards)).isEmpty();
        boards.put("y", board(add(new ArrayList<>(), "c", "d", 15, 25)));
        assertThat(StrataDifferences.of(boards)).isEmpty();
        boards.put("z", BradleyTerry.PLAIN.rank(Tally.of(add(new ArrayList<>(), "a", "b", 3, 4)), Inference.NONE));
        assertThat(StrataDifferences.of(boards)).isEmpty();
    }

    /** 400 samples in which the ratings are the same: 5 % are rejected, but for the binomial scatter of 1.1 % and few battles. */
    @Test
    void theLevelHoldsIfNothingDiffers() {
        SplittableRandom random = new SplittableRandom(11);
        double[] strengths = {0.8, 0.3, 0, -0.4, -0.7};
        int rejected = 0;
        int anyItem = 0;
        int samples = 400;
        for (int sample = 0; sample < samples; sample++) {
            SortedMap<String, Board> boards = new TreeMap<>();
            for (String value : List.of("x", "y", "z")) {
                boards.put(value, board(Simulated.battles(strengths, 300, random)));
            }
            StrataDifferences found = StrataDifferences.of(boards).orElseThrow();
            rejected += found.pValue() < 0.05 ? 1 : 0;
            anyItem += found.items().getFirst().adjusted() < 0.05 ? 1 : 0;
        }
        assertThat(rejected / (double) samples).isBetween(0.02, 0.085);
        assertThat(anyItem / (double) samples).isLessThan(0.08);
    }

    @Test
    void aDifferenceIsFound() {
        SplittableRandom random = new SplittableRandom(12);
        SortedMap<String, Board> boards = new TreeMap<>();
        boards.put("x", board(Simulated.battles(new double[] {0.8, 0.3, 0, -0.4, -0.7}, 1500, random)));
        boards.put("y", board(Simulated.battles(new double[] {0.8, 0.3, 0, -0.4, 0.3}, 1500, random)));
        StrataDifferences found = StrataDifferences.of(boards).orElseThrow();
        assertThat(found.pValue()).isLessThan(1e-4);
        assertThat(found.items().getFirst().item()).isEqualTo(Simulated.name(4));
        assertThat(found.items().getFirst().highest()).isEqualTo("y");
    }
}
