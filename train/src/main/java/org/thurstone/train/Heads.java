package org.thurstone.train;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.head.Critic;
import org.thurstone.model.head.LayerMask;
import org.thurstone.model.head.LinearHead;
import org.thurstone.tensor.Parameters;
import org.thurstone.train.signal.Signal;

/**
 * What learns beside the policy because the loss asked for it: fresh when a training starts, and saved with its state.
 *
 * @param critic for {@link Signal#VALUE}
 * @param reward for {@link Signal#REWARD} and {@link Signal#PROBED_REWARD}
 * @param degrees for {@link Signal#DEGREES}
 * @param masks for {@link Signal#MASK} and {@link Signal#SECOND_MASK}
 */
record Heads(
        Optional<Critic> critic,
        Optional<LinearHead> reward,
        Optional<LinearHead> degrees,
        Map<Signal, LayerMask> masks)
        implements AutoCloseable {

    static final Heads NONE = new Heads(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    static Heads of(Set<Signal> signals, Policy policy, Optional<Policy> reference, long seed) {
        SplittableGenerator random = (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<Signal, LayerMask> masks = new EnumMap<>(Signal.class);
        for (Signal mask : new Signal[] {Signal.MASK, Signal.SECOND_MASK}) {
            SplittableGenerator own = random.split();
            if (signals.contains(mask)) {
                masks.put(mask, new LayerMask(reference.orElseThrow(), own));
            }
        }
        boolean rewarded = signals.contains(Signal.REWARD) || signals.contains(Signal.PROBED_REWARD);
        return new Heads(
                signals.contains(Signal.VALUE) ? Optional.of(Critic.like(policy)) : Optional.empty(),
                rewarded ? Optional.of(LinearHead.of(policy, State.AFTER)) : Optional.empty(),
                signals.contains(Signal.DEGREES)
                        ? Optional.of(LinearHead.of(policy, State.AFTER, Signal.MOST_DEGREES))
                        : Optional.empty(),
                masks);
    }

    /** Of each part, by name. */
    SequencedMap<String, Parameters> parameters() {
        SequencedMap<String, Parameters> all = new LinkedHashMap<>();
        critic.ifPresent(c -> c.parameters().forEach((part, p) -> all.put("critic." + part, p)));
        reward.ifPresent(r -> all.put("reward", r.parameters()));
        degrees.ifPresent(d -> all.put("degrees", d.parameters()));
        masks.forEach((signal, mask) -> all.put(signal == Signal.MASK ? "mask" : "second-mask", mask.parameters()));
        return all;
    }

    @Override
    public void close() {
        critic.ifPresent(Critic::close);
        reward.ifPresent(LinearHead::close);
        degrees.ifPresent(LinearHead::close);
        masks.values().forEach(LayerMask::close);
    }
}
