package org.thurstone.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The instructions that the processor has. */
final class Processor {

    private static final Path FLAGS = Path.of("/proc/cpuinfo");

    private Processor() {}

    /** Whether it multiplies in bfloat16, by the flags that Linux shows; false where they are not shown. */
    static boolean bfloat16() {
        try {
            String flags = Files.readString(FLAGS);
            return flags.contains(" avx512_bf16") || flags.contains(" amx_bf16");
        } catch (IOException e) {
            return false;
        }
    }
}
