package org.thurstone.worlds.language;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.acquisition.BudgetSplit;
import org.thurstone.feedback.annotator.Annotator;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.model.sample.Sampling;
import org.thurstone.recipe.Default;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.control.Control;
import org.thurstone.worlds.language.control.Rerun;
import org.thurstone.worlds.language.extrapolation.Extrapolation;
import org.thurstone.worlds.language.task.Task;

/**
 * What an iterative run is made of: everything that decides its result.
 *
 * @param seed of all randomness
 * @param policy a Hugging Face model directory to start from; tasks that train their own do without
 * @param prompts fresh prompts in each iteration
 * @param answers sampled for each prompt
 * @param sampling how answers are sampled
 * @param margin what the implicit-reward margin, by which pairs are chosen, is taken against
 * @param labels how many comparisons may be asked for over all iterations, and how they are spread
 * @param reference what the loss is taken against
 * @param warnings when a run should say that it is going wrong
 * @param extrapolation how an iteration's policy goes on beyond what training came to; without, it is that
 * @param controls what the result is to be held against in the report
 */
public record LoopRecipe(
        @Default("1") long seed,
        Optional<String> policy,
        Task task,
        @Default("3") int iterations,
        @Default("400") int prompts,
        @Default("8") int answers,
        Sampling sampling,
        @Default("best-worst") Pairing pairing,
        @Default("margin") Acquisition acquisition,
        @Default("previous") MarginAgainst margin,
        Labels labels,
        @Default("judge") Annotator annotator,
        @Default("dpo") Loss loss,
        TrainingSettings training,
        @Default("previous") Reference reference,
        EvaluationSettings evaluation,
        Warnings warnings,
        Optional<Extrapolation> extrapolation,
        @Default("[]") List<Control> controls)
        implements RunRecipe {

    /** What the implicit reward that ranks candidate pairs is taken against. */
    public enum MarginAgainst {
        /** The policy that the previous iteration started from; in the first iteration there is none, and raw log-probabilities serve. */
        PREVIOUS,
        /** The policy that the run started from; in the first iteration that is the policy itself, and raw log-probabilities serve. */
        INITIAL,
        /** Nothing: raw log-probabilities. */
        NOTHING;

        /**
         * r̂(left) − r̂(right) of each candidate pair by the last iterate.
         *
         * @param iterates so far, the start first
         * @param differences the difference of log π(left) and log π(right), by pair, of a policy
         */
        public <P> double[] margins(List<P> iterates, Function<P, double[]> differences) {
            double[] margins = differences.apply(iterates.getLast());
            of(iterates).map(differences).ifPresent(theirs -> {
                for (int i = 0; i < margins.length; i++) {
                    margins[i] -= theirs[i];
                }
            });
            return margins;
        }

        /** The start against its own copy would have margin 0 everywhere: there is nothing to take it against. */
        private <P> Optional<P> of(List<P> iterates) {
            return iterates.size() == 1
                    ? Optional.empty()
                    : switch (this) {
                        case PREVIOUS -> Optional.of(iterates.get(iterates.size() - 2));
                        case INITIAL -> Optional.of(iterates.getFirst());
                        case NOTHING -> Optional.empty();
                    };
        }
    }

    /** The policy that an iteration's loss holds on to. */
    public enum Reference {
        /** The one that the iteration starts from. */
        PREVIOUS,
        /** The one that the run started from. */
        INITIAL,
        /** The mean of the weights of all iterates so far, the start included. */
        AVERAGE
    }

    /**
     * The label budget.
     *
     * @param total comparisons over all iterations
     * @param split how they are spread
     */
    public record Labels(
            @Default("960") int total,
            @Default("decreasing") BudgetSplit split) {
        public Labels {
            if (total < 1) {
                throw new IllegalArgumentException("total must be at least 1");
            }
        }
    }

    /**
     * How policies are compared.
     *
     * @param prompts held-out prompts, the same for all policies
     * @param temperature of the sampled answers that make the headline
     * @param greedy whether the most likely answers are scored too
     */
    public record EvaluationSettings(
            @Default("500") int prompts,
            @Default("1.0") double temperature,
            @Default("true") boolean greedy) {
        public EvaluationSettings {
            if (prompts < 1) {
                throw new IllegalArgumentException("prompts must be at least 1");
            }
        }
    }

    /**
     * @param kl nats an answer from the start
     * @param distinct2 share of the start's distinct-2
     */
    public record Warnings(
            @Default("1e9") double kl, @Default("0.5") double distinct2) {}

    public LoopRecipe {
        controls = List.copyOf(controls);
        atLeastOne("iterations", iterations);
        atLeastOne("prompts", prompts);
        if (answers < 2) {
            throw new IllegalArgumentException("answers must be at least 2: one answer makes no pair");
        }
        for (Control control : controls) {
            if (control instanceof Rerun rerun && rerun.method().isPresent()) {
                throw new IllegalArgumentException("the rerun \"" + rerun.title()
                        + "\" says an online method, which only a recipe with a method can: take another"
                        + " acquisition or loss");
            }
        }
    }

    static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number of at least 0");
        }
    }

    @Override
    public String plan() {
        return iterations + " iterations of " + prompts + " prompts × " + answers + " answers, " + labels.total()
                + " labels in all, seed " + seed;
    }

    /** How many labels each iteration may spend. */
    public List<Integer> budgets() {
        return labels.split().split(labels.total(), iterations);
    }
}
