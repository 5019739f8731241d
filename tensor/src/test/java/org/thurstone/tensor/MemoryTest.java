package org.thurstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryTest {

    /** A step makes more than 500 KB of tensors, so a leak would be 1 GB; one in ten leaking would be 100 MB. */
    private static final long TOLERANCE = 64L << 20;

    @BeforeEach
    void theSystemTells() {
        Assumptions.assumeTrue(Memory.resident().isPresent());
    }

    private static long resident() {
        return Memory.resident().orElseThrow().bytes();
    }

    private static void train(int steps, boolean failing) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        try (Parameters parameters = new Parameters()) {
            Tensor in = parameters.add("in", Tensor.normal(random, 0.1, DType.FLOAT32, Device.CPU, 256, 64), true);
            Tensor out = parameters.add("out", Tensor.normal(random, 0.1, DType.FLOAT32, Device.CPU, 1, 256), true);
            try (AdamW adam = new AdamW(parameters.trained(), AdamW.Settings.DEFAULT)) {
                for (int i = 0; i < steps; i++) {
                    try (Scope step = Scope.open()) {
                        Tensor x = Tensor.normal(random, 1, DType.FLOAT32, Device.CPU, 128, 64);
                        Tensor loss = x.linear(in).gelu().linear(out).square().mean();
                        if (failing) {
                            assertThatThrownBy(() -> loss.add(x.matmul(x)).sum().backward())
                                    .isInstanceOf(RuntimeException.class);
                        } else {
                            loss.backward();
                            parameters.clip(1);
                            adam.step(1e-3);
                            parameters.dropGrads();
                        }
                    }
                }
            }
        }
    }

    @Test
    @Tag("slow")
    void trainingKeepsMemoryFlat() {
        train(200, false); // buffers, caches, compiled code
        long before = resident();
        train(2000, false);
        assertThat(resident() - before).isLessThan(TOLERANCE);
    }

    @Test
    @Tag("slow")
    void stepsThatFailKeepMemoryFlat() {
        train(200, true);
        long before = resident();
        train(2000, true);
        assertThat(resident() - before).isLessThan(TOLERANCE);
    }

    @Test
    void peakIsAtLeastThePresentUse() {
        Memory memory = Memory.resident().orElseThrow();
        assertThat(memory.bytes()).isGreaterThan(1 << 20);
        assertThat(memory.peak()).isGreaterThanOrEqualTo(memory.bytes());
    }
}
