package org.thurstone.train.loss;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The few numbers that some losses carry from batch to batch (a running mean, a running quantile). Losses are records and hold no state;
 * it is kept here, saved with the training state, and left alone while evaluating.
 */
public final class Memory {

    private final Map<String, double[]> numbers;
    private final boolean frozen;
    private double progress;

    public Memory() {
        this(new TreeMap<>(), false, 0);
    }

    private Memory(Map<String, double[]> numbers, boolean frozen, double progress) {
        this.numbers = numbers;
        this.frozen = frozen;
        this.progress = progress;
    }

    /** How far the training is, from 0 at its first step to 1 at its end. */
    public double progress() {
        return progress;
    }

    /** Said by the trainer before each step. */
    public void reach(double newProgress) {
        progress = newProgress;
    }

    /** The state stored under the name of a loss, or {@code size} zeros; {@link #put} stores it. */
    public double[] get(String loss, int size) {
        return get(loss).orElseGet(() -> new double[size]);
    }

    /** The state stored under a name, if there is one. */
    public Optional<double[]> get(String name) {
        return Optional.ofNullable(numbers.get(name)).map(double[]::clone);
    }

    /** Remembers, unless frozen. */
    public void put(String loss, double[] values) {
        if (!frozen) {
            numbers.put(loss, values.clone());
        }
    }

    /** The same numbers, to be read only: what an evaluation is given. */
    public Memory frozen() {
        return new Memory(numbers, true, progress);
    }

    /** Everything, to be saved. */
    public Map<String, double[]> numbers() {
        TreeMap<String, double[]> copy = new TreeMap<>();
        numbers.forEach((name, values) -> copy.put(name, values.clone()));
        return copy;
    }

    public static Memory of(Map<String, double[]> numbers) {
        Memory memory = new Memory();
        numbers.forEach(memory::put);
        return memory;
    }
}
