package org.thurstone.rank.certainty;

import java.util.stream.IntStream;

/** Items that are joined two by two, and the parts that this leaves (Galler and Fischer 1964). */
public final class UnionFind {

    private final int[] parent;
    private int parts;

    /** Every item is a part of its own. */
    public UnionFind(int items) {
        this.parent = IntStream.range(0, items).toArray();
        this.parts = items;
    }

    public void join(int item, int other) {
        int a = root(item);
        int b = root(other);
        if (a != b) {
            parent[a] = b;
            parts--;
        }
    }

    public int parts() {
        return parts;
    }

    /** An item that stands for the part. */
    public int root(int item) {
        int at = item;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
