/**
 * Signals: what losses need in addition to the policy's log-probabilities. A {@link org.thurstone.train.signal.Signal} is a constant that carries its
 * own provider, declared next to the one loss that needs it, or here if several do: {@link org.thurstone.train.signal.FrozenLogProbs} for
 * reference policies, {@link org.thurstone.train.signal.StatisticSignal} for statistics of the whole distribution, {@link
 * org.thurstone.train.signal.CriticSignal} for a value network.
 *
 * <p>The kinds of signal are closed, since the trainer delivers each in its own way; the signals of a kind are open. Those of examples and
 * prompts are a function each; those of the forward pass ({@link org.thurstone.train.signal.PassSignal}) say what the pass has to compute, read it,
 * and hand the gradient back.
 */
@NullMarked
package org.thurstone.train.signal;

import org.jspecify.annotations.NullMarked;
