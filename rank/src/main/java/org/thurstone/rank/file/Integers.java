package org.thurstone.rank.file;

import java.util.Arrays;

/** A column of whole numbers that grows. */
final class Integers {

    private int[] values = new int[16];
    private int count;

    void add(int value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count + (count >> 1));
        }
        values[count++] = value;
    }

    void fill(int size, int value) {
        while (count < size) {
            add(value);
        }
    }

    int get(int at) {
        return values[at];
    }

    int size() {
        return count;
    }
}
