package org.thurstone.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The memory of this process, native memory included, which the JVM's own figures leave out.
 *
 * @param bytes in main memory now
 * @param peak the most there ever were
 */
public record Memory(long bytes, long peak) {

    /** Empty where the system does not tell. */
    public static Optional<Memory> resident() {
        long resident = -1;
        long peak = -1;
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    resident = kibibytes(line);
                } else if (line.startsWith("VmHWM:")) {
                    peak = kibibytes(line);
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // no Linux: the figure is not available
        }
        return resident < 0 || peak < 0 ? Optional.empty() : Optional.of(new Memory(resident, peak));
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
}
