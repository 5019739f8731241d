package org.thurstone.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch, once, with settings that matter for speed.
 *
 * <p>libtorch brings OpenMP threads, OpenBLAS brings its own; each kind spins while it waits and starves the other. Left alone, a training
 * step takes several times as long as Python's. So before any native library is loaded, waiting is made passive, and an OpenMP build of
 * OpenBLAS, which shares libtorch's threads, is preferred where the system has one. {@link #report()} says what was found.
 */
public final class Torch {

    /** Parameters below which one thread is as fast as two: measured at 0.5 and 14 million. */
    private static final long SMALL = 4_000_000;

    private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    private static final List<Path> OPENMP_BLAS = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblas.so.0"),
            Path.of("/usr/lib64/libopenblaso.so.0"),
            Path.of("/usr/lib/aarch64-linux-gnu/openblas-openmp/libopenblas.so.0"));

    /**
     * The findings of the native library's start, for {@code doctor}.
     *
     * @param bfloat16 whether the processor has products in bfloat16; without, they take many times as long as those in float32
     */
    public record Report(
            String version,
            int threads,
            Optional<Path> systemBlas,
            boolean passiveWaits,
            int cudaDevices,
            boolean bfloat16) {}

    private static final class Holder {
        static final Report REPORT = boot();
    }

    private Torch() {}

    /** Loads the native libraries unless they are already there. */
    public static void load() {
        report();
    }

    public static Report report() {
        return Holder.REPORT;
    }

    /** Threads that one operation may use; the number of processors by default, or {@code THURSTONE_THREADS}. */
    public static void threads(int count) {
        load();
        setThreads(count);
    }

    /** libtorch's threads, and those of OpenBLAS, which keeps its own and spins while it waits for them. */
    private static void setThreads(int count) {
        torch.set_num_threads(count);
        SymbolLookup.loaderLookup().find("openblas_set_num_threads").ifPresent(function -> {
            try {
                Linker.nativeLinker()
                        .downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                        .invokeExact(count);
            } catch (Throwable e) {
                throw new IllegalStateException("openblas_set_num_threads", e);
            }
        });
    }

    /**
     * Gives a model as many threads as are of use to it. The products of a small one are done before a second thread has woken up: alone it
     * gains nothing, and next to another busy process each wait for the second thread costs many times the work itself. So its operations
     * have one thread each, and {@link Workers} compute side by side what is independent.
     *
     * @param parameters numbers that the model is made of
     */
    public static void tuneThreads(long parameters) {
        int all = report().threads;
        boolean small = parameters < SMALL;
        threads(small ? 1 : all);
        Workers.count(small ? all : 1);
    }

    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    static int cudaDevices() {
        return report().cudaDevices;
    }

    private static Report boot() {
        // JavaCPP would look up the process's memory for every tensor that is made, which takes as long as a small
        // operation; scopes close what it is meant to find.
        if (System.getProperty(MEMORY_LIMIT) == null) {
            System.setProperty(MEMORY_LIMIT, "0");
        }
        boolean passive = System.getenv("OMP_WAIT_POLICY") != null || setenv("OMP_WAIT_POLICY", "PASSIVE");
        Optional<Path> blas = OPENMP_BLAS.stream()
                .filter(Files::isReadable)
                .filter(Torch::loadLibrary)
                .findFirst();
        Loader.load(org.bytedeco.pytorch.global.torch.class);
        String wanted = System.getenv("THURSTONE_THREADS");
        int threads = wanted == null ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(wanted.strip());
        setThreads(threads);
        int devices = torch.hasCUDA() ? (int) torch.cuda_device_count() : 0;
        return new Report(libraryVersion(), threads, blas, passive, devices, Processor.bfloat16());
    }

    private static String libraryVersion() {
        String version = org.bytedeco.pytorch.global.torch.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static boolean loadLibrary(Path library) {
        try {
            System.load(library.toString());
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false; // an optional speed-up: the bundled library takes its place, and the report says so
        }
    }

    /** Java cannot change its own environment; libgomp reads it when it is loaded, so it is set from outside Java. */
    private static boolean setenv(String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            Optional<MemorySegment> function = linker.defaultLookup().find("setenv");
            if (function.isEmpty()) {
                return false;
            }
            return (int) linker.downcallHandle(
                                    function.get(),
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.JAVA_INT))
                            .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0)
                    == 0;
        } catch (Throwable e) {
            return false;
        }
    }
}
