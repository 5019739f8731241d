package org.thurstone.rank.pairs;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Tally;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.certainty.Bootstrap;
import org.thurstone.rank.linear.Cholesky;

/** What a fit spends its time on: counting, the likelihood with its derivatives, the factoring, and a draw of a bootstrap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FitBenchmark {

    @Param({"100", "1000"})
    int items;

    /** Twenty for each pair of a hundred items. */
    private static final int BATTLES = 100_000;

    private int[] left;
    private int[] right;
    private Tally tally;
    private PairFit plain;
    private PairFit davidson;
    private double[][] information;

    @Setup
    public void battles() {
        SplittableRandom random = new SplittableRandom(1);
        left = new int[BATTLES];
        right = new int[BATTLES];
        for (int k = 0; k < BATTLES; k++) {
            left[k] = random.nextInt(items);
            right[k] = (left[k] + 1 + random.nextInt(items - 1)) % items;
        }
        tally = count();
        plain = fitted(BradleyTerry.PLAIN);
        davidson = fitted(BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON));
        information = PairNewton.held(
                plain.likelihood().at(plain.parameters()).information(), plain.likelihood(), plain.groups());
    }

    private PairFit fitted(BradleyTerry model) {
        return model.model("benchmark").fit(Cells.of(tally, false, Double.POSITIVE_INFINITY));
    }

    @Benchmark
    public Tally count() {
        TallyCounter counter = new TallyCounter();
        for (int i = 0; i < items; i++) {
            counter.item("item " + i);
        }
        for (int k = 0; k < BATTLES; k++) {
            counter.add(left[k], right[k], k % 10 == 0 ? Outcome.TIE : k % 3 == 0 ? Outcome.LEFT : Outcome.RIGHT, 1);
        }
        return counter.tally();
    }

    @Benchmark
    public Object likelihood() {
        return plain.likelihood().at(plain.parameters());
    }

    @Benchmark
    public Object likelihoodWithTies() {
        return davidson.likelihood().at(davidson.parameters());
    }

    @Benchmark
    public Cholesky factor() {
        return Cholesky.of(information);
    }

    @Benchmark
    public double[][] sandwich() {
        return PairIntervals.covariance(plain, true);
    }

    /** Drawing alone: a rating costs nothing here. */
    @Benchmark
    public double[][] draw() {
        Inference one = Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(1);
        return Bootstrap.draws(tally, one, true, (drawn, random) -> new double[0]);
    }
}
