/**
 * What is in a file, before anything is trained on it. {@link org.thurstone.data.inspect.Inspection#of} reads it once, in constant
 * memory, and tells what it holds, how long the texts are, how often the shorter answer wins, which pairs are there twice or contradict
 * each other, and which rows are bad and why.
 */
@NullMarked
package org.thurstone.data.inspect;

import org.jspecify.annotations.NullMarked;
