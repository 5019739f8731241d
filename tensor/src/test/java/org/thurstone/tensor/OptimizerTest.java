package org.thurstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each optimiser, step for step, against its formula in doubles. */
class OptimizerTest {

    private static final double[] START = {0.5, -1.25, 2, 0};

    /** Gradients that change sign and size from step to step, exact in every type. */
    private static double[] gradient(int step) {
        return new double[] {0.25 * (step % 5 - 2), 1, -0.125 * step, step % 2 == 0 ? 4 : -4};
    }

    private static Tensor parameter(DType type, long... shape) {
        return Tensor.of(START, shape).to(type).copy().own().requiresGrad(true);
    }

    private static void give(Tensor parameter, double[] gradient) {
        parameter.dropGrad();
        parameter.addGrad(Tensor.of(gradient, parameter.shape()).to(parameter.type()));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64,1e-13,true", "FLOAT32,2e-6,true", "FLOAT64,1e-13,false"})
    void adamWFollowsItsFormula(DType type, double tolerance, boolean matrix) {
        Tensor w = matrix ? parameter(type, 2, 2) : parameter(type);
        var settings = new AdamW.Settings(0.9, 0.95, 1e-6, 0.1, false);
        double decay = matrix ? 0.1 : 0;
        double[] expected = START.clone();
        double[] m = new double[4];
        double[] v = new double[4];
        try (AdamW adam = new AdamW(List.of(w), settings)) {
            for (int t = 1; t <= 20; t++) {
                double rate = 0.01 / t;
                double[] g = gradient(t);
                give(w, g);
                adam.step(rate);
                for (int i = 0; i < 4; i++) {
                    expected[i] -= rate * decay * expected[i];
                    m[i] = 0.9 * m[i] + 0.1 * g[i];
                    v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i];
                    double mean = m[i] / (1 - Math.pow(0.9, t));
                    double root = Math.sqrt(v[i] / (1 - Math.pow(0.95, t)));
                    expected[i] -= rate * mean / (root + 1e-6);
                }
                assertThat(w.toDoubles()).containsExactly(expected, within(tolerance));
            }
        }
    }

    @Test
    void sgdFollowsItsFormula() {
        Tensor w = parameter(DType.FLOAT64);
        double[] expected = START.clone();
        double[] b = new double[4];
        try (Sgd sgd = new Sgd(List.of(w), 0.9)) {
            for (int t = 1; t <= 20; t++) {
                give(w, gradient(t));
                sgd.step(0.03);
                for (int i = 0; i < 4; i++) {
                    b[i] = 0.9 * b[i] + gradient(t)[i];
                    expected[i] -= 0.03 * b[i];
                }
                assertThat(w.toDoubles()).containsExactly(expected, within(1e-13));
            }
        }
        Tensor plain = parameter(DType.FLOAT64);
        give(plain, new double[] {1, 2, 3, 4});
        try (Sgd sgd = new Sgd(List.of(plain), 0)) {
            sgd.step(0.5);
            assertThat(plain.toDoubles()).containsExactly(0, -2.25, 0.5, -2);
            assertThat(sgd.state()).isEmpty();
        }
    }

    @Test
    void rmsPropFollowsItsFormula() {
        Tensor w = parameter(DType.FLOAT64);
        double[] expected = START.clone();
        double[] v = new double[4];
        try (RmsProp rms = new RmsProp(List.of(w), 0.99, 1e-8)) {
            for (int t = 1; t <= 20; t++) {
                give(w, gradient(t));
                rms.step(0.003);
                for (int i = 0; i < 4; i++) {
                    double g = gradient(t)[i];
                    v[i] = 0.99 * v[i] + 0.01 * g * g;
                    expected[i] -= 0.003 * g / (Math.sqrt(v[i]) + 1e-8);
                }
                assertThat(w.toDoubles()).containsExactly(expected, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BFLOAT16", "FLOAT16"})
    void smallStepsAddUpInSixteenBits(DType type) {
        Tensor w = Tensor.full(1, type, Device.CPU, 4, 4).own().requiresGrad(true);
        try (AdamW adam = new AdamW(List.of(w), AdamW.Settings.DEFAULT)) {
            for (int t = 0; t < 1000; t++) {
                w.dropGrad();
                w.addGrad(Tensor.full(1, type, Device.CPU, 4, 4));
                adam.step(1e-4);
            }
            // A thousand steps of 1e-4, each of which is less than half of the spacing at 1.
            assertThat(w.toDoubles()).containsOnly(w.toDoubles()[0]);
            assertThat(w.toDoubles()[0]).isCloseTo(0.9, within(0.002));
            assertThat(adam.state().get("0.master").toDoubles()[0]).isCloseTo(0.9, within(1e-4));
            assertThat(adam.state().get("0.mean").type()).isEqualTo(DType.FLOAT32);
        }
    }

    @Test
    void parametersWithoutGradientsRest() {
        Tensor moved = parameter(DType.FLOAT32);
        Tensor still = parameter(DType.FLOAT32, 2, 2);
        give(moved, gradient(1));
        try (AdamW adam = new AdamW(List.of(still, moved), new AdamW.Settings(0.9, 0.999, 1e-8, 0.5, true))) {
            adam.step(0.1);
            assertThat(still.toDoubles()).containsExactly(START);
            assertThat(moved.toDoubles()).doesNotContain(START[1]);
            assertThat(adam.state().keySet()).containsExactlyInAnyOrder("1.mean", "1.square", "1.steps");
        }
    }

    @Test
    void gradientsInAnotherLayoutAreReadByTheirIndices() {
        Tensor w = parameter(DType.FLOAT64, 2, 2);
        w.addGrad(Tensor.of(new double[] {0, 1, 0, 0}, 2, 2).transpose(0, 1));
        try (AdamW adam = new AdamW(List.of(w), AdamW.Settings.DEFAULT)) {
            adam.step(0.5);
            // The first step of Adam is the learning rate, against the gradient's sign.
            assertThat(w.toDoubles()).containsExactly(new double[] {0.5, -1.25, 1.5, 0}, within(1e-6));
        }
        assertThatThrownBy(() -> new Sgd(List.of(w.detach().transpose(0, 1)), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strided");
        assertThatThrownBy(() -> new Sgd(List.of(Tensor.of(new long[] {1})), 0)).hasMessageContaining("not floating");
    }

    private interface Maker {
        Optimizer make(List<Tensor> parameters);
    }

    @Test
    void aResumeIsExact(@TempDir Path directory) {
        List<Maker> makers = new ArrayList<>();
        makers.add(p -> new AdamW(p, new AdamW.Settings(0.9, 0.999, 1e-8, 0.01, false)));
        makers.add(p -> new Sgd(p, 0.9));
        makers.add(p -> new RmsProp(p, 0.99, 1e-8));
        for (Maker maker : makers) {
            RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
            List<double[]> gradients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                gradients.add(random.doubles(4, -1, 1).toArray());
            }
            List<Tensor> whole = List.of(parameter(DType.FLOAT32, 2, 2), parameter(DType.BFLOAT16));
            List<Tensor> halves = List.of(parameter(DType.FLOAT32, 2, 2), parameter(DType.BFLOAT16));
            Path file = directory.resolve("optimizer.safetensors");
            try (Optimizer through = maker.make(whole);
                    Optimizer first = maker.make(halves)) {
                for (int t = 0; t < 20; t++) {
                    double[] g = gradients.get(t);
                    whole.forEach(w -> give(w, g));
                    through.step(0.01);
                    halves.forEach(w -> give(w, g));
                    first.step(0.01);
                }
                SafeTensors.write(file, first.state(), Map.of());
                try (Optimizer second = maker.make(halves);
                        SafeTensors saved = SafeTensors.open(file)) {
                    Map<String, Tensor> state = new java.util.HashMap<>();
                    saved.names().forEach(name -> state.put(name, saved.tensor(name)));
                    second.restore(state);
                    for (int t = 20; t < 40; t++) {
                        double[] g = gradients.get(t);
                        whole.forEach(w -> give(w, g));
                        through.step(0.01);
                        halves.forEach(w -> give(w, g));
                        second.step(0.01);
                    }
                }
            }
            for (int i = 0; i < 2; i++) {
                assertThat(halves.get(i).toDoubles())
                        .containsExactly(whole.get(i).toDoubles());
            }
        }
    }

    @Test
    void aStateOfOtherParametersIsRefused() {
        Tensor w = parameter(DType.FLOAT32, 2, 2);
        try (AdamW adam = new AdamW(List.of(w), AdamW.Settings.DEFAULT)) {
            give(w, gradient(1));
            adam.step(0.1);
            double[] before = adam.state().get("0.mean").toDoubles();
            Tensor wrong = Tensor.of(new float[] {1, 2});
            for (String name :
                    List.of("0.mean", "0.master", "1.mean", "mean", "0.velocity", ".mean", "x.mean", "0.steps")) {
                assertThatThrownBy(() -> adam.restore(Map.of(name, wrong)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(name);
            }
            assertThat(adam.state().get("0.mean").toDoubles()).containsExactly(before);
        }
        assertThatThrownBy(() -> new AdamW.Settings(1, 0.9, 1e-8, 0, true)).hasMessageContaining("beta1 is 1.0");
        assertThatThrownBy(() -> new Sgd(List.of(w), 0).step(Double.NaN)).hasMessageContaining("learning rate");
    }

    @Test
    void clippingScalesAllGradientsToTheNorm() {
        try (Parameters parameters = new Parameters()) {
            Tensor a = parameters.add("a", Tensor.of(new float[] {0, 0}), true);
            Tensor b = parameters.add("b", Tensor.of(new double[] {0}), true);
            Tensor c = parameters.add(
                    "c", Tensor.of(new float[] {0}).to(DType.BFLOAT16).copy(), true);
            parameters.add("without", Tensor.of(new float[] {0}), true);
            assertThat(parameters.gradNorm()).isZero();
            a.addGrad(Tensor.of(new float[] {2, 4}));
            b.addGrad(Tensor.of(new double[] {5}));
            c.addGrad(Tensor.of(new float[] {6}).to(DType.BFLOAT16));
            assertThat(parameters.clip(10)).isEqualTo(9, within(1e-6));
            assertThat(a.grad().orElseThrow().toDoubles()).containsExactly(2, 4);
            assertThat(parameters.clip(4.5)).isEqualTo(9, within(1e-6));
            assertThat(a.grad().orElseThrow().toDoubles()).containsExactly(new double[] {1, 2}, within(1e-6));
            assertThat(b.grad().orElseThrow().toDoubles()).containsExactly(new double[] {2.5}, within(1e-6));
            assertThat(c.grad().orElseThrow().toDoubles()).containsExactly(3);
            b.addGrad(Tensor.of(new double[] {Double.NaN}));
            assertThat(parameters.clip(1)).isNaN();
            assertThat(a.grad().orElseThrow().toDoubles()).containsExactly(new double[] {1, 2}, within(1e-6));
            b.dropGrad();
            b.addGrad(Tensor.of(new double[] {Double.NEGATIVE_INFINITY}));
            assertThat(parameters.clip(1)).isInfinite();
        }
    }
}
