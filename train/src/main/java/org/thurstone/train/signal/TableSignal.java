package org.thurstone.train.signal;

/**
 * (n, T): numbers that the trainer is given for each example as {@link FrozenLogProbs}.
 *
 * @param ofPolicy whether they are the log-probabilities of a policy that is not trained: then they are computed once for a data set, and training
 *     needs such a policy
 */
public record TableSignal(String name, String words, boolean ofPolicy) implements TokenSignal {}
