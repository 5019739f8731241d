/**
 * Inspection of files before training. {@link org.thurstone.data.inspect.Inspection#of} reads it once, in constant memory, and reports its contents,
 * the lengths of texts, how often the shorter answer wins, duplicate and contradicting pairs, and bad rows with the reason.
 */
@NullMarked
package org.thurstone.data.inspect;

import org.jspecify.annotations.NullMarked;
