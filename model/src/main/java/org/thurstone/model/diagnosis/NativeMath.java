package org.thurstone.model.diagnosis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.Torch;

/** libtorch, the BLAS it uses, its threads and devices. */
final class NativeMath {

    private static final int SIZE = 512;
    private static final int ROUNDS = 5;
    private static final String INSTALL_BLAS =
            "an OpenMP build of OpenBLAS makes training faster: apt-get install libopenblas0-openmp (Fedora: dnf install openblas-openmp)";

    private NativeMath() {}

    static List<Finding> findings() {
        Torch.Report report;
        try {
            report = Torch.report();
            multiply();
        } catch (Throwable e) { // a library that cannot be linked is an Error, and is what this is here to tell
            return List.of(Finding.fails(
                    "libtorch",
                    "cannot be loaded: " + Diagnosis.oneLine(e),
                    "Thurstone's native libraries are for linux-x86_64 with glibc 2.28 or newer; check whether"
                            + " the home directory has room for the unpacked libraries, or set"
                            + " org.bytedeco.javacpp.cachedir to a directory with enough space"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fine("libtorch", report.version()));
        findings.add(
                report.systemBlas().isPresent()
                        ? Finding.fine("blas", report.systemBlas().get() + ", " + speed())
                        : Finding.better("blas", "the bundled one (own threads), " + speed(), INSTALL_BLAS));
        findings.add(Finding.fine(
                "bfloat16",
                report.bfloat16() ? "products by the processor" : "no products by the processor: float32 is used"));
        findings.add(threads(report));
        findings.add(devices(report));
        return findings;
    }

    /** Multiplies two matrices whose product is known. */
    private static void multiply() {
        try (Scope scope = Scope.open()) {
            double[] product = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2)
                    .matmul(Tensor.of(new float[] {5, 6, 7, 8}, 2, 2))
                    .toDoubles();
            if (!Arrays.equals(product, new double[] {19, 22, 43, 50})) {
                throw new IllegalStateException("[1 2; 3 4]·[5 6; 7 8] came out as " + Arrays.toString(product));
            }
        }
    }

    private static String speed() {
        double best = Double.POSITIVE_INFINITY;
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            Tensor a = Tensor.full(0.5, DType.FLOAT32, Device.CPU, SIZE, SIZE);
            for (int i = 0; i < ROUNDS; i++) {
                long begin = System.nanoTime();
                a.matmul(a).sum().item();
                best = Math.min(best, (System.nanoTime() - begin) * 1e-9);
            }
        }
        return String.format(Locale.ROOT, "%.0f GFLOP/s in float32", 2e-9 * SIZE * SIZE * SIZE / best);
    }

    private static Finding threads(Torch.Report report) {
        int processors = Runtime.getRuntime().availableProcessors();
        String found = report.threads() + " of " + processors + " processors, waiting "
                + (report.passiveWaits() ? "passively" : "actively");
        if (!report.passiveWaits()) {
            return Finding.better("threads", found, "set OMP_WAIT_POLICY=PASSIVE: spinning threads starve one another");
        }
        if (report.threads() > processors) {
            return Finding.better("threads", found, "set THURSTONE_THREADS to " + processors + " or fewer");
        }
        return Finding.fine("threads", found);
    }

    private static Finding devices(Torch.Report report) {
        if (report.cudaDevices() > 0) {
            return Finding.fine("devices", "cpu, " + report.cudaDevices() + " × cuda");
        }
        return Files.exists(Path.of("/dev/nvidia0"))
                ? Finding.better(
                        "devices",
                        "cpu; there is an NVIDIA device that this build does not use",
                        "build with -Pcuda, and have CUDA's libraries on the library path")
                : Finding.fine("devices", "cpu");
    }
}
