package org.thurstone.train.online;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;

/** The policy that samples come from. */
public sealed interface Source {

    /** The policy as it is at that moment. */
    @Method(name = "own", kind = "source", summary = "the current policy")
    record Own() implements Source {}

    /** The reference policy. */
    @Method(name = "reference", kind = "source", summary = "the reference policy")
    record Reference() implements Source {}

    /** A past iterate, each as likely: fictitious play. The first is where the run started; before there is another, that is the only one. */
    @Method(
            name = "past",
            kind = "source",
            papers = "2404.04291",
            source = "arXiv:2404.04291",
            summary = "one of the past iterates at random: fictitious play")
    record PastIterate() implements Source {}

    /**
     * The geometric mixture π^(1−share)·π_ref^share, token by token.
     *
     * @param share of the reference, in [0, 1]
     */
    @Method(
            name = "mixture",
            kind = "source",
            papers = "2312.00886",
            source = "arXiv:2312.00886",
            summary = "policy and reference mixed geometrically, token by token",
            formula = "π^(1−c)·π_ref^c")
    record Mixture(@Default("0.5") double share) implements Source {
        public Mixture {
            Require.unit("share", share);
        }
    }

    /**
     * The policy moved along its implicit reward, token by token: π·(π/π_ref)^by.
     *
     * @param by above 0 for samples that the policy has learned to like, below 0 for others
     */
    @Method(
            name = "tilted",
            kind = "source",
            papers = "2502.04270",
            source = "arXiv:2502.04270",
            summary = "the policy moved along its implicit reward, token by token",
            formula = "π·(π/π_ref)^b")
    record Tilted(@Default("0.1") double by) implements Source {
        public Tilted {
            Require.finite("by", by);
        }
    }
}
