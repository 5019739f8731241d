package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.pair.*;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.Kto;

/**
 * Figures of TRL 1.13.0 on the log-probabilities of {@link Pairs}. Made in float64 by {@code DPOTrainer._compute_loss}, a pair at a time (for
 * aot all three), with a model over two tokens whose logits give these log-probabilities; by {@code CPOTrainer.cpo_loss},
 * {@code ORPOTrainer.odds_ratio_loss} and {@code BCOTrainer.bco_loss} on their sums or means.
 */
class TrlFiguresTest {

    private static void eachIs(Loss loss, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(loss.on(Pairs.trl(i)).item()).as("%s, pair %d", loss, i).isCloseTo(expected[i], within(1e-9));
        }
    }

    @Test
    void dpoTrainer() {
        eachIs(new Dpo(0.1, 0), 0.6782596763414485, 0.6981596805078623, 0.6186473041129434);
        eachIs(new Slic(0.1), 0.97, 1.01, 0.845);
        eachIs(new Ipo(0.1, true), 24.010000000000005, 25.755625000000002, 16.81);
        eachIs(new NcaPair(0.1), 1.3789631047921453, 1.3888756098438824, 1.3487170526291328);
        eachIs(new BcoPair(0.1), 1.3714068569013937, 1.3913568602344966, 1.3109834982072155);
        eachIs(new ApoZero(0.1), 0.9925005624493797, 1.0024998541731245, 0.9612960191131708);
        eachIs(new ApoDown(0.1), 1.0, 0.9975001458268753, 0.9675770692930025);
        eachIs(new NormalisedDpo(0.1), 0.6881596805078624, 0.6969042117934658, 0.6491593390256101);
        eachIs(new ForwardKlDpo(0.1), 0.6802720582372858, 0.6989756597699237, 0.5590299386253318);
        eachIs(new JensenShannonDpo(0.1), 0.6862316625640158, 0.6958379013023283, 0.6460574751574212);
        eachIs(new LdDpo(0.1, 0.5), 0.6856753052962774, 0.7031971797266342, 0.6255951823371514);
        eachIs(new Rdpo(0.1, 0.1), 0.6745096763414484, 0.6994096805078622, 0.5992723041129434);
        eachIs(new Exo(0.1, 0.001), 2.7095464203030066, 2.778509951999003, 2.497122638539088);
        eachIs(new Exo(0.1, 0.1), 0.4944601626085848, 0.5163311392780288, 0.4288473553906413);
        eachIs(new SppoHard(0.001), 499700.08999999997, 500100.04999999993, 498451.7525);
        eachIs(new DiscoPop(0.05, 0.05), 0.8576844391330796, 0.842603796433099, 0.8781048390815206);
    }

    @Test
    void dpoTrainersSortedLosses() {
        assertThat(new Aot(0.1, true, 0).each(Pairs.trl()).mean().item()).isCloseTo(0.6650222203207514, within(1e-9));
        assertThat(new Aot(0.1, true, 0.1).each(Pairs.trl()).mean().item()).isCloseTo(0.6708555536540848, within(1e-9));
        assertThat(new Aot(0.1, false, 0).each(Pairs.trl()).mean().item()).isCloseTo(0.6645729642362332, within(1e-9));
    }

    @Test
    void cpoTrainer() {
        eachIs(new Cpo(0.1, 0, 0), 0.7184596480132862, 0.6684596480132863, 0.45732470489813914);
        eachIs(new Cpo(0.1, 0, 0.2), 0.7084596480132863, 0.6784596480132864, 0.5663247048981392);
        eachIs(new SlicHf(1, 0), 1.4999999999999996, 0.5, 0.0);
        eachIs(new SimPo(2, 0.5), 1.1482208538305443, 2.1269280110429727, 0.012202584607696094);
        eachIs(new AlphaPo(0.25, 2, 0.5), 1.1136293621829694, 2.381795989728034, 0.001102887389450075);
    }

    @Test
    void cpoTrainersOtherLinks() {
        eachIs(Named.loss("{score: mean-log-prob, link: {squared: 5}}"), 23.84694444444444, 30.25, 5.289999999999999);
        eachIs(Named.loss("{score: log-prob, beta: 0.1, link: hinge}"), 1.05, 0.95, 0.45499999999999996);
    }

    /**
     * TRL takes label_smoothing for its default loss and forgets it: its figures are those without. cDPO's are these, −(1−ε)·log σ(z) −
     * ε·log σ(−z), which is the loss without smoothing plus ε·z.
     */
    @Test
    void trlForgetsTheSmoothingOfItsDefaultLoss() {
        double[] trl = {0.6782596763414485, 0.6981596805078623, 0.6186473041129434};
        double[] margin = {0.3, -0.1, 1.55};
        double[] smoothed = new double[3];
        for (int i = 0; i < 3; i++) {
            smoothed[i] = trl[i] + 0.2 * 0.1 * margin[i];
        }
        eachIs(new Dpo(0.1, 0.2), smoothed);
        eachIs(new Cdpo(0.1, 0.2), smoothed);
    }

    /** By KTOTrainer._compute_loss, an example at a time, with the log-probabilities of the mismatched given. */
    @Test
    void ktoTrainer() {
        double[][] mismatched = {{-2.0}, {-1.0}};
        double[][] reference = {{-1.5}, {-2.0}};
        // The mean log-ratio is 0.25.
        Sequences above = Pairs.sequences(mismatched, reference);
        double[] good = {0.49875000260416014, 0.5112481019468549, 0.5};
        double[] bad = {0.4937503255004896, 0.49125089311975967, 0.46132739479349205};
        singlesAre(new Kto(0.1, 1, 1), above, good, bad);
        singlesAre(
                new Kto(0.1, 1.5, 0.5),
                above,
                new double[] {0.7481250039062401, 0.7668721529202823, 0.75},
                new double[] {0.2468751627502448, 0.24562544655987983, 0.23066369739674603});
        // It is −1, and counts as 0.
        Sequences below = Pairs.sequences(new double[][] {{-2.0}}, new double[][] {{-1.0}});
        double[] goodAtZero = {0.4925005624493797, 0.5049998333399996, 0.4937503255004896};
        double[] badAtZero = {0.5, 0.49750002083312495, 0.4675456936126813};
        singlesAre(new Kto(0.1, 1, 1), below, goodAtZero, badAtZero);
        // Its apo_zero_unpaired.
        singlesAre(Named.loss("{beta: 0.1, link: saturating}"), above, goodAtZero, badAtZero);
    }

    private static void singlesAre(Loss loss, Sequences mismatched, double[] desirable, double[] undesirable) {
        Sequences all = Pairs.sequences(
                join(Pairs.CHOSEN, Pairs.REJECTED), join(Pairs.REFERENCE_CHOSEN, Pairs.REFERENCE_REJECTED));
        SingleBatch batch =
                Pairs.mismatched(SingleBatch.of(all, Tensor.of(new double[] {1, 1, 1, 0, 0, 0})), mismatched);
        double[] expected = new double[6];
        System.arraycopy(desirable, 0, expected, 0, 3);
        System.arraycopy(undesirable, 0, expected, 3, 3);
        assertThat(loss.on(batch).toDoubles()).as("%s", loss).containsExactly(expected, within(1e-9));
    }

    /** TRL computes in float32 here; to its figure comes the likelihood, which it averages over prompt and chosen together. */
    @Test
    void orpoTrainer() {
        double[] ratio = {0.05920455604791641, 0.11723249405622482, 0.0003495378769002855};
        double[] likelihood = {2.2 / 3, 1.25, 0.05};
        for (int i = 0; i < 3; i++) {
            assertThat(new Orpo(0.1).each(Pairs.trl(i)).item()).isCloseTo(ratio[i] + likelihood[i], within(1e-6));
        }
    }

    @Test
    void bcoTrainerWithItsRunningMean() {
        Loss bco = new Bco(0.1, false);
        Context memory = Context.alone(0);
        Sequences first = Pairs.sequences(
                join(Pairs.CHOSEN, Pairs.REJECTED), join(Pairs.REFERENCE_CHOSEN, Pairs.REFERENCE_REJECTED));
        SingleBatch batch = SingleBatch.of(first, Tensor.of(new double[] {1, 1, 1, 0, 0, 0}))
                .withContext(memory);
        assertThat(bco.on(batch).toDoubles())
                .containsExactly(
                        new double[] {
                            0.6696791853000574, 0.6943979618097419, 0.6721229448196002,
                            0.7019354613214706, 0.6969042117934658, 0.6384783782388969
                        },
                        within(1e-9));
        Sequences second = Pairs.sequences(
                new double[][] {Pairs.CHOSEN[0], Pairs.CHOSEN[1], Pairs.REJECTED[0]},
                new double[][] {Pairs.REFERENCE_CHOSEN[0], Pairs.REFERENCE_CHOSEN[1], Pairs.REFERENCE_REJECTED[0]});
        assertThat(bco.on(SingleBatch.of(second, Tensor.of(new double[] {1, 1, 0}))
                                .withContext(memory))
                        .toDoubles())
                .containsExactly(
                        new double[] {0.6730749828298651, 0.6978805524320874, 0.6984388857422013}, within(1e-9));
    }

    private static double[][] join(double[][] a, double[][] b) {
        double[][] both = new double[a.length + b.length][];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
