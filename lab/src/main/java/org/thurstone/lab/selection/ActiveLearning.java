package org.thurstone.lab.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.feedback.acquisition.BudgetSplit;
import org.thurstone.feedback.acquisition.ConstantBudget;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Output;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Stage;
import org.thurstone.loop.World;
import org.thurstone.loop.run.MemoryWorkspace;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.Candidates;
import org.thurstone.loop.stage.FirstIteration;
import org.thurstone.loop.stage.LabelPairs;
import org.thurstone.loop.stage.Learn;
import org.thurstone.loop.stage.Learner;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.loop.stage.RateCompletions;
import org.thurstone.loop.stage.SampleCompletions;
import org.thurstone.loop.stage.SelectPairs;
import org.thurstone.loop.stage.Selection;

/**
 * The loop of {@code thurstone run} in memory: ways to choose pairs, compared after a first iteration of random labels that all of them share, so
 * that there are margins. No pair is asked about twice, and a pair that two ways ask about has one answer.
 *
 * @param <P> a policy
 */
public final class ActiveLearning<P> {

    private final World<P> world;
    private final Output<P> policy;
    private final Setting<P> setting;
    private final P start;
    private final Inquiry inquiry;
    private final Loop<P> loop;

    /**
     * What all ways have in common.
     *
     * @param candidates what may be asked about
     * @param margin what margins are taken against
     * @param memory whether an iteration learns from earlier labels too; {@code thurstone run} has none
     * @param first random labels
     * @param labels chosen ones, over all later iterations
     * @param <P> a policy
     */
    public record Setting<P>(
            Candidates<P> candidates,
            Respondent annotator,
            MarginReference margin,
            Learner<P> learner,
            boolean memory,
            int first,
            int labels) {}

    /**
     * A way to choose pairs.
     *
     * @param instance of a prompt's pairs
     * @param corpus of the pairs that are left
     */
    public record Strategy(Order instance, Order corpus, int iterations, BudgetSplit split) {

        public static Strategy by(Order order, int iterations) {
            return new Strategy(order, order, iterations, new ConstantBudget());
        }
    }

    /** @param policy what the learned policy is kept as */
    public ActiveLearning(World<P> world, Output<P> policy, Setting<P> setting, P start, Seeds seeds) {
        this.world = world;
        this.policy = policy;
        this.setting = setting;
        this.start = start;
        this.inquiry = new Inquiry(new MemoryLedger(), seeds::of, Inquiry.Tolerance.DEFAULT, warning -> {});
        this.loop = new Loop<>(new MemoryWorkspace(), seeds, Progress.SILENT);
    }

    /** The policies of a way: the start, after the first labels, and after each iteration of chosen ones. */
    public List<P> path(Strategy way) {
        return path(way, List.of());
    }

    /**
     * The same where completions are sampled and rated.
     *
     * @param rated by whom
     */
    public List<P> path(Strategy way, int prompts, int samples, Respondent rated) {
        return path(
                way,
                List.of(
                        new SampleCompletions<>(world, prompts, samples, prompts),
                        new RateCompletions<>(inquiry, rated)));
    }

    private List<P> path(Strategy way, List<Stage<P, ?>> before) {
        List<Integer> budgets = Stream.concat(
                        Stream.of(setting.first), way.split.split(setting.labels, way.iterations).stream())
                .toList();
        Stage<P, Selection> random = select(Strategy.by(Order.RANDOM, 1), budgets);
        List<Stage<P, ?>> stages = new ArrayList<>(before);
        stages.add(new FirstIteration<>(random, select(way, budgets)));
        stages.add(FirstIteration.shared(new LabelPairs<>(inquiry, setting.annotator, false)));
        stages.add(FirstIteration.shared(new Learn<>(policy, setting.learner, setting.memory)));
        Arm<P> arm = new Arm<>(way + "/", way.toString(), 1 + way.iterations, stages, i -> i.get(policy));
        Iteration<P> last = loop.run(arm, start).getLast();
        List<P> policies = new ArrayList<>(last.iterates());
        policies.add(last.get(policy));
        return policies;
    }

    private Stage<P, Selection> select(Strategy way, List<Integer> budgets) {
        return new SelectPairs<>(
                world,
                setting.candidates.unasked(),
                new MarginAcquisition(way.instance, way.corpus),
                setting.margin,
                budgets);
    }
}
