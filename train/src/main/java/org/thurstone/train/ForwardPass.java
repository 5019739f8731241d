package org.thurstone.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.OutputGradients;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;
import org.thurstone.model.TokenTree;
import org.thurstone.model.head.Critic;
import org.thurstone.model.head.LayerMask;
import org.thurstone.model.head.LinearHead;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.signal.Signal;

/**
 * One pass of the policy over trees, and of all that learns or runs beside it as far as the loss needs it: read once, and handed the gradient
 * of what was read.
 */
final class ForwardPass {

    /** What is read of the states after tokens. */
    private static final Set<Signal> AFTER = Set.of(Signal.STATES, Signal.REWARD, Signal.PROBED_REWARD, Signal.DEGREES);

    private final Set<Signal> signals;
    private final Forward policy;
    private final Optional<Critic.Pass> critic;
    private final Optional<LinearHead.Reading> reward;
    private final Optional<LinearHead.Reading> degrees;
    private final Map<Signal, LayerMask.Reading> masks = new EnumMap<>(Signal.class);
    private final TokenOutputs flat;

    /** @param learn whether {@link #backward} will be called */
    ForwardPass(Trainer trainer, Heads heads, Set<Signal> signals, List<TokenTree> trees, boolean learn) {
        this.signals = signals;
        Map<Signal, Tensor> more = new EnumMap<>(Signal.class);
        Optional<Forward> other = Optional.empty();
        if (TrainingInputs.referenceNeeded(trainer.loss())) {
            other = Optional.of(reference(trainer.provisions().reference().orElseThrow(), trees, more));
        }
        if (TrainingInputs.freshReference(trainer.loss())) {
            other.ifPresent(o -> more.put(Signal.REFERENCE, o.logProbs()));
        }
        Policy policy = trainer.policy();
        ForwardRequest request = request(other, learn);
        this.policy = request.plain() ? policy.forward(trees, learn) : policy.forward(trees, request);
        signals.forEach(signal -> signal.statistic().ifPresent(s -> more.put(signal, this.policy.statistic(s))));
        if (signals.contains(Signal.STATES)) {
            more.put(Signal.STATES, this.policy.states(State.AFTER));
        }
        this.critic = heads.critic().map(c -> c.forward(trees, learn));
        critic.ifPresent(c -> more.put(Signal.VALUE, c.values()));
        this.reward = heads.reward().map(r -> r.read(this.policy));
        reward.ifPresent(r -> more.put(rewardSignal(), r.values()));
        this.degrees = heads.degrees().map(d -> d.read(this.policy));
        degrees.ifPresent(d -> more.put(Signal.DEGREES, d.values()));
        other.ifPresent(o -> heads.masks().forEach((signal, mask) -> masks.put(signal, mask.read(o))));
        masks.forEach((signal, mask) -> more.put(signal, mask.values()));
        more.replaceAll((signal, values) -> TokenOutputs.exact(values));
        this.flat = new TokenOutputs(TokenOutputs.exact(this.policy.logProbs()), more);
    }

    private Forward reference(Policy reference, List<TokenTree> trees, Map<Signal, Tensor> more) {
        boolean layers = signals.contains(Signal.ACTIVATION)
                || signals.contains(Signal.MASK)
                || signals.contains(Signal.SECOND_MASK);
        Forward forward = layers
                ? reference.forward(trees, ForwardRequest.of(false).with(State.LAYERS))
                : reference.forward(trees, false);
        if (signals.contains(Signal.ACTIVATION)) {
            more.put(Signal.ACTIVATION, forward.states(State.LAYERS).mean(-1).mean(-1));
        }
        return forward;
    }

    private ForwardRequest request(Optional<Forward> reference, boolean learn) {
        ForwardRequest request = ForwardRequest.of(learn);
        if (reference.isPresent()) {
            request = request.against(reference.get());
        }
        Statistic[] statistics =
                signals.stream().flatMap(n -> n.statistic().stream()).toArray(Statistic[]::new);
        List<State> states = new ArrayList<>();
        if (signals.stream().anyMatch(AFTER::contains)) {
            states.add(State.AFTER);
        }
        return request.with(statistics).with(states.toArray(State[]::new));
    }

    private Signal rewardSignal() {
        return signals.contains(Signal.REWARD) ? Signal.REWARD : Signal.PROBED_REWARD;
    }

    /** What was read, outside of any graph. */
    TokenOutputs flat() {
        return flat;
    }

    /** Hands everyone the share of the gradient that is theirs. Once, within the scope in which this was read. */
    void backward(TokenOutputs.Gradient gradient) {
        Map<Statistic, Tensor> statistics = new EnumMap<>(Statistic.class);
        Map<State, Tensor> states = new EnumMap<>(State.class);
        gradient.more().forEach((signal, g) -> {
            signal.statistic().ifPresent(s -> statistics.put(s, like(g, policy.logProbs())));
            switch (signal) {
                case VALUE -> critic.orElseThrow().backward(g);
                case REWARD -> states.merge(State.AFTER, reward.orElseThrow().backward(g), Tensor::add);
                case DEGREES -> states.merge(State.AFTER, degrees.orElseThrow().backward(g), Tensor::add);
                case PROBED_REWARD -> reward.orElseThrow().backward(g);
                case MASK, SECOND_MASK ->
                    masks.forEach((of, mask) -> {
                        if (of == signal) {
                            mask.backward(g);
                        }
                    });
                default -> {} // data, or a statistic
            }
        });
        Optional<Tensor> logProbs = gradient.logProbs().map(g -> like(g, policy.logProbs()));
        if (statistics.isEmpty() && states.isEmpty()) {
            logProbs.ifPresent(policy::backward);
        } else {
            policy.backward(new OutputGradients(logProbs, statistics, states));
        }
    }

    private static Tensor like(Tensor gradient, Tensor given) {
        return gradient.to(given.type()).to(given.device());
    }
}
