package org.thurstone.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurstone.model.Ask;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.Slopes;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;
import org.thurstone.model.TokenTree;
import org.thurstone.model.head.Critic;
import org.thurstone.model.head.LayerMask;
import org.thurstone.model.head.LinearHead;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Need;

/**
 * One pass of the policy over trees, and of all that learns or runs beside it as far as the loss needs it: read once, and handed the gradient
 * of what was read.
 */
final class Reading {

    /** What is read of the states after tokens. */
    private static final Set<Need> AFTER = Set.of(Need.STATES, Need.REWARD, Need.PROBED_REWARD, Need.DEGREES);

    private final Set<Need> needs;
    private final Forward policy;
    private final Optional<Critic.Pass> critic;
    private final Optional<LinearHead.Reading> reward;
    private final Optional<LinearHead.Reading> degrees;
    private final Map<Need, LayerMask.Reading> masks = new EnumMap<>(Need.class);
    private final Flat flat;

    /** @param learn whether {@link #backward} will be called */
    Reading(Trainer trainer, Heads heads, Set<Need> needs, List<TokenTree> trees, boolean learn) {
        this.needs = needs;
        Map<Need, Tensor> more = new EnumMap<>(Need.class);
        Optional<Forward> other = Optional.empty();
        if (Provisions.referenceNeeded(trainer.loss())) {
            other = Optional.of(reference(trainer.provisions().reference().orElseThrow(), trees, more));
        }
        if (Provisions.freshReference(trainer.loss())) {
            other.ifPresent(o -> more.put(Need.REFERENCE, o.logProbs()));
        }
        Policy policy = trainer.policy();
        Ask ask = ask(other, learn);
        this.policy = ask.plain() ? policy.forward(trees, learn) : policy.forward(trees, ask);
        needs.forEach(need -> need.statistic().ifPresent(s -> more.put(need, this.policy.statistic(s))));
        if (needs.contains(Need.STATES)) {
            more.put(Need.STATES, this.policy.states(State.AFTER));
        }
        this.critic = heads.critic().map(c -> c.forward(trees, learn));
        critic.ifPresent(c -> more.put(Need.VALUE, c.values()));
        this.reward = heads.reward().map(r -> r.read(this.policy));
        reward.ifPresent(r -> more.put(rewardNeed(), r.values()));
        this.degrees = heads.degrees().map(d -> d.read(this.policy));
        degrees.ifPresent(d -> more.put(Need.DEGREES, d.values()));
        other.ifPresent(o -> heads.masks().forEach((need, mask) -> masks.put(need, mask.read(o))));
        masks.forEach((need, mask) -> more.put(need, mask.values()));
        more.replaceAll((need, values) -> Flat.exact(values));
        this.flat = new Flat(Flat.exact(this.policy.logProbs()), more);
    }

    private Forward reference(Policy reference, List<TokenTree> trees, Map<Need, Tensor> more) {
        boolean layers =
                needs.contains(Need.ACTIVATION) || needs.contains(Need.MASK) || needs.contains(Need.SECOND_MASK);
        Forward forward =
                layers ? reference.forward(trees, Ask.of(false).with(State.LAYERS)) : reference.forward(trees, false);
        if (needs.contains(Need.ACTIVATION)) {
            more.put(Need.ACTIVATION, forward.states(State.LAYERS).mean(-1).mean(-1));
        }
        return forward;
    }

    private Ask ask(Optional<Forward> reference, boolean learn) {
        Ask ask = Ask.of(learn);
        if (reference.isPresent()) {
            ask = ask.against(reference.get());
        }
        Statistic[] statistics =
                needs.stream().flatMap(n -> n.statistic().stream()).toArray(Statistic[]::new);
        List<State> states = new ArrayList<>();
        if (needs.stream().anyMatch(AFTER::contains)) {
            states.add(State.AFTER);
        }
        return ask.with(statistics).with(states.toArray(State[]::new));
    }

    private Need rewardNeed() {
        return needs.contains(Need.REWARD) ? Need.REWARD : Need.PROBED_REWARD;
    }

    /** What was read, outside of any graph. */
    Flat flat() {
        return flat;
    }

    /** Hands everyone the share of the gradient that is theirs. Once, within the scope in which this was read. */
    void backward(Flat.Gradient gradient) {
        Map<Statistic, Tensor> statistics = new EnumMap<>(Statistic.class);
        Map<State, Tensor> states = new EnumMap<>(State.class);
        gradient.more().forEach((need, g) -> {
            need.statistic().ifPresent(s -> statistics.put(s, like(g, policy.logProbs())));
            switch (need) {
                case VALUE -> critic.orElseThrow().backward(g);
                case REWARD -> states.merge(State.AFTER, reward.orElseThrow().backward(g), Tensor::add);
                case DEGREES -> states.merge(State.AFTER, degrees.orElseThrow().backward(g), Tensor::add);
                case PROBED_REWARD -> reward.orElseThrow().backward(g);
                case MASK, SECOND_MASK ->
                    masks.forEach((of, mask) -> {
                        if (of == need) {
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
            policy.backward(new Slopes(logProbs, statistics, states));
        }
    }

    private static Tensor like(Tensor gradient, Tensor given) {
        return gradient.to(given.type()).to(given.device());
    }
}
