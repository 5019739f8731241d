package org.thurstone.worlds.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completions;
import org.thurstone.data.Example;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.elicit.respondent.SimulatedHuman;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.acquisition.DecreasingBudget;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.pairing.AllPairs;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Progress;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.run.MemoryWorkspace;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.Candidates;
import org.thurstone.loop.stage.Evaluate;
import org.thurstone.loop.stage.LabelPairs;
import org.thurstone.loop.stage.Learn;
import org.thurstone.loop.stage.Learner;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.loop.stage.Outputs;
import org.thurstone.loop.stage.RateCompletions;
import org.thurstone.loop.stage.SampleCompletions;
import org.thurstone.loop.stage.SelectPairs;
import org.thurstone.tensor.Torch;
import org.thurstone.train.loss.pair.Dpo;

/** The loop in worlds whose policies are a few numbers. */
class BanditLoopTest {

    /** A pair per prompt; a policy is how much it favours the left response of each, and learns by doubling what it is asked about. */
    private static final class Doubling implements World<double[]>, Learner<double[]> {
        final List<List<Integer>> asked = new ArrayList<>();

        static List<CandidatePair> pairs(int prompts) {
            return IntStream.range(0, prompts)
                    .mapToObj(x -> Responses.pair(x, 0, 1))
                    .toList();
        }

        @Override
        public List<Prompt> prompts(long used, int count, double[] start, SplittableGenerator random) {
            throw new AssertionError("pairs are given");
        }

        @Override
        public List<Completions> propose(
                double[] policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
            throw new AssertionError("pairs are given");
        }

        @Override
        public double[] differences(double[] policy, List<CandidatePair> pairs) {
            return pairs.stream()
                    .mapToDouble(p -> policy[Responses.index(p.prompt())])
                    .toArray();
        }

        @Override
        public Evaluation evaluate(double[] policy, Optional<double[]> start, SplittableGenerator random) {
            throw new AssertionError("not evaluated");
        }

        @Override
        public double[] learn(Iteration<double[]> iteration, List<? extends Example> data, Supplier<Path> directory) {
            double[] next = iteration.current().clone();
            List<Integer> prompts = data.stream()
                    .map(c -> Responses.index(((Comparison) c).prompt()))
                    .toList();
            prompts.forEach(x -> next[x] *= 2);
            asked.add(prompts);
            return next;
        }
    }

    private static final double[] START = {5, -1, 3, 0.5, -4, 2, 7};

    private static Inquiry inquiry() {
        return new Inquiry(new MemoryLedger(), new Seeds(1)::of, Inquiry.Tolerance.DEFAULT, warning -> {});
    }

    private static Respondent judge(double[][] scores) {
        return new SimulatedHuman(0, 0, 0).open(Opening.withJudge(RewardTable.of(scores)));
    }

    private static List<Iteration<double[]>> run(Doubling world, Order order, MarginReference margin, int labels) {
        double[][] scores = Simplex.rows(7, new double[] {1, 0});
        Arm<double[]> arm = new Arm<>(
                "",
                "doubling",
                3,
                List.of(
                        new SelectPairs<>(
                                world,
                                Candidates.<double[]>given(Doubling.pairs(7)).unasked(),
                                new MarginAcquisition(order, order),
                                margin,
                                new DecreasingBudget(3).split(labels, 3)),
                        new LabelPairs<>(inquiry(), judge(scores), false),
                        new Learn<>(LogLinear.POLICY, world, false)),
                i -> i.get(LogLinear.POLICY));
        return new Loop<double[]>(new MemoryWorkspace(), new Seeds(1), Progress.SILENT).run(arm, START);
    }

    @Test
    void smallestRawMarginsAreFirstAndNoPairIsRepeated() {
        Doubling world = new Doubling();
        List<Iteration<double[]>> iterations = run(world, Order.SMALLEST, MarginReference.NOTHING, 6);
        assertThat(world.asked).containsExactly(List.of(3, 1, 5), List.of(2, 4), List.of(0));
        assertThat(iterations.getLast().get(LogLinear.POLICY)).containsExactly(10, -2, 6, 1, -8, 4, 7);
    }

    @Test
    void marginsAreTakenAgainstThePreviousPolicy() {
        // After the first iteration, by raw margins, everything but 6, 0 and 4 is as before: all margins are 0, in the
        // order of the candidates.
        Doubling world = new Doubling();
        run(world, Order.LARGEST, MarginReference.PREVIOUS, 6);
        assertThat(world.asked).containsExactly(List.of(6, 0, 4), List.of(1, 2), List.of(3));
    }

    @Test
    void aBudgetThatNoPairIsLeftForIsAnError() {
        assertThatThrownBy(() -> run(new Doubling(), Order.SMALLEST, MarginReference.NOTHING, 18))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("compare");
    }

    @Test
    void policyLearnsFromItsOwnSamplesWhichIsBetter() {
        Torch.tuneThreads(1);
        double[][] reward = {{0, 2, 4}, {4, 2, 0}};
        double[][][] features = {{{0, 1}, {1, 0}, {2, -1}}, {{2, 1}, {1, 1}, {0, 1}}};
        LinearWorld world = new LinearWorld(Bandit.rewarded(Simplex.rows(2, Simplex.uniform(3)), reward), features);
        LogLinear policies = world.policies();
        double[] start = {0, 0};
        Inquiry inquiry = inquiry();
        Arm<double[]> arm = new Arm<>(
                "",
                "weights",
                1,
                List.of(
                        new SampleCompletions<>(world, 2, 20, 2),
                        new RateCompletions<>(inquiry, RewardTable.of(reward)),
                        new SelectPairs<>(
                                world,
                                Candidates.rated(new AllPairs(true)),
                                new MarginAcquisition(Order.RANDOM, Order.RANDOM, 3),
                                MarginReference.PREVIOUS,
                                List.of(6)),
                        new LabelPairs<>(inquiry, judge(reward), false),
                        new Learn<>(
                                LogLinear.POLICY,
                                policies.learner(OfflineTrainer.whole(60, 0.1), new Dpo(1, 0), Iteration::start),
                                false),
                        new Evaluate<>(
                                world,
                                i -> i.get(LogLinear.POLICY),
                                i -> i.get(Outputs.COMPARISONS).size(),
                                () -> new Seeds(1).of("evaluation"))),
                i -> i.get(LogLinear.POLICY));
        Iteration<double[]> only = new Loop<double[]>(new MemoryWorkspace(), new Seeds(1), Progress.SILENT)
                .run(arm, start)
                .getLast();
        List<CandidatePair> all = only.get(Outputs.SELECTION).pairs();
        assertThat(all).hasSize(6);
        double[] learned = only.get(LogLinear.POLICY);
        double[][] after = policies.probabilities(learned);
        assertThat(after[0][2]).isGreaterThan(0.8);
        assertThat(after[1][0]).isGreaterThan(0.8);
        double[] differences = world.differences(learned, all);
        double[] tabular = world.world().differences(after, all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(differences[i]).isCloseTo(tabular[i], within(1e-9));
        }
        Evaluation evaluation = only.get(Outputs.ROUND).evaluation();
        assertThat(evaluation.score().orElseThrow().mean())
                .isEqualTo(world.world().value(after))
                .isGreaterThan(3);
        assertThat(evaluation.klToStart()).isCloseTo(world.world().divergence(after), within(1e-12));
    }

    @Test
    void aPreferenceMatrixAnswersWithItsProbabilitiesOrDrawsFromThem() {
        Bandit world = Bandit.preferring(Simplex.rows(1, Simplex.uniform(3)), Preferences.cyclic(3, 0.9));
        Question question = Question.pair(Responses.prompt(0), Responses.completion(0), Responses.completion(1));
        int first = question.indexOf(Responses.completion(0));
        Answer exact =
                inquiry().ask(PreferenceMatrix.exact(world), List.of(question)).get(question);
        assertThat(((Judgement.Preferred) exact.judgement()).preference())
                .isEqualTo(new Preference.Soft(first == 0 ? 0.9 : 0.1));
        List<Question> occasions =
                IntStream.range(0, 2000).mapToObj(i -> question.on("" + i)).toList();
        Map<Question, Answer> answers = inquiry().ask(PreferenceMatrix.people(world), occasions);
        double share = answers.values().stream()
                .mapToDouble(
                        a -> ((Judgement.Preferred) a.judgement()).preference().probability())
                .average()
                .orElseThrow();
        assertThat(first == 0 ? share : 1 - share).isCloseTo(0.9, within(0.02));
    }

    @Test
    void promptsAreUsedInTurn() {
        Bandit world = Bandit.rewarded(Simplex.rows(3, Simplex.uniform(2)), new double[3][2]);
        SplittableGenerator random = new Seeds(1).of("prompts");
        assertThat(world.prompts(2, 2, world.reference(), random))
                .containsExactly(Responses.prompt(2), Responses.prompt(0));
        assertThatThrownBy(() -> world.prompts(0, 4, world.reference(), random))
                .hasMessageContaining("4 different prompts of 3");
    }
}
