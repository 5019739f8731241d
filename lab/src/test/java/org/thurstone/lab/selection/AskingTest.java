package org.thurstone.lab.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.acquisition.DecreasingBudget;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.annotator.JudgeScores;
import org.thurstone.feedback.annotator.SimulatedHuman;
import org.thurstone.feedback.pairing.AllPairs;
import org.thurstone.lab.bandit.Bandit;
import org.thurstone.lab.bandit.Lesson;
import org.thurstone.lab.bandit.Sampled;
import org.thurstone.lab.bandit.Simplex;
import org.thurstone.lab.selection.Asking.Asked;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.tensor.Torch;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.language.LoopRecipe.Reference;

class AskingTest {

    /** A pair a prompt; a policy is how much it favours the left answer of each, and learns by doubling what it is asked about. */
    private static final class Doubling implements Pool<double[]> {
        final List<List<Integer>> asked = new ArrayList<>();
        final List<double[]> references = new ArrayList<>();

        @Override
        public List<CandidatePair> candidates(double[] policy, RandomGenerator random) {
            return IntStream.range(0, policy.length)
                    .mapToObj(x -> new CandidatePair(Sampled.prompt(x), Completion.raw("0"), Completion.raw("1"), 1, 0))
                    .toList();
        }

        @Override
        public double[] differences(double[] policy, List<CandidatePair> pairs) {
            return pairs.stream()
                    .mapToDouble(p -> policy[Sampled.index(p.prompt())])
                    .toArray();
        }

        @Override
        public double[] learned(double[] policy, double[] reference, List<Comparison> comparisons) {
            double[] next = policy.clone();
            List<Integer> prompts =
                    comparisons.stream().map(c -> Sampled.index(c.prompt())).toList();
            prompts.forEach(x -> next[x] *= 2);
            asked.add(prompts);
            references.add(reference);
            return next;
        }
    }

    private static Asking asking(Order order, MarginReference margin, Reference reference) {
        return new Asking(
                new MarginAcquisition(order, order),
                6,
                new DecreasingBudget(3),
                3,
                margin,
                reference,
                false,
                new JudgeScores(0));
    }

    private static final double[] START = {5, -1, 3, 0.5, -4, 2, 7};

    @Test
    void theSmallestRawMarginsComeFirstAndNoPairTwice() {
        Doubling pool = new Doubling();
        Asked<double[]> asked = asking(Order.SMALLEST, MarginReference.NOTHING, Reference.PREVIOUS)
                .ask(pool, Asked.nothing(START), new Seeds(1));
        assertThat(pool.asked).containsExactly(List.of(3, 1, 5), List.of(2, 4), List.of(0));
        assertThat(asked.last()).containsExactly(10, -2, 6, 1, -8, 4, 7);
        assertThat(pool.references.get(2)).isEqualTo(asked.policies().get(2));
    }

    @Test
    void marginsAreTakenAgainstTheIterationBeforeOrTheStart() {
        // After the first iteration, by raw margins, everything but 6, 0 and 4 is as before: all margins are 0, in the
        // pool's order.
        Doubling pool = new Doubling();
        asking(Order.LARGEST, MarginReference.PREVIOUS, Reference.INITIAL)
                .ask(pool, Asked.nothing(START), new Seeds(1));
        assertThat(pool.asked).containsExactly(List.of(6, 0, 4), List.of(1, 2), List.of(3));
        assertThat(pool.references).allSatisfy(r -> assertThat(r).isEqualTo(START));
    }

    @Test
    void aLogLinearPoolLearnsWhoIsBetterAndSamplesFromWhatItLearned() {
        Torch.suit(1);
        double[][] reward = {{0, 2, 4}, {4, 2, 0}};
        double[][][] features = {{{0, 1}, {1, 0}, {2, -1}}, {{2, 1}, {1, 1}, {0, 1}}};
        Bandit world = Bandit.rewarded(Simplex.rows(2, Simplex.uniform(3)), reward);
        LogLinearPool pool = new LogLinearPool(
                features,
                new Dpo(1, 0),
                Lesson.whole(60, 0.1),
                (policy, random) -> IntStream.range(0, 2)
                        .boxed()
                        .flatMap(x -> new AllPairs(true)
                                .pairs(new Sampled(world, policy, 20, reward).scored(x, random), random).stream())
                        .toList());
        double[] start = {0, 0};
        assertThat(pool.probabilities(start)[0]).containsExactly(Simplex.uniform(3), within(1e-12));
        List<CandidatePair> all = pool.candidates(start, new Seeds(1).of("pairs"));
        assertThat(all).hasSize(6);
        Asking asking = new Asking(
                new MarginAcquisition(Order.RANDOM, Order.RANDOM, 3),
                6,
                new DecreasingBudget(1),
                1,
                MarginReference.PREVIOUS,
                Reference.PREVIOUS,
                false,
                new SimulatedHuman(0, 0, 0));
        double[] learned = asking.ask(pool, Asked.nothing(start), new Seeds(1)).last();
        double[][] after = pool.probabilities(learned);
        assertThat(after[0][2]).isGreaterThan(0.8);
        assertThat(after[1][0]).isGreaterThan(0.8);
        double[] differences = pool.differences(learned, all);
        for (int i = 0; i < all.size(); i++) {
            double[] of = after[Sampled.index(all.get(i).prompt())];
            assertThat(differences[i])
                    .isCloseTo(
                            Math.log(of[Sampled.response(all.get(i).left())]
                                    / of[Sampled.response(all.get(i).right())]),
                            within(1e-9));
        }
    }
}
