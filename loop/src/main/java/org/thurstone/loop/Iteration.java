package org.thurstone.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;
import org.thurstone.loop.run.Seeds;

/**
 * The state of an iteration: the policies so far, the previous iterations, and the outputs of finished stages. Immutable.
 *
 * @param <P> a policy
 */
public final class Iteration<P> {

    private final Arm<P> arm;
    private final int number;
    private final P start;
    private final @Nullable Iteration<P> previous;
    private final Seeds seeds;
    private final Map<Output<?>, Object> outputs;
    private final long begin;

    private Iteration(
            Arm<P> arm,
            int number,
            P start,
            @Nullable Iteration<P> previous,
            Seeds seeds,
            Map<Output<?>, Object> outputs,
            long begin) {
        this.arm = arm;
        this.number = number;
        this.start = start;
        this.previous = previous;
        this.seeds = seeds;
        this.outputs = outputs;
        this.begin = begin;
    }

    /** The first one of an arm. */
    static <P> Iteration<P> first(Arm<P> arm, P start, Seeds seeds) {
        return new Iteration<>(arm, 1, start, null, seeds, Map.of(), System.nanoTime());
    }

    Iteration<P> next() {
        return new Iteration<>(arm, number + 1, start, this, seeds, Map.of(), System.nanoTime());
    }

    /** The number of the iteration, from 1. */
    public int number() {
        return number;
    }

    /** The directory of its outputs, with a slash at its end ({@code iteration-2/}, {@code baselines/1/iteration-2/}) or empty. */
    public String directory() {
        return arm.numbered() ? arm.directory() + stream() : arm.directory();
    }

    /** The policy that the arm started from. */
    public P start() {
        return start;
    }

    /** The policy that this iteration starts from. */
    public P current() {
        return previous == null ? start : arm.policy().apply(previous);
    }

    /** The policies so far: the start, and what each earlier iteration ended with. */
    public List<P> iterates() {
        List<P> iterates = new ArrayList<>(List.of(start));
        before().forEach(i -> iterates.add(arm.policy().apply(i)));
        return iterates;
    }

    /** The earlier iterations, the first one first. */
    public List<Iteration<P>> before() {
        List<Iteration<P>> before = new ArrayList<>();
        for (Iteration<P> i = previous; i != null; i = i.previous) {
            before.add(i);
        }
        return before.reversed();
    }

    public Optional<Iteration<P>> previous() {
        return Optional.ofNullable(previous);
    }

    /** The output of an earlier stage of this iteration. @throws IllegalStateException if no stage has computed it */
    public <T> T get(Output<T> output) {
        return find(output)
                .orElseThrow(() -> new IllegalStateException("iteration " + number + " has no " + output.name()
                        + " yet: a stage that makes it has to come before"));
    }

    @SuppressWarnings("unchecked") // with() takes only values of the output's type
    public <T> Optional<T> find(Output<T> output) {
        return Optional.ofNullable((T) outputs.get(output));
    }

    /** The iteration with the output of one more stage. */
    public <T> Iteration<P> with(Output<T> output, T value) {
        Map<Output<?>, Object> more = new LinkedHashMap<>(outputs);
        more.put(output, value);
        return new Iteration<>(arm, number, start, previous, seeds, more, begin);
    }

    /** Randomness of a name, the same in every arm, so that arms differ by what they do alone. */
    public SplittableGenerator random(String name) {
        return seeds.of(stream() + name);
    }

    /** The seed of a named stream of this iteration, as a number. */
    public long seed(String name) {
        return seeds.number(stream() + name);
    }

    /** Since this process began the iteration, in seconds; shorter than the iteration itself where a run was resumed. */
    public double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    private String stream() {
        return "iteration-" + number + "/";
    }
}
