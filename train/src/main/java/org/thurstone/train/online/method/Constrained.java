package org.thurstone.train.online.method;

import java.util.List;
import java.util.Set;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.Signal;

/**
 * Constrained RLHF: maximises the first reward while others are kept within bounds. Any policy gradient maximises the Lagrangian r₀ + Σ μᵢ·(rᵢ − θᵢ),
 * and after each step the multipliers take a dual ascent step: μᵢ ← μᵢ − rate·(mean rᵢ − θᵢ), not below 0 for {@code at-least}, not above 0 for
 * {@code at-most}, and with either sign for {@code equal}, which keeps a component at the point beyond which it is no longer a good proxy.
 * arXiv:2310.04373.
 *
 * @param by policy-gradient method
 * @param bounds of the rewards after the first, in their order, at least one
 * @param rate of the dual ascent, above 0
 */
@Method(
        name = "constrained",
        kind = "online",
        papers = "2310.04373",
        source = "arXiv:2310.04373",
        summary = "maximises one reward and keeps others within bounds, with learned multipliers",
        formula = "r₀ + Σ μᵢ·(rᵢ − θᵢ); μᵢ ← μᵢ − η·(mean rᵢ − θᵢ)")
public record Constrained(
        @Default("rloo") PolicyGradientMethod by,
        List<Bound> bounds,
        @Default("0.1") double rate) implements OnlineMethod {

    private static final String MEMORY = "constrained";

    /**
     * A bound on the mean of a reward.
     *
     * @param threshold θ, in the reward's unit
     */
    public record Bound(
            double threshold, @Default("at-least") Side side) {
        public Bound {
            Require.finite("threshold", threshold);
        }
    }

    /** On which side of its threshold. */
    public enum Side {
        AT_LEAST,
        AT_MOST,
        EQUAL
    }

    public Constrained {
        bounds = List.copyOf(bounds);
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("bounds are missing: without any, use the policy gradient on its own");
        }
        Require.positive("rate", rate);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), by.samples());
        List<double[]> components = session.components(groups);
        if (components.size() != bounds.size() + 1) {
            throw new UserError("there are " + components.size() + " rewards and " + bounds.size()
                    + " bounds: one for each reward after the first is needed");
        }
        double[] multipliers = session.memory().get(MEMORY, bounds.size());
        double[][] rewards = new double[groups.size()][];
        double[] sums = new double[bounds.size() + 1];
        int at = 0;
        for (int g = 0; g < rewards.length; g++) {
            rewards[g] = new double[groups.get(g).size()];
            for (int i = 0; i < rewards[g].length; i++, at++) {
                double total = components.getFirst()[at];
                sums[0] += groups.get(g).weight() * components.getFirst()[at];
                for (int b = 0; b < multipliers.length; b++) {
                    double r = components.get(b + 1)[at];
                    total += multipliers[b] * (r - bounds.get(b).threshold());
                    sums[b + 1] += groups.get(g).weight() * r;
                }
                rewards[g][i] = total;
            }
        }
        if (at == 0) {
            return;
        }
        by.improve(session, groups, rewards);
        session.note("reward", sums[0] / at);
        for (int b = 0; b < multipliers.length; b++) {
            Bound bound = bounds.get(b);
            double mean = sums[b + 1] / at;
            double moved = multipliers[b] - rate * (mean - bound.threshold());
            multipliers[b] = switch (bound.side()) {
                case AT_LEAST -> Math.max(0, moved);
                case AT_MOST -> Math.min(0, moved);
                case EQUAL -> moved;
            };
            session.note("reward-" + (b + 1), mean);
            session.note("multiplier-" + (b + 1), multipliers[b]);
        }
        session.memory().put(MEMORY, multipliers);
    }

    @Override
    public Set<Signal> signals() {
        return by.signals();
    }
}
