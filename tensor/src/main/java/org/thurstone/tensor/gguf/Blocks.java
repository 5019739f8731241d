package org.thurstone.tensor.gguf;

/**
 * The blocks of each storage type, as ggml lays them out: little-endian; of two four-bit numbers in a byte, the low one is of the first half of a
 * run. Each method unpacks one block at {@code at} of {@code in}, to {@code to} from {@code index} on, with the operations in ggml's order, so that
 * results are equal to the last bit.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>
 */
final class Blocks {

    /** The sixteen values of the non-linear four-bit types. */
    private static final byte[] NON_LINEAR = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    private Blocks() {}

    private static int unsigned(byte[] in, int at) {
        return in[at] & 0xFF;
    }

    private static int integer16(byte[] in, int at) {
        return unsigned(in, at) | (unsigned(in, at + 1) << 8);
    }

    private static int integer32(byte[] in, int at) {
        return integer16(in, at) | (integer16(in, at + 2) << 16);
    }

    private static float half(byte[] in, int at) {
        return Float.float16ToFloat((short) integer16(in, at));
    }

    static void f32(byte[] in, int at, float[] to, int index) {
        to[index] = Float.intBitsToFloat(integer32(in, at));
    }

    static void f16(byte[] in, int at, float[] to, int index) {
        to[index] = half(in, at);
    }

    static void bf16(byte[] in, int at, float[] to, int index) {
        to[index] = Float.intBitsToFloat(integer16(in, at) << 16);
    }

    static void q4From0(byte[] in, int at, float[] to, int index) {
        float scale = half(in, at);
        for (int k = 0; k < 16; k++) {
            int two = unsigned(in, at + 2 + k);
            to[index + k] = ((two & 0xF) - 8) * scale;
            to[index + 16 + k] = ((two >> 4) - 8) * scale;
        }
    }

    static void q4From1(byte[] in, int at, float[] to, int index) {
        float scale = half(in, at);
        float least = half(in, at + 2);
        for (int k = 0; k < 16; k++) {
            int two = unsigned(in, at + 4 + k);
            to[index + k] = (two & 0xF) * scale + least;
            to[index + 16 + k] = (two >> 4) * scale + least;
        }
    }

    static void q5From0(byte[] in, int at, float[] to, int index) {
        float scale = half(in, at);
        int fifth = integer32(in, at + 2);
        for (int k = 0; k < 16; k++) {
            int two = unsigned(in, at + 6 + k);
            to[index + k] = (((two & 0xF) | ((fifth >>> k) << 4 & 0x10)) - 16) * scale;
            to[index + 16 + k] = (((two >> 4) | (fifth >>> (k + 12) & 0x10)) - 16) * scale;
        }
    }

    static void q5From1(byte[] in, int at, float[] to, int index) {
        float scale = half(in, at);
        float least = half(in, at + 2);
        int fifth = integer32(in, at + 4);
        for (int k = 0; k < 16; k++) {
            int two = unsigned(in, at + 8 + k);
            to[index + k] = ((two & 0xF) | ((fifth >>> k) << 4 & 0x10)) * scale + least;
            to[index + 16 + k] = ((two >> 4) | (fifth >>> (k + 12) & 0x10)) * scale + least;
        }
    }

    static void q8(byte[] in, int at, float[] to, int index) {
        float scale = half(in, at);
        for (int k = 0; k < 32; k++) {
            to[index + k] = in[at + 2 + k] * scale;
        }
    }

    /** Sixteen scales and minima of four bits each, 64 bytes of two-bit numbers, and the two scales of those. */
    static void q2(byte[] in, int at, float[] to, int index) {
        float scales = half(in, at + 80);
        float minima = half(in, at + 82);
        int next = index;
        int run = 0;
        for (int half = 0; half < 2; half++) {
            int bits = at + 16 + 32 * half;
            for (int shift = 0; shift < 8; shift += 2) {
                for (int side = 0; side < 32; side += 16) {
                    int both = unsigned(in, at + run++);
                    float scale = scales * (both & 0xF);
                    float least = minima * (both >> 4);
                    for (int k = 0; k < 16; k++) {
                        to[next++] = scale * (unsigned(in, bits + side + k) >> shift & 3) - least;
                    }
                }
            }
        }
    }

    /** 32 bytes of third bits, 64 bytes of two-bit numbers, sixteen scales of six bits in twelve bytes, and the scale of those. */
    static void q3(byte[] in, int at, float[] to, int index) {
        float scales = half(in, at + 108);
        int next = index;
        int run = 0;
        for (int half = 0; half < 2; half++) {
            int bits = at + 32 + 32 * half;
            for (int pair = 0; pair < 4; pair++) {
                int third = 1 << (4 * half + pair);
                for (int side = 0; side < 32; side += 16) {
                    float scale = scales * (scaleOfSix(in, at + 96, run++) - 32);
                    for (int k = 0; k < 16; k++) {
                        int low = unsigned(in, bits + side + k) >> (2 * pair) & 3;
                        to[next++] = scale * (low - ((unsigned(in, at + side + k) & third) == 0 ? 4 : 0));
                    }
                }
            }
        }
    }

    /** One of sixteen six-bit scales: four low bits in the first eight bytes, two high bits in the last four. */
    private static int scaleOfSix(byte[] in, int at, int which) {
        int low = unsigned(in, at + which % 8) >> (which < 8 ? 0 : 4) & 0xF;
        int high = unsigned(in, at + 8 + which % 4) >> (2 * (which / 4)) & 3;
        return low | (high << 4);
    }

    static void q4(byte[] in, int at, float[] to, int index) {
        float scales = half(in, at);
        float minima = half(in, at + 2);
        for (int run = 0; run < 8; run++) {
            float scale = scales * scale(in, at + 4, run);
            float least = minima * minimum(in, at + 4, run);
            int bits = at + 16 + 32 * (run / 2);
            int shift = 4 * (run % 2);
            for (int k = 0; k < 32; k++) {
                to[index + 32 * run + k] = scale * (unsigned(in, bits + k) >> shift & 0xF) - least;
            }
        }
    }

    static void q5(byte[] in, int at, float[] to, int index) {
        float scales = half(in, at);
        float minima = half(in, at + 2);
        for (int run = 0; run < 8; run++) {
            float scale = scales * scale(in, at + 4, run);
            float least = minima * minimum(in, at + 4, run);
            int bits = at + 48 + 32 * (run / 2);
            int shift = 4 * (run % 2);
            for (int k = 0; k < 32; k++) {
                int fifth = unsigned(in, at + 16 + k) >> run & 1;
                to[index + 32 * run + k] = scale * ((unsigned(in, bits + k) >> shift & 0xF) + 16 * fifth) - least;
            }
        }
    }

    /** One of eight six-bit scales, which lie with eight minima in twelve bytes. */
    private static int scale(byte[] in, int at, int which) {
        return which < 4
                ? unsigned(in, at + which) & 63
                : (unsigned(in, at + which + 4) & 0xF) | (unsigned(in, at + which - 4) >> 6 << 4);
    }

    private static int minimum(byte[] in, int at, int which) {
        return which < 4
                ? unsigned(in, at + which + 4) & 63
                : (unsigned(in, at + which + 4) >> 4) | (unsigned(in, at + which) >> 6 << 4);
    }

    /** 128 bytes of low bits, 64 of high ones, sixteen scales of a byte, and the scale of those. */
    static void q6(byte[] in, int at, float[] to, int index) {
        float scales = half(in, at + 208);
        for (int half = 0; half < 2; half++) {
            int low = at + 64 * half;
            int high = at + 128 + 32 * half;
            for (int run = 0; run < 4; run++) {
                for (int k = 0; k < 32; k++) {
                    int four = unsigned(in, low + 32 * (run % 2) + k) >> (4 * (run / 2)) & 0xF;
                    int two = unsigned(in, high + k) >> (2 * run) & 3;
                    float scale = scales * in[at + 192 + 8 * half + 2 * run + k / 16];
                    to[index + 128 * half + 32 * run + k] = scale * ((four | (two << 4)) - 32);
                }
            }
        }
    }

    static void iq4(byte[] in, int at, float[] to, int index) {
        float scale = half(in, at);
        for (int k = 0; k < 16; k++) {
            int two = unsigned(in, at + 2 + k);
            to[index + k] = scale * NON_LINEAR[two & 0xF];
            to[index + 16 + k] = scale * NON_LINEAR[two >> 4];
        }
    }

    static void iq4Small(byte[] in, int at, float[] to, int index) {
        float scales = half(in, at);
        int high = integer16(in, at + 2);
        for (int run = 0; run < 8; run++) {
            int six = (unsigned(in, at + 4 + run / 2) >> (4 * (run % 2)) & 0xF) | ((high >> (2 * run) & 3) << 4);
            float scale = scales * (six - 32);
            for (int k = 0; k < 16; k++) {
                int two = unsigned(in, at + 8 + 16 * run + k);
                to[index + 32 * run + k] = scale * NON_LINEAR[two & 0xF];
                to[index + 32 * run + 16 + k] = scale * NON_LINEAR[two >> 4];
            }
        }
    }
}
