package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Spa;

/** Losses that remember something from batch to batch. */
class MemoryLossesTest {

    private static double logSigmoid(double x) {
        return -Math.log1p(Math.exp(-x));
    }

    private static Context of(Memory memory, String... ids) {
        return new Context(List.of(ids), memory);
    }

    private static PairBatch margins(Memory memory, double... h) {
        String[] ids = IntStream.range(0, h.length).mapToObj(i -> "pair " + i).toArray(String[]::new);
        return PairBatch.of(Pairs.oneToken(h), Pairs.oneToken(new double[h.length]))
                .withContext(of(memory, ids));
    }

    @Test
    void spaSmoothsTheLabelsBelowTheQuantile() {
        Spa spa = new Spa(0.5, 0.2, 0.25, 4, 0.2);
        Memory memory = new Memory();
        memory.reach(0.1);
        // nothing is smoothed yet, but the margins β·h = −1, 0.5, 1 are seen
        assertThat(spa.each(margins(memory, -2, 1, 2)).toDoubles())
                .containsExactly(new double[] {-logSigmoid(-1), -logSigmoid(0.5), -logSigmoid(1)}, within(1e-12));
        memory.reach(0.2);
        // the newest four are 0.5, 1, 0, 2; a quarter of the way between 0 and 2, in order: 0.75·(0.5 − 0) = 0.375
        assertThat(spa.each(margins(memory, 0, 4)).toDoubles())
                .containsExactly(new double[] {Math.log(2), -logSigmoid(2)}, within(1e-12));
        // now 0, 2, 0.2, −0.2: threshold −0.2 + 0.75·0.2 = −0.05
        assertThat(spa.each(margins(memory, 0.4, -0.4)).toDoubles())
                .containsExactly(
                        new double[] {-logSigmoid(0.2), -0.8 * logSigmoid(-0.2) - 0.2 * logSigmoid(0.2)},
                        within(1e-12));
    }

    @Test
    void spasQuantileForgetsAndLeavesAnEvaluationAlone() {
        Random random = new Random(1);
        Spa spa = new Spa(1, 0.1, 0.1, 50, 0);
        Memory memory = new Memory();
        for (int i = 0; i < 20; i++) {
            spa.each(margins(memory, random.doubles(8).toArray()));
        }
        double[] kept = memory.get("spa").orElseThrow();
        assertThat(kept).hasSize(50);
        spa.each(margins(memory.frozen(), 7, 8));
        assertThat(memory.get("spa").orElseThrow()).containsExactly(kept);
    }

    @Test
    void multipliersFollowEachExamplesOwnConstraint() {
        Feasible feasible = new Feasible(new Dpo(1, 0), 0.5, 0.25, 2);
        Memory memory = new Memory();
        double easy = -logSigmoid(2);
        double hard = -logSigmoid(-1);
        PairBatch first = PairBatch.of(Pairs.oneToken(2, -1), Pairs.oneToken(0, 0));
        assertThat(feasible.on(first.withContext(of(memory, "a", "b"))).toDoubles())
                .as("all count alike at first")
                .containsExactly(new double[] {easy, hard}, within(1e-12));
        double lambdaA = Math.max(0, 1 + 2 * (easy - 0.5 - 0.25));
        double lambdaB = 1 + 2 * (hard - 0.5 - 0.25);
        // the order of a batch is not what a multiplier belongs to
        PairBatch second = PairBatch.of(Pairs.oneToken(-1, 2), Pairs.oneToken(0, 0));
        assertThat(feasible.on(second.withContext(of(memory, "b", "a"))).toDoubles())
                .containsExactly(new double[] {lambdaB * hard, lambdaA * easy}, within(1e-12));
        Memory seen = memory.frozen();
        assertThat(feasible.on(second.withContext(of(seen, "c", "d"))).toDoubles())
                .as("an example that is not trained on counts 1")
                .containsExactly(new double[] {hard, easy}, within(1e-12));
        assertThat(memory.numbers()).containsOnlyKeys("feasible a", "feasible b");
    }

    @Test
    void aMultiplierHasNoGradientAndSettlesAtItsPrice() {
        Feasible feasible = new Feasible(new Dpo(1, 0), 0.1, 0.5, 0.5);
        Memory memory = new Memory();
        double each = -logSigmoid(-1);
        Tensor gradient = Tensor.zeros(org.thurstone.tensor.DType.FLOAT64, org.thurstone.tensor.Device.CPU, 1);
        for (int i = 0; i < 200; i++) {
            Sequences chosen = Pairs.oneToken(-1);
            chosen.policy().requiresGrad(true);
            feasible.on(PairBatch.of(chosen, Pairs.oneToken(0)).withContext(of(memory, "x")))
                    .sum()
                    .backward();
            gradient = chosen.policy().grad().orElseThrow();
        }
        double price = (each - 0.1) / 0.5;
        assertThat(memory.get("feasible x").orElseThrow()[0]).isCloseTo(price, within(1e-9));
        // λ times DPO's own gradient −σ(1)
        assertThat(gradient.item()).isCloseTo(-price / (1 + Math.exp(-1)), within(1e-9));
    }

    @Test
    void cacheIsCompleteAfterReopening() {
        Memory memory = new Memory();
        memory.put("a", new double[] {1, 2});
        Memory again = Memory.of(memory.numbers());
        assertThat(again.get("a").orElseThrow()).containsExactly(1, 2);
        assertThat(again.get("b")).isEmpty();
        assertThat(again.get("b", 3)).containsExactly(0, 0, 0);
    }
}
