package org.thurstone.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.data.UserError;
import org.thurstone.model.Policy;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.LongestPath;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;

/**
 * A loss with its examples and inputs: one term of the training objective, over all examples or a batch of them.
 */
public final class LossTerm {

    private final Loss loss;
    private final List<TrainingExample> examples;
    private final TrainingInputs inputs;
    private final LossTerm whole;
    private final Map<CompletionSignal, Map<String, TrainingExample>> completions = new HashMap<>();

    /** @param examples all of one kind */
    public LossTerm(Loss loss, List<? extends TrainingExample> examples, TrainingInputs inputs) {
        this.loss = loss;
        this.examples = List.copyOf(examples);
        this.inputs = inputs;
        this.whole = this;
    }

    private LossTerm(LossTerm whole, List<TrainingExample> batch) {
        this.loss = whole.loss;
        this.examples = List.copyOf(batch);
        this.inputs = whole.inputs;
        this.whole = whole.whole;
    }

    public Loss loss() {
        return loss;
    }

    public List<TrainingExample> examples() {
        return examples;
    }

    public TrainingInputs inputs() {
        return inputs;
    }

    /** The same loss over some of the examples. */
    public LossTerm batch(List<TrainingExample> some) {
        return new LossTerm(this, some);
    }

    /** The same loss over other examples, such as held-out ones, with the same inputs. */
    public LossTerm over(List<? extends TrainingExample> others) {
        return new LossTerm(loss, others, inputs);
    }

    /** The same with other inputs. */
    LossTerm with(TrainingInputs others) {
        return new LossTerm(loss, examples, others);
    }

    /** Further completions that the loss needs, by the ids of the examples that they belong to; made once for the whole data set. */
    Map<CompletionSignal, Map<String, TrainingExample>> completions() {
        for (CompletionSignal signal : Signal.only(CompletionSignal.class, loss.signals())) {
            whole.completions.computeIfAbsent(signal, s -> {
                List<? extends TrainingExample> further = s.provider().of(whole.examples);
                Map<String, TrainingExample> byId = new HashMap<>();
                for (int i = 0; i < further.size(); i++) {
                    byId.put(whole.examples.get(i).id(), further.get(i));
                }
                return byId;
            });
        }
        return whole.completions;
    }

    /**
     * The examples whose log-probabilities frozen policies have to give, for this loss on this data: the data, and further completions that
     * the loss makes of it.
     */
    public static List<TrainingExample> toFreeze(Loss loss, List<? extends TrainingExample> data) {
        refuseUnfit(loss, data);
        List<TrainingExample> all = new ArrayList<>(data);
        Signal.only(CompletionSignal.class, loss.signals())
                .forEach(s -> all.addAll(s.provider().of(data)));
        return all;
    }

    /**
     * Refuses, with the reason, what could not be learned from: what would otherwise be found out in the middle of a run.
     *
     * @throws UserError if the loss cannot be asked about such examples, if something that it needs is missing, or if there are no examples
     */
    public void check(Policy policy) {
        refuseUnfit(loss, examples);
        refuseWithoutTables();
        refuseWithoutReference();
        refuseOtherSamples();
        Signal.only(PromptSignal.class, loss.signals())
                .forEach(signal -> examples.forEach(e -> inputs.features().of(signal, e)));
        Set<String> ids = new HashSet<>();
        for (TrainingExample e : toFreeze(loss, examples)) {
            if (!ids.add(e.id())) {
                throw new UserError("two examples are called " + e.id() + ": ids have to be unique");
            }
            inputs.tables().forEach((signal, table) -> {
                if (!table.has(e)) {
                    throw new UserError(signal.words() + " are of other data: they lack example " + e.id());
                }
            });
            e.trees().forEach(tree -> {
                int longest = LongestPath.of(tree);
                if (longest > policy.context()) {
                    throw new UserError("example " + e.id() + " is " + longest + " tokens long, and the policy reads "
                            + policy.context() + ": shorten or drop it");
                }
            });
        }
    }

    private static void refuseUnfit(Loss loss, List<? extends TrainingExample> data) {
        if (data.isEmpty()) {
            throw new UserError("there is nothing to train on: the data set has no examples");
        }
        for (TrainingExample e : data) {
            ExampleKind kind = e.kind();
            if (!loss.accepts().contains(kind)) {
                throw loss.refusal(kind);
            }
            if (kind != data.getFirst().kind()) {
                throw new UserError("example " + e.id() + " is one of " + kind.words() + ", the ones before it are "
                        + data.getFirst().kind().words() + ": train on one kind at a time");
            }
        }
    }

    private void refuseWithoutTables() {
        for (TableSignal signal : Signal.only(TableSignal.class, loss.signals())) {
            if (!inputs.tables().containsKey(signal)) {
                String give = signal.ofPolicy()
                        ? "give a " + signal.name().replace('-', ' ')
                                + " policy, or take a loss without one, such as simpo"
                        : "give it for each example";
                throw new UserError(
                        "the loss " + loss.name() + " needs " + signal.words() + ", and there is none: " + give);
            }
        }
    }

    private void refuseWithoutReference() {
        LossRequirements needs = LossRequirements.of(loss);
        if (needs.liveReference() && inputs.reference().isEmpty()) {
            String why = needs.live().isEmpty()
                    ? "the reference's log-probabilities of fresh samples"
                    : needs.live().getFirst().words();
            throw new UserError("the loss " + loss.name() + " needs " + why
                    + ", for which the reference policy has to run while the policy is trained: give a live reference");
        }
        if (needs.ownSamples().isPresent() && inputs.continuations().isEmpty()) {
            throw new UserError("the loss " + loss.name()
                    + " looks at completions that the policy draws while it is trained: give a way to draw them");
        }
    }

    private void refuseOtherSamples() {
        LossRequirements needs = LossRequirements.of(loss);
        int wanted = needs.referenceSamples()
                .or(needs::dataSamples)
                .map(RequiredSamples::each)
                .orElse(0);
        examples.stream().filter(e -> e.samples() != wanted).findFirst().ifPresent(e -> {
            boolean data = needs.dataSamples().isPresent();
            throw new UserError(
                    "example " + e.id() + " has " + e.samples() + " completions that no one judged, and the loss "
                            + loss.name() + " looks at " + wanted
                            + (data
                                    ? " of " + loss.draws().orElseThrow().from().completions()
                                            + ": encode the data for this loss"
                                    : wanted > 0 ? ": draw so many from the reference for each example first" : ""));
        });
    }

    /** For figures and messages. */
    List<String> ids() {
        return examples.stream().map(TrainingExample::id).toList();
    }
}
