package org.thurstone.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Files that are nearly like others; the same seed gives the same files. */
final class Mutations {

    private static final int LONGEST = 1 << 16;

    /** What parsers stumble over: brackets, quotes, numbers at the borders of types, control characters, halves of characters. */
    private static final List<byte[]> WORDS = List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "'",
                    "\\",
                    ",",
                    ":",
                    ";",
                    "\n",
                    "\r",
                    "\r\n",
                    "\t",
                    " ",
                    "\u0000",
                    "\uFEFF",
                    "\u2028",
                    "null",
                    "true",
                    "false",
                    "NaN",
                    "-Infinity",
                    "1e999",
                    "-1",
                    "0",
                    "2147483648",
                    "-9223372036854775809",
                    "1e-999",
                    "99999999999999999999",
                    "0.1",
                    "{}",
                    "[]",
                    "[{}]",
                    "\"\"",
                    "\\u0000",
                    "\\ud800",
                    "{{",
                    "}}",
                    "{%",
                    "%}",
                    "{#",
                    "#}",
                    "|",
                    "(",
                    ")",
                    "**",
                    "//",
                    "<<: *a",
                    "&a",
                    "*a",
                    "!!str",
                    "- ",
                    "#",
                    "===",
                    "\\frac{",
                    "}{",
                    "^{",
                    "!",
                    "%",
                    "$",
                    "😀",
                    "�")
            .stream()
            .map(Target::bytes)
            .toList();

    private final SplittableRandom random;
    private final List<byte[]> seeds;

    Mutations(List<byte[]> seeds, long seed) {
        this.random = new SplittableRandom(seed);
        this.seeds = seeds;
    }

    /** A seed after one to eight changes. */
    byte[] next() {
        byte[] file = any();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && file.length <= LONGEST; i++) {
            file = changed(file);
        }
        return file;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] changed(byte[] file) {
        int from = random.nextInt(file.length + 1);
        int to = Math.min(file.length, from + random.nextInt(1 + random.nextInt(64)));
        return switch (random.nextInt(9)) {
            case 0 -> joined(file, 0, from, new byte[0], file, to); // a cut
            case 1 -> Arrays.copyOf(file, from);
            case 2 -> flipped(file, from);
            case 3, 4 -> joined(file, 0, from, WORDS.get(random.nextInt(WORDS.size())), file, to);
            case 5 -> joined(file, 0, to, Arrays.copyOfRange(file, from, to), file, to); // twice
            case 6 -> joined(file, 0, to, repeated(Arrays.copyOfRange(file, from, to)), file, to);
            case 7 -> {
                byte[] other = any();
                yield joined(file, 0, from, new byte[0], other, random.nextInt(other.length + 1));
            }
            default -> joined(file, 0, from, new byte[] {(byte) random.nextInt(256)}, file, from);
        };
    }

    private byte[] flipped(byte[] file, int at) {
        if (at < file.length) {
            file[at] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
    }

    private byte[] repeated(byte[] piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int times = 1 << random.nextInt(12);
        for (int i = 0; i < times && all.size() < LONGEST; i++) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static byte[] joined(byte[] head, int from, int to, byte[] middle, byte[] tail, int at) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head, from, to - from);
        all.writeBytes(middle);
        all.write(tail, at, tail.length - at);
        return all.toByteArray();
    }
}
