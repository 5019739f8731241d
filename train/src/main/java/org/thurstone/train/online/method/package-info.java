/**
 * The published online methods, a few lines each over {@link org.thurstone.train.online.Session}. Those that learn from pairs differ in the
 * source of their samples, the label and the loss; those that maximise a reward are {@link
 * org.thurstone.train.online.method.PolicyGradientMethod}s.
 */
@NullMarked
package org.thurstone.train.online.method;

import org.jspecify.annotations.NullMarked;
