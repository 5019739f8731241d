/**
 * The published online methods, a few lines each over {@link org.thurstone.train.online.Session}. Those that learn from pairs differ in who is
 * drawn from, what the label is and which loss they step down; those that climb a reward are {@link
 * org.thurstone.train.online.method.PolicyGradientMethod}s.
 */
@NullMarked
package org.thurstone.train.online.method;

import org.jspecify.annotations.NullMarked;
