package org.thurstone.rank.file;

import java.util.Arrays;

/** Which keys of 64 bits were seen; of hashes of ten million things, two are equal by accident once in 300,000 files. */
final class SeenKeys {

    private long[] keys = new long[1 << 10];
    private int count;
    private boolean zero;

    /** Notes a key; false if it was seen before. */
    boolean add(long key) {
        if (key == 0) {
            boolean first = !zero;
            zero = true;
            return first;
        }
        if (2 * count >= keys.length) {
            long[] old = keys;
            keys = new long[2 * old.length];
            Arrays.stream(old).filter(k -> k != 0).forEach(this::put);
        }
        boolean first = put(key);
        count += first ? 1 : 0;
        return first;
    }

    private boolean put(long key) {
        int at = (int) mixed(key) & (keys.length - 1);
        while (keys[at] != 0) {
            if (keys[at] == key) {
                return false;
            }
            at = (at + 1) & (keys.length - 1);
        }
        keys[at] = key;
        return true;
    }

    /** A hash in which every bit depends on every bit (MurmurHash3's finish). */
    static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }
}
