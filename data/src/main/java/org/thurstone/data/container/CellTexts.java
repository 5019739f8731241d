package org.thurstone.data.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the distinct texts of cells in the order in which they are met. A text that is known is found by its bytes, without making a string of
 * them: files have few distinct names and very many rows.
 */
public final class CellTexts {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FREE = -1;

    private final List<String> texts = new ArrayList<>();
    private byte[] bytes = new byte[1 << 12];
    private int[] ends = new int[1 << 8];
    private long[] hashes = new long[1 << 8];
    private int[] slots = free(1 << 9);

    private static int[] free(int size) {
        int[] slots = new int[size];
        Arrays.fill(slots, FREE);
        return slots;
    }

    /** The number of distinct texts so far. */
    public int size() {
        return texts.size();
    }

    /** The text with a number. */
    public String text(int number) {
        return texts.get(number);
    }

    /**
     * The number of a text.
     *
     * @param in holds the text as UTF-8, and eight more bytes of any kind
     * @throws CharacterCodingException if it is new and not UTF-8
     */
    int of(byte[] in, int from, int to) throws CharacterCodingException {
        long hash = hash(in, from, to);
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != FREE) {
            int number = slots[slot];
            if (hashes[number] == hash && equal(number, in, from, to)) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = add(in, from, to, hash);
        if (2 * size() > slots.length) {
            grow();
        }
        return size() - 1;
    }

    private static long hash(byte[] in, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) WORD.get(in, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        if (at < to) {
            long rest = (long) WORD.get(in, at) & ((1L << (8 * (to - at))) - 1);
            hash = (hash ^ rest) * 0x9E3779B97F4A7C15L;
        }
        hash ^= hash >>> 32;
        return hash * 0xD1B54A32D192ED03L;
    }

    private boolean equal(int number, byte[] in, int from, int to) {
        int start = number == 0 ? 0 : ends[number - 1];
        return Arrays.equals(bytes, start, ends[number], in, from, to);
    }

    private int add(byte[] in, int from, int to, long hash) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(in, from, to - from))
                .toString();
        int number = size();
        int start = number == 0 ? 0 : ends[number - 1];
        if (number == ends.length) {
            ends = Arrays.copyOf(ends, 2 * number);
            hashes = Arrays.copyOf(hashes, 2 * number);
        }
        if (start + to - from > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, start + to - from));
        }
        System.arraycopy(in, from, bytes, start, to - from);
        ends[number] = start + to - from;
        hashes[number] = hash;
        texts.add(text);
        return number;
    }

    private void grow() {
        slots = free(2 * slots.length);
        for (int number = 0; number < size(); number++) {
            int slot = (int) (hashes[number] >>> 32) & (slots.length - 1);
            while (slots[slot] != FREE) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number;
        }
    }
}
