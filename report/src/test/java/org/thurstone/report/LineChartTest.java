package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {

    private static final double NAN = Double.NaN;

    private static String chart(Point... points) {
        return chart(List.of(points));
    }

    private static String chart(List<Point> points) {
        return LineChart.both(new Lines("t", "", Axis.of("x"), Axis.of("y"), List.of(Series.of("s", points))));
    }

    private static List<String> paths(String svg) {
        return Pattern.compile("class=\"line\" d=\"(M[^\"]*)\"/>\\n")
                .matcher(svg)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    @Test
    void pointsAreDrawnAtTheirValues() {
        // y from 0 to 10 with 6 % air is −0.6 … 10.6 on 276 … 26; the gutter is 14 + 7.2 · 2 for the label "10"; x ends
        // at 720 − 14.
        String line =
                paths(chart(Point.of(0, 0), Point.of(5, 5), Point.of(10, 10))).getFirst();
        double low = 276 - 0.6 / 11.2 * 250;
        double high = 276 - 10.6 / 11.2 * 250;
        List<Double> numbers = Pattern.compile("[\\d.]+")
                .matcher(line)
                .results()
                .map(MatchResult::group)
                .map(Double::valueOf)
                .toList();
        assertThat(numbers.get(0)).isEqualTo(28.4, within(0.011));
        assertThat(numbers.get(1)).isEqualTo(low, within(0.011));
        assertThat(numbers.get(2)).isEqualTo((28.4 + 706) / 2, within(0.011));
        assertThat(numbers.get(3)).isEqualTo((low + high) / 2, within(0.011));
        assertThat(numbers.get(4)).isEqualTo(706, within(0.011));
        assertThat(numbers.get(5)).isEqualTo(high, within(0.011));
    }

    @Test
    void aValueThatIsNotFiniteIsAGapAndIsCounted() {
        String svg = chart(
                Point.of(0, 1),
                Point.of(1, 2),
                Point.of(2, NAN),
                Point.of(3, 3),
                Point.of(4, Double.POSITIVE_INFINITY),
                Point.of(5, 1));
        assertThat(paths(svg).getFirst().chars().filter(c -> c == 'M').count()).isEqualTo(3);
        assertThat(svg)
                .contains("2 values were not finite and left out")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    @Test
    void onePointEqualPointsAndHugePointsAreDrawn() {
        for (String svg : List.of(
                chart(Point.of(3, 0.5)),
                chart(Point.of(0, 0), Point.of(0, 0)),
                chart(Point.of(1, 7), Point.of(2, 7)),
                chart(Point.of(-1e299, -1e299), Point.of(1e299, 1e299)),
                chart(Point.of(1e-300, 1e-300), Point.of(2e-300, 2e-300)),
                chart(Point.of(1e15, 1e15), Point.of(1e15 + 1, 1e15 + 1)),
                chart(Point.of(1, 1, NAN, 2), Point.of(2, 1, 0, Double.POSITIVE_INFINITY)))) {
            assertThat(svg)
                    .contains("<svg")
                    .doesNotContain("NaN")
                    .doesNotContain("Infinity")
                    .doesNotContain("∞");
            assertThat(svg.length()).isLessThan(12_000);
        }
        assertThat(chart(Point.of(NAN, 1), Point.of(1, NAN))).contains("no data");
    }

    @Test
    void aHugeSeriesIsThinnedAndKeepsItsSpikesItsGapAndItsEnds() {
        List<Point> points = new ArrayList<>(IntStream.range(0, 200_000)
                .mapToObj(i -> Point.of(i, Math.sin(i / 2e4)))
                .toList());
        points.set(23_456, Point.of(23_456, 50));
        points.set(154_321, Point.of(154_321, -50));
        points.set(177_777, Point.of(177_777, NAN));
        List<Point> thinned = Thinning.to(400, points);
        assertThat(thinned).hasSizeLessThanOrEqualTo(500);
        assertThat(thinned)
                .contains(
                        points.getFirst(),
                        points.getLast(),
                        points.get(23_456),
                        points.get(154_321),
                        points.get(177_777));
        assertThat(thinned).isSortedAccordingTo(java.util.Comparator.comparingDouble(Point::x));
        assertThat(chart(points).length()).isLessThan(80_000);
    }

    @Test
    void manyPointsWithIntervalsGetABandAndFewGetErrorBars() {
        List<Point> many = IntStream.range(0, 30)
                .mapToObj(i -> Point.of(i, i, i - 1, i + 1))
                .toList();
        assertThat(chart(many)).contains("class=\"band\"").doesNotContain("class=\"error\"");
        assertThat(chart(many.subList(0, 4))).contains("class=\"error\"").doesNotContain("class=\"band\"");
    }

    @Test
    void pointingAtAChartReadsItsValues() {
        assertThat(chart(Point.of(0, 0.25), Point.of(10, 0.5, 0.4, 0.6)))
                .contains("<title>x 10\ns: 0.500 (0.400 to 0.600)</title>");
    }

    @Test
    void aBinIsTheMeanOfItsPointsWithItsInterval() {
        // 1 and 2: mean 1.5, sample variance 0.5, over 2 points: a standard error of 0.5.
        List<Point> points = List.of(
                Point.of(5, 20), Point.of(4, 10), Point.of(1, 1), Point.of(2, 2), Point.of(3, NAN), Point.of(3, 3));
        List<Point> bins = Series.binned("s", points, 2).points();
        assertThat(bins).hasSize(2);
        assertThat(bins.get(0).y()).isEqualTo(1.5);
        assertThat(bins.get(0).high()).isEqualTo(1.5 + 1.959963984540054 * 0.5, within(1e-12));
        assertThat(bins.get(1).x()).isEqualTo(4);
        assertThat(bins.get(1).y()).isEqualTo(11);
        // 3, 10, 20: variance (64 + 1 + 81)/2 = 73, over 3.
        assertThat(bins.get(1).low()).isEqualTo(11 - 1.959963984540054 * Math.sqrt(73 / 3.0), within(1e-12));
        assertThat(Series.binned("s", List.of(), 5).points()).isEmpty();
    }
}
