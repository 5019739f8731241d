package org.thurstone.cli.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thurstone.data.container.BinaryContainer;

/** All checks, one after the other. */
public final class Checkup {

    /** The Java that everything here is compiled for. */
    private static final int JAVA = 25;

    private Checkup() {}

    /** Looks at everything; loads the native libraries, which can take some seconds the first time. */
    public static List<Finding> findings() {
        return Stream.<Supplier<List<Finding>>>of(
                        () -> List.of(java()),
                        () -> List.of(Room.heap()),
                        NativeMath::findings,
                        () -> List.of(TokenizerLibrary.finding()),
                        () -> List.of(parquet()),
                        () -> List.of(Room.memory()),
                        Room::disks)
                .flatMap(check -> check.get().stream())
                .toList();
    }

    private static Finding java() {
        String found = System.getProperty("java.vm.name") + " " + Runtime.version() + " on "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return Runtime.version().feature() >= JAVA
                ? Finding.fine("java", found)
                : Finding.fails(
                        "java", found, "install a JDK of version " + JAVA + " or newer and set JAVA_HOME to it");
    }

    private static Finding parquet() {
        Optional<BinaryContainer> reader =
                ServiceLoader.load(BinaryContainer.class).findFirst();
        return reader.isPresent()
                ? Finding.fine("parquet", "can be read")
                : Finding.better(
                        "parquet",
                        "cannot be read",
                        "add the dependency org.thurstone:thurstone-parquet if you have such files");
    }

    /** Bytes as people say them. */
    static String bytes(long count) {
        return count >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", count / (double) (1L << 30))
                : count / (1L << 20) + " MiB";
    }

    /** What went wrong, in one line. */
    static String said(Throwable failure) {
        return failure.getClass().getSimpleName() + ": "
                + Optional.ofNullable(failure.getMessage())
                        .flatMap(m -> m.lines().findFirst())
                        .orElse("no message");
    }
}
