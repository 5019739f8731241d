package org.thurstone.model.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thurstone.data.container.BinaryContainer;

/**
 * The state of this machine.
 *
 * @param well whether everything that is needed works
 * @param findings one per part, in the order of the checks
 */
public record Diagnosis(boolean well, List<Finding> findings) {

    /** The Java that everything here is compiled for. */
    private static final int JAVA = 25;

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    public static Diagnosis of(List<Finding> findings) {
        return new Diagnosis(findings.stream().noneMatch(f -> f.state() == Finding.State.FAILS), findings);
    }

    /** Runs all checks; loads the native libraries, which can take some seconds the first time. */
    public static Diagnosis make() {
        return of(Stream.<Supplier<List<Finding>>>of(
                        () -> List.of(java()),
                        () -> List.of(MemoryAndDisks.heap()),
                        NativeMath::findings,
                        () -> List.of(TokenizerLibrary.finding()),
                        () -> List.of(parquet()),
                        () -> List.of(MemoryAndDisks.memory()),
                        MemoryAndDisks::disks)
                .flatMap(check -> check.get().stream())
                .toList());
    }

    /** One line per part, followed by its advice. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding f : findings) {
            String mark = switch (f.state()) {
                case FINE -> "ok  ";
                case COULD_BE_BETTER -> "hint";
                case FAILS -> "FAIL";
            };
            text.append(String.format(Locale.ROOT, "%s  %-11s %s\n", mark, f.part(), f.found()));
            f.advice().ifPresent(advice -> text.append(String.format(Locale.ROOT, "%18s→ %s\n", "", advice)));
        }
        return text.toString();
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

    /** Bytes in words: {@code 1.5 GiB}, {@code 300 MiB}. */
    static String bytes(long count) {
        return count >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", count / (double) (1L << 30))
                : count / (1L << 20) + " MiB";
    }

    /** An exception in one line. */
    static String oneLine(Throwable failure) {
        return failure.getClass().getSimpleName() + ": "
                + Optional.ofNullable(failure.getMessage())
                        .flatMap(m -> m.lines().findFirst())
                        .orElse("no message");
    }
}
