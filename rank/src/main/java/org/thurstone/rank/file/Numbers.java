package org.thurstone.rank.file;

import java.util.Arrays;

/** A column of numbers that grows. */
final class Numbers {

    private double[] values = new double[16];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count + (count >> 1));
        }
        values[count++] = value;
    }

    /** Fills up to a size with a value. */
    void fill(int size, double value) {
        while (count < size) {
            add(value);
        }
    }

    double get(int at) {
        return values[at];
    }

    int size() {
        return count;
    }

    double[] toArray() {
        return Arrays.copyOf(values, count);
    }
}
