package org.thurstone.train;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PassSignal;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;

/**
 * The inputs that a loss requires.
 *
 * @param examples the kinds that it takes
 * @param form the examples that are made for it of comparisons or of scored completions
 * @param special special data, which cannot be made from other examples
 * @param tables numbers per token; those of policies are computed once for a data set
 * @param live signals for which the reference policy has to run while the policy is trained
 * @param samples completions that it needs in addition to those of the data
 * @param features of prompts
 */
public record LossRequirements(
        Set<ExampleKind> examples,
        Form form,
        Optional<SpecialData> special,
        List<TableSignal> tables,
        List<PassSignal> live,
        Optional<RequiredSamples> samples,
        List<PromptSignal> features) {

    /** The training examples made from comparisons or scored completions. */
    public enum Form {
        /** Comparisons as they are. */
        PAIRS(false),
        /** What the loss imitates of comparisons, mostly their chosen completions. */
        DEMONSTRATIONS(false),
        /** Both sides of comparisons as single completions: the chosen desirable, the rejected undesirable. */
        LABELLED(false),
        /** Single completions, each with its score. */
        SCORED(true),
        /** The same with the mean score of the prompt taken off. */
        CENTRED(true),
        /** All completions of a prompt with their scores. */
        LISTS(true);

        private final boolean scores;

        Form(boolean scores) {
            this.scores = scores;
        }

        /** Whether it is made of scored completions, and not of comparisons. */
        public boolean ofScores() {
            return scores;
        }

        private static Form of(Loss loss) {
            Set<ExampleKind> kinds = loss.accepts();
            if (kinds.contains(ExampleKind.PAIR)) {
                return PAIRS;
            } else if (kinds.contains(ExampleKind.DEMONSTRATION)) {
                return DEMONSTRATIONS;
            } else if (kinds.contains(ExampleKind.LIST)) {
                return LISTS;
            }
            return switch (loss.singleValues()) {
                case LABELS -> LABELLED;
                case SCORES -> SCORED;
                case ADVANTAGES -> CENTRED;
            };
        }
    }

    public static LossRequirements of(Loss loss) {
        return new LossRequirements(
                loss.accepts(),
                Form.of(loss),
                loss.specialData(),
                Signal.only(TableSignal.class, loss.signals()),
                Signal.only(PassSignal.class, loss.signals()).stream()
                        .filter(s -> s.request().reference())
                        .toList(),
                loss.draws(),
                Signal.only(PromptSignal.class, loss.signals()));
    }

    /** Whether the reference policy itself is needed while the policy is trained. */
    public boolean liveReference() {
        return !live.isEmpty() || freshReference();
    }

    /** Whether log-probabilities of the reference cannot be computed beforehand, because the completions are not yet known. */
    boolean freshReference() {
        return ownSamples().isPresent() && tables.contains(FrozenLogProbs.REFERENCE);
    }

    /** Completions that the policy has to draw for each batch. */
    public Optional<RequiredSamples> ownSamples() {
        return samples.filter(d -> d.from() == RequiredSamples.From.POLICY);
    }

    /** Completions that the reference has to draw for the data, once. */
    public Optional<RequiredSamples> referenceSamples() {
        return samples.filter(d -> d.from() == RequiredSamples.From.REFERENCE);
    }

    /** Completions that come with the data, or are made of it. */
    public Optional<RequiredSamples> dataSamples() {
        return samples.filter(d -> d.from().fromData());
    }
}
