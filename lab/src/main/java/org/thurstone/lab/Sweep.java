package org.thurstone.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;

/**
 * One figure per arm, per value of an axis, and per seed. The first value that is added for an arm at a place is that of the first
 * seed, and so on, so that arms are compared seed by seed.
 *
 * <pre>{@code
 * Sweep reward = Sweep.along(0.1, 0.3, 1);
 * trial.each(10, "worlds", random -> reward.add("dpo", 0, learned(random)));
 * reward.at("dpo", 0);                // the mean over seeds with its interval
 * reward.better("ipo", "dpo");        // whether the difference is above 0 at each place
 * }</pre>
 */
public final class Sweep {

    private final double[] places;
    /** By arm and place, a value per seed. */
    private final SequencedMap<String, List<List<Double>>> arms = new LinkedHashMap<>();

    private Sweep(double[] places) {
        this.places = places.clone();
    }

    /** At these places, in this order. */
    public static Sweep along(double... places) {
        return new Sweep(places);
    }

    /** At 0, 1, …, so many places. */
    public static Sweep counting(int places) {
        return new Sweep(IntStream.range(0, places).asDoubleStream().toArray());
    }

    /** At one place, for figures at the end. */
    public static Sweep once() {
        return new Sweep(new double[1]);
    }

    /** The work at a point of the sweep. */
    @FunctionalInterface
    public interface AtPlace {
        void at(int index, double place);
    }

    /** Does something at each place, in order. */
    public void each(AtPlace once) {
        for (int k = 0; k < places.length; k++) {
            once.at(k, places[k]);
        }
    }

    /** Values of further seeds at a place. */
    public void add(String arm, int place, double... seeds) {
        if (seeds.length == 0) {
            throw new IllegalArgumentException(arm + " is added at place " + place + " without values");
        }
        List<List<Double>> of = arms.computeIfAbsent(
                arm,
                a -> Arrays.stream(places)
                        .<List<Double>>mapToObj(p -> new ArrayList<>())
                        .toList());
        Arrays.stream(seeds).forEach(of.get(place)::add);
    }

    /** The values of a further seed at all places; where there is one place, it is a value. */
    public void add(String arm, double... course) {
        if (course.length != places.length) {
            throw new IllegalArgumentException(course.length + " values for " + places.length + " places");
        }
        for (int k = 0; k < course.length; k++) {
            add(arm, k, course[k]);
        }
    }

    /** In the order in which they were first added. */
    public List<String> arms() {
        return List.copyOf(arms.keySet());
    }

    public int last() {
        return places.length - 1;
    }

    /**
     * A value per seed.
     *
     * @throws IllegalArgumentException if there is no such arm, or none of its values at the place
     */
    public double[] values(String arm, int place) {
        List<List<Double>> of = arms.get(arm);
        if (of == null) {
            throw new IllegalArgumentException("no \"" + arm + "\" among " + arms.keySet());
        }
        if (of.get(place).isEmpty()) {
            throw new IllegalArgumentException("\"" + arm + "\" has no value at " + places[place]);
        }
        return of.get(place).stream().mapToDouble(v -> v).toArray();
    }

    /** At the last place. */
    public double[] values(String arm) {
        return values(arm, last());
    }

    /** The mean over seeds. */
    public Measured at(String arm, int place) {
        return Measured.of(values(arm, place));
    }

    /** The same at the first place. */
    public Measured start(String arm) {
        return at(arm, 0);
    }

    /** The same at the last place. */
    public Measured end(String arm) {
        return at(arm, last());
    }

    /** One seed's values at all places. */
    public double[] course(String arm, int seed) {
        return IntStream.range(0, places.length)
                .mapToDouble(k -> values(arm, k)[seed])
                .toArray();
    }

    /** The place, by its index, where an arm's mean is largest. */
    public int best(String arm) {
        return IntStream.range(0, places.length)
                .reduce((k, next) -> at(arm, next).mean() > at(arm, k).mean() ? next : k)
                .orElseThrow();
    }

    /** How much more an arm has at the last place than at the first, seed by seed. */
    public Measured gain(String arm) {
        return Measured.difference(values(arm), values(arm, 0));
    }

    /** The same for each arm, by seed. */
    public Sweep gains() {
        return fold(course -> course[course.length - 1] - course[0]);
    }

    /** One figure per seed of each arm, from its values at all places: its least one, say. */
    public Sweep fold(ToDoubleFunction<double[]> course) {
        Sweep folded = once();
        arms.forEach((arm, of) -> {
            for (int s = 0; s < of.getFirst().size(); s++) {
                folded.add(arm, course.applyAsDouble(course(arm, s)));
            }
        });
        return folded;
    }

    /** One arm minus another, seed by seed. */
    public Measured difference(String arm, String other, int place) {
        return Measured.difference(values(arm, place), values(other, place));
    }

    /** Whether an arm has more than another at a place, beyond chance. */
    public boolean better(String arm, String other, int place) {
        return difference(arm, other, place).above(0);
    }

    /** The same at each place. */
    public boolean better(String arm, String other) {
        return everywhere(k -> better(arm, other, k));
    }

    /** Whether an arm has less than another at a place, beyond chance. */
    public boolean less(String arm, String other, int place) {
        return difference(arm, other, place).below(0);
    }

    /** The same at each place. */
    public boolean less(String arm, String other) {
        return everywhere(k -> less(arm, other, k));
    }

    /** Whether an arm's mean grows from place to place. */
    public boolean grows(String arm) {
        return everywhere(k -> k == 0 || at(arm, k).mean() > at(arm, k - 1).mean());
    }

    /** Whether something is so at each place, by its index. */
    public boolean everywhere(IntPredicate holds) {
        return IntStream.range(0, places.length).allMatch(holds);
    }

    /** Each value by a function, such as its logarithm. */
    public Sweep map(DoubleUnaryOperator function) {
        Sweep mapped = new Sweep(places);
        arms.forEach((arm, of) -> {
            for (int k = 0; k < places.length; k++) {
                mapped.add(arm, k, Arrays.stream(values(arm, k)).map(function).toArray());
            }
        });
        return mapped;
    }

    /** These arms alone, in this order. */
    public Sweep of(String... wanted) {
        Sweep some = new Sweep(places);
        for (String arm : wanted) {
            if (some.arms.containsKey(arm)) {
                throw new IllegalArgumentException("\"" + arm + "\" is named twice");
            }
            for (int k = 0; k < places.length; k++) {
                some.add(arm, k, values(arm, k));
            }
        }
        return some;
    }

    /** The same along another scale, such as logarithms of places. */
    public Sweep scaled(DoubleUnaryOperator scale) {
        Sweep other = new Sweep(Arrays.stream(places).map(scale).toArray());
        other.arms.putAll(arms);
        return other;
    }

    /** By seed the power p in y ∝ x^p, fitted over places. */
    public Sweep powers() {
        return fold(course -> Slope.power(places, course));
    }

    /** By seed the slope of a straight line, fitted over places. */
    public Sweep slopes() {
        return fold(course -> Slope.of(places, course));
    }

    /** An arm's values at all places, as a row. */
    public Figures.Row row(String name, String arm) {
        return new Figures.Row(
                name,
                IntStream.range(0, places.length).mapToObj(k -> at(arm, k)).toList());
    }

    /**
     * A row for each place, a column for each arm.
     *
     * @param row the name of a place
     */
    public Figures table(String title, String corner, int decimals, DoubleFunction<String> row) {
        return Figures.of(title, corner, decimals, arms().toArray(String[]::new))
                .rows(places.length, k -> row(row.apply(places[k]), k));
    }

    /** The values of all arms at a place, as a row. */
    public Figures.Row row(String name, int place) {
        return new Figures.Row(name, arms().stream().map(arm -> at(arm, place)).toList());
    }

    /** An arm's values along the axis. */
    public List<Point> points(String arm) {
        return IntStream.range(0, places.length)
                .mapToObj(k -> at(arm, k).at(places[k]))
                .toList();
    }

    /** A line for each arm with its band over seeds; the first is what the chart is about, the others are dashed. */
    public Lines curve(String title, String caption, Axis x, Axis y) {
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        arms.forEach((arm, of) -> lines.put(
                arm,
                IntStream.range(0, of.getFirst().size())
                        .mapToObj(s -> course(arm, s))
                        .toArray(double[][]::new)));
        return Curves.of(title, caption, x, y, places, lines);
    }

    /** The same with plain axes. */
    public Lines curve(String title, String caption, String x, String y) {
        return curve(title, caption, Axis.of(x), Axis.of(y));
    }
}
