package org.thurstone.train.signal;

import java.util.List;
import java.util.Optional;
import org.thurstone.model.Forward;
import org.thurstone.model.TokenTree;

/**
 * The forward passes over some trees, as a signal's reader sees them.
 *
 * @param policy with what the signals asked for
 * @param reference there if a signal asked for it
 * @param learn whether gradients will be handed back
 */
public record Pass(List<TokenTree> trees, Forward policy, Optional<Forward> reference, boolean learn) {}
