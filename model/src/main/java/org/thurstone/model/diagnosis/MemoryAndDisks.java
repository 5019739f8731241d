package org.thurstone.model.diagnosis;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.thurstone.tensor.Memory;

/** Java's heap, the machine's memory, and room on disks. */
final class MemoryAndDisks {

    /** The least for libtorch and a small model. */
    private static final long LEAST_MEMORY = 2L << 30;

    private static final long LEAST_HEAP = 256L << 20;

    /** A little more than libtorch takes unpacked. */
    private static final long LEAST_DISK = 1L << 30;

    private MemoryAndDisks() {}

    static Finding heap() {
        long most = Runtime.getRuntime().maxMemory();
        String found = "up to " + Diagnosis.bytes(most) + " for Java; weights lie outside of it";
        return most < LEAST_HEAP
                ? Finding.better("heap", found, "give Java more with THURSTONE_JAVA_OPTIONS=-Xmx1g")
                : Finding.fine("heap", found);
    }

    static Finding memory() {
        String resident = Memory.resident()
                .map(m -> "; this process has " + Diagnosis.bytes(m.bytes()) + ", at most " + Diagnosis.bytes(m.peak())
                        + " so far")
                .orElse("");
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system)) {
            return Finding.fine("memory", "this Java does not report it" + resident);
        }
        long all = system.getTotalMemorySize();
        long free = available(system.getFreeMemorySize());
        String found = Diagnosis.bytes(all) + ", " + Diagnosis.bytes(free) + " available" + resident;
        return free < LEAST_MEMORY
                ? Finding.better(
                        "memory",
                        found,
                        "training needs 16 bytes per parameter, plus the batch: close other programs, or lower"
                                + " training.tokens-per-pass")
                : Finding.fine("memory", found);
    }

    /** Linux does not count its file cache as free, though it is available. */
    private static long available(long otherwise) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise; // not Linux
        }
    }

    static List<Finding> disks() {
        String home = System.getProperty("user.home");
        return List.of(
                disk("cache", Path.of(System.getProperty("org.bytedeco.javacpp.cachedir", home + "/.javacpp/cache"))),
                disk("temporary", Path.of(System.getProperty("java.io.tmpdir"))),
                disk("here", Path.of("").toAbsolutePath()));
    }

    private static Finding disk(String part, Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String found = path + ", " + Diagnosis.bytes(free) + " free";
            if (!Files.isWritable(there)) {
                return Finding.better(part, path + " cannot be written", "choose another place, or ask for permission");
            }
            return free < LEAST_DISK
                    ? Finding.better(part, found, "make room: native libraries and runs need about a gigabyte")
                    : Finding.fine(part, found);
        } catch (IOException e) {
            return Finding.better(part, path + " cannot be inspected: " + Diagnosis.oneLine(e), "check the disk");
        }
    }
}
