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
import org.thurstone.train.loss.Draws;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PassSignal;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;

/**
 * Trains a policy by a loss.
 *
 * @param policy whose parameters that ask for gradients are trained
 * @param frozen log-probabilities of policies that are not trained, over {@link #toFreeze} of the data; a reference that the loss does not need
 *     is used for the figures
 * @param provisions what else the loss needs
 */
public record Trainer(
        Policy policy,
        Loss loss,
        Map<TableSignal, FrozenLogProbs> frozen,
        TrainingSettings settings,
        TrainingInputs provisions) {

    public Trainer {
        frozen = Map.copyOf(frozen);
    }

    /** For losses that need frozen log-probabilities at most. */
    public Trainer(Policy policy, Loss loss, Map<TableSignal, FrozenLogProbs> frozen, TrainingSettings settings) {
        this(policy, loss, frozen, settings, TrainingInputs.NONE);
    }

    /** The examples whose log-probabilities frozen policies have to give, for this loss on this data: the data, and mismatches of it. */
    public static List<TrainingExample> toFreeze(Loss loss, List<? extends TrainingExample> data) {
        refuseUnfit(loss, data);
        List<TrainingExample> all = new ArrayList<>(data);
        Signal.only(CompletionSignal.class, loss.signals())
                .forEach(s -> all.addAll(s.provider().of(data)));
        return all;
    }

    /**
     * Gets ready to train; nothing has been computed yet when this returns.
     *
     * @throws UserError if the loss cannot be asked about such examples, if something that it needs is missing, or if there are no examples
     */
    public Training start(List<? extends TrainingExample> data) {
        refuseUnfit(loss, data);
        check(data);
        return new Training(this, List.copyOf(data), Learner.of(policy, loss.signals(), provisions, settings));
    }

    /** Trains to the end, evaluating before the first step, as the settings say, and at the end. */
    public void train(
            List<? extends TrainingExample> data, List<? extends TrainingExample> heldOut, TrainingObserver observer) {
        try (Training training = start(data)) {
            training.finish(heldOut, observer);
        }
    }

    Objective objective(List<? extends TrainingExample> data, SignalReaders readers) {
        Map<CompletionSignal, Map<String, TrainingExample>> completions = new HashMap<>();
        for (CompletionSignal signal : Signal.only(CompletionSignal.class, loss.signals())) {
            List<? extends TrainingExample> further = signal.provider().of(data);
            Map<String, TrainingExample> byId = new HashMap<>();
            for (int i = 0; i < further.size(); i++) {
                byId.put(data.get(i).id(), further.get(i));
            }
            completions.put(signal, byId);
        }
        return new Objective(this, readers, completions);
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

    private void refuseWithoutReference() {
        if (TrainingInputs.referenceNeeded(loss) && provisions.reference().isEmpty()) {
            String why = Signal.only(PassSignal.class, loss.signals()).stream()
                    .filter(s -> s.request().reference())
                    .findFirst()
                    .map(Signal::words)
                    .orElse("the reference's log-probabilities of fresh samples");
            throw new UserError("the loss " + loss + " needs " + why
                    + ", for which the reference policy itself has to run beside the one that is trained: provide it");
        }
        if (TrainingInputs.ownSamples(loss).isPresent()
                && provisions.continuations().isEmpty()) {
            throw new UserError("the loss " + loss
                    + " looks at completions that the policy draws while it is trained: provide a way to draw them");
        }
    }

    private void refuseOtherSamples(TrainingExample e) {
        int wanted = TrainingInputs.referenceSamples(loss)
                .or(() -> TrainingInputs.dataSamples(loss))
                .map(Draws::each)
                .orElse(0);
        if (e.samples() != wanted) {
            boolean data = TrainingInputs.dataSamples(loss).isPresent();
            throw new UserError(
                    "example " + e.id() + " has " + e.samples() + " completions that nobody judged, and the loss "
                            + loss + " looks at " + wanted
                            + (data
                                    ? " of " + loss.draws().orElseThrow().from().completions()
                                            + ": encode the data for this loss"
                                    : wanted > 0 ? ": draw so many from the reference for each example first" : ""));
        }
    }

    /** What would otherwise be found out in the middle of a run. */
    void check(List<? extends TrainingExample> data) {
        for (TableSignal signal : Signal.only(TableSignal.class, loss.signals())) {
            if (!frozen.containsKey(signal)) {
                String give = signal.ofPolicy()
                        ? "give a " + signal.name().replace('-', ' ')
                                + " policy, or take a loss without one, such as simpo"
                        : "give it for each example";
                throw new UserError(
                        "the loss " + loss.name() + " needs " + signal.words() + ", and there is none: " + give);
            }
        }
        refuseWithoutReference();
        Set<String> ids = new HashSet<>();
        data.forEach(this::refuseOtherSamples);
        Signal.only(PromptSignal.class, loss.signals())
                .forEach(signal -> data.forEach(e -> provisions.features().of(signal, e)));
        for (TrainingExample e : toFreeze(loss, data)) {
            if (!ids.add(e.id())) {
                throw new UserError("two examples are called " + e.id() + ": ids have to be unique");
            }
            frozen.forEach((signal, logProbs) -> {
                if (!logProbs.has(e)) {
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
}
