package org.thurstone.data.inspect;

import java.util.HashMap;
import java.util.Map;

/**
 * Estimates the number of distinct values in a stream, and how often each occurs, in constant memory. Values are represented by 64-bit hashes.
 * While they fit, all are kept and the counts are exact (but for a collision of hashes); then only those are kept whose hash ends in a
 * zero bit, then two, and so on, and each stands for 2, 4, … (Wegman's adaptive sampling; with 2^17 to 2^18 kept, a standard error of
 * about 0.3 %).
 */
final class Seen {

    private static final int ROOM = 1 << 18;

    /** The number of occurrences of an item, and its marks. */
    private record Note(int count, int marks) {}

    private final Map<Long, Note> kept = new HashMap<>();
    private int level;

    /** Notes that a thing came, with a mark (a bit) or 0. */
    void add(long hash, int mark) {
        if (!keeps(hash)) {
            return;
        }
        kept.merge(hash, new Note(1, mark), (a, b) -> new Note(a.count() + 1, a.marks() | b.marks()));
        while (kept.size() > ROOM) {
            level++;
            kept.keySet().removeIf(other -> !keeps(other));
        }
    }

    private boolean keeps(long hash) {
        return Long.numberOfTrailingZeros(hash) >= level;
    }

    /** The number of distinct values. */
    long distinct() {
        return (long) kept.size() << level;
    }

    /** The number of values that had occurred before. */
    long repeats() {
        return kept.values().stream().mapToLong(note -> note.count() - 1).sum() << level;
    }

    /** How many things were given all of these marks, on one occasion or another. */
    long marked(int marks) {
        return kept.values().stream()
                        .filter(note -> (note.marks() & marks) == marks)
                        .count()
                << level;
    }

    boolean exact() {
        return level == 0;
    }

    /** A hash whose every bit depends on every character (FNV-1a over both, then MurmurHash3's finish). */
    static long hash(String... parts) {
        long hash = 0xcbf29ce484222325L;
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            // An end that is not a character, so that "ab","c" is not "a","bc".
            hash = (hash ^ 0x10000) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
