package org.thurstone.train;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.thurstone.model.Policy;
import org.thurstone.tensor.AdamW;
import org.thurstone.tensor.Optimizer;
import org.thurstone.tensor.Sgd;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.Signal;

/**
 * The fixed part of a training run: what is trained, and with which settings.
 *
 * @param policy whose parameters that ask for gradients are trained
 * @param signals of the losses that it will be trained by: what has to learn in addition to the policy, such as a critic, starts with the training
 * @param reference there if a head reads it
 * @param optimizer made for the tensors that are trained; AdamW as the settings say, unless another one is wanted
 */
public record TrainingPlan(
        Policy policy,
        Set<Signal> signals,
        Optional<Policy> reference,
        TrainingSettings settings,
        Function<List<Tensor>, Optimizer> optimizer) {

    public TrainingPlan {
        signals = Set.copyOf(signals);
    }

    public static TrainingPlan of(
            Policy policy, Set<Signal> signals, Optional<Policy> reference, TrainingSettings settings) {
        AdamW.Settings adam = AdamW.Settings.DEFAULT;
        return new TrainingPlan(
                policy,
                signals,
                reference,
                settings,
                tensors -> new AdamW(
                        tensors,
                        new AdamW.Settings(adam.beta1(), adam.beta2(), adam.epsilon(), settings.weightDecay(), false)));
    }

    /** For one loss. */
    public static TrainingPlan of(Policy policy, Loss loss, TrainingInputs inputs, TrainingSettings settings) {
        return of(policy, loss.signals(), inputs.reference(), settings);
    }

    /** The same by plain gradient descent. */
    public TrainingPlan withGradientDescent() {
        return new TrainingPlan(policy, signals, reference, settings, tensors -> new Sgd(tensors, 0));
    }
}
