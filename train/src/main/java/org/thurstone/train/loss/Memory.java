package org.thurstone.train.loss;

import java.util.Map;
import java.util.TreeMap;

/**
 * The few numbers that some losses carry from batch to batch (a running mean, a running quantile). Losses are records and hold no state;
 * it is kept here, saved with the training state, and left alone while evaluating.
 */
public final class Memory {

    private final TreeMap<String, double[]> numbers = new TreeMap<>();
    private boolean frozen;

    /** What is remembered under the name of a loss, or {@code size} zeros; writing is by {@link #put}. */
    public double[] get(String loss, int size) {
        double[] kept = numbers.get(loss);
        return kept == null ? new double[size] : kept.clone();
    }

    /** Remembers, unless frozen. */
    public void put(String loss, double[] values) {
        if (!frozen) {
            numbers.put(loss, values.clone());
        }
    }

    /** The same numbers, never to be changed: what an evaluation is given. */
    public Memory frozenCopy() {
        Memory copy = of(numbers);
        copy.frozen = true;
        return copy;
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
