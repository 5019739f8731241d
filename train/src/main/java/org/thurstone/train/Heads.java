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
import org.thurstone.train.loss.Need;

/**
 * What learns beside the policy because the loss asked for it: fresh when a training starts, and saved with its state.
 *
 * @param critic for {@link Need#VALUE}
 * @param reward for {@link Need#REWARD} and {@link Need#PROBED_REWARD}
 * @param degrees for {@link Need#DEGREES}
 * @param masks for {@link Need#MASK} and {@link Need#SECOND_MASK}
 */
record Heads(
        Optional<Critic> critic, Optional<LinearHead> reward, Optional<LinearHead> degrees, Map<Need, LayerMask> masks)
        implements AutoCloseable {

    static final Heads NONE = new Heads(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    static Heads of(Set<Need> needs, Policy policy, Optional<Policy> reference, long seed) {
        SplittableGenerator random = (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<Need, LayerMask> masks = new EnumMap<>(Need.class);
        for (Need mask : new Need[] {Need.MASK, Need.SECOND_MASK}) {
            SplittableGenerator own = random.split();
            if (needs.contains(mask)) {
                masks.put(mask, new LayerMask(reference.orElseThrow(), own));
            }
        }
        boolean rewarded = needs.contains(Need.REWARD) || needs.contains(Need.PROBED_REWARD);
        return new Heads(
                needs.contains(Need.VALUE) ? Optional.of(Critic.like(policy)) : Optional.empty(),
                rewarded ? Optional.of(LinearHead.of(policy, State.AFTER)) : Optional.empty(),
                needs.contains(Need.DEGREES)
                        ? Optional.of(LinearHead.of(policy, State.AFTER, Need.MOST_DEGREES))
                        : Optional.empty(),
                masks);
    }

    /** Of each part, by name. */
    SequencedMap<String, Parameters> parameters() {
        SequencedMap<String, Parameters> all = new LinkedHashMap<>();
        critic.ifPresent(c -> c.parameters().forEach((part, p) -> all.put("critic." + part, p)));
        reward.ifPresent(r -> all.put("reward", r.parameters()));
        degrees.ifPresent(d -> all.put("degrees", d.parameters()));
        masks.forEach((need, mask) -> all.put(need == Need.MASK ? "mask" : "second-mask", mask.parameters()));
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
