package org.thurstone.train.signal;

import java.util.Optional;
import org.thurstone.model.Statistic;
import org.thurstone.train.loss.Context;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.SingleBatch;

/**
 * What a loss needs beside the policy's own log-probabilities. It says so in {@link Loss#signals()}, and only that is computed. Most of it is
 * data; where a gradient flows back through it, this says so.
 */
public enum Signal {
    /** (n, T): log-probabilities of the same tokens under the reference policy. */
    REFERENCE("the reference policy's log-probabilities", Source.FROZEN),
    /** (n, T): under a second reference, where a method keeps the last iterate beside the first policy, or two references. */
    SECOND_REFERENCE("a second reference policy's log-probabilities", Source.FROZEN),
    /** (n, T): how much each token counts, at least 0; 1 is the ordinary token. */
    TOKEN_WEIGHTS("a weight for each token", Source.DATA),
    /** (n, T): 1 for a token that is not in a longest common subsequence with the pair's other completion, else 0; of pairs only. */
    CHANGED("which tokens the other completion of a pair lacks", Source.DATA),
    /** (n, T): under the policy that drew them, where that is not the present one. Not demanded: a loss that can use it does without. */
    BEHAVIOUR("the log-probabilities under the policy that drew the completions", Source.DATA),
    /** (n, T): how much better than expected each token was, where one number a completion does not say it. Not demanded either. */
    ADVANTAGES("an advantage for each token", Source.DATA),
    /** (n, T): what the value of what precedes each token came to. */
    RETURNS("a return for each token", Source.DATA),
    /** (n, T): a critic's values when the completions were drawn. */
    OLD_VALUE("values by the critic as it was", Source.DATA),
    /** Completions of other prompts after these ones ({@link SingleBatch#mismatched()}), for the baseline of KTO. */
    MISMATCHED("completions paired with prompts that are not theirs", Source.DATA),

    /** (n, T): log Σ_v π(v)² of the policy at each token; gradient flows. */
    COLLISION("the chance that two draws of a token agree", Source.POLICY),
    /** (n, T): −Σ_v π(v)·log π(v), in nats; gradient flows. */
    ENTROPY("the entropy at each token", Source.POLICY),
    /** (n, T): KL(π_ref ‖ π) at each token, in nats, exact; gradient flows. */
    FORWARD_KL("the reference's divergence from the policy at each token", Source.REFERENCE),
    /** (n, T): KL(π ‖ π_ref) at each token, in nats, exact; gradient flows. */
    REVERSE_KL("the policy's divergence from the reference at each token", Source.REFERENCE),

    /** (n, T, size): the policy's hidden state after each token; no gradient. */
    STATES("hidden states", Source.POLICY),
    /** (n, T): the number of the step that each token is in, from 0 on each path. */
    STEPS("the steps of completions", Source.DATA),
    /** (n, T): 1 where several paths of a tree share a token's step, else 0. */
    SHARED_STEPS("which steps are shared", Source.DATA),
    /** (n, T): a critic's value of what precedes each token; gradient flows to the critic, which is a network of its own. */
    VALUE("values by a critic", Source.POLICY),
    /** (n, T): a linear head's reward after each token; gradient flows to the head and to the policy under it. */
    REWARD("rewards by a head on the policy", Source.POLICY),
    /** (n, T): the same without gradient to the policy: the head alone learns. */
    PROBED_REWARD("rewards by a head on the policy that the policy does not feel", Source.POLICY),
    /** (n, T, {@link #MOST_DEGREES}): a linear head's logits of classes after each token; gradient flows to the head and to the policy. */
    DEGREES("classes by a head on the policy", Source.POLICY),
    /** (n, T): the mean over units and layers of the reference's states at each token. */
    ACTIVATION("the reference's activations", Source.REFERENCE),
    /** (n, T): a learned weight of at least 0 for each token, from the reference's states; gradient flows to the mask. */
    MASK("a learned mask of tokens", Source.REFERENCE),
    /** (n, T): a second one. */
    SECOND_MASK("a second learned mask of tokens", Source.REFERENCE),

    /** (n, size), of {@link Context#fact}: a vector for each prompt, close where prompts mean much the same. */
    PROMPT_EMBEDDING("embeddings of the prompts", Source.FACT),
    /** (n, 1), of {@link Context#fact}: the probability that a completion of the prompt is a desirable one. */
    DESIRABILITY("the share of desirable completions by prompt", Source.FACT);

    /** Where it comes from. */
    enum Source {
        /** A policy that is not trained, whose log-probabilities are computed once for a data set. */
        FROZEN,
        /** The policy that is trained, or something that is trained with it. */
        POLICY,
        /** The reference policy as it runs over the same batch. */
        REFERENCE,
        /** What comes with the examples. */
        DATA,
        /** What is known of an example's prompt, worked out by whoever trains. */
        FACT
    }

    /** Classes of the head of {@link #DEGREES}. */
    public static final int MOST_DEGREES = 8;

    private final String words;
    private final Source source;

    Signal(String words, Source source) {
        this.words = words;
        this.source = source;
    }

    /** For messages: what it is, as in "needs …". */
    public String words() {
        return words;
    }

    /** Whether it is the log-probabilities of a policy that is not trained, computed once for a data set. */
    public boolean frozenPolicy() {
        return source == Source.FROZEN;
    }

    /** Whether the reference policy itself has to run beside the one that is trained. */
    public boolean livingReference() {
        return source == Source.REFERENCE;
    }

    /** Whether it is known of an example's prompt, and worked out by whoever trains. */
    public boolean aboutPrompts() {
        return source == Source.FACT;
    }

    /** The statistic of the policy's distribution that it is, if it is one. */
    public Optional<Statistic> statistic() {
        return switch (this) {
            case COLLISION -> Optional.of(Statistic.COLLISION);
            case ENTROPY -> Optional.of(Statistic.ENTROPY);
            case FORWARD_KL -> Optional.of(Statistic.FORWARD_KL);
            case REVERSE_KL -> Optional.of(Statistic.REVERSE_KL);
            default -> Optional.empty();
        };
    }
}
