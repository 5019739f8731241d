/**
 * Step-by-step additions: {@code 12+7-5:} is answered {@code 12+7=19-5=14#14}. {@link org.thurstone.worlds.language.task.arithmetic.Sum} is a
 * problem with its right derivation; {@link org.thurstone.worlds.language.task.arithmetic.SumDemonstrator} shows derivations in which carries go
 * wrong, so that imitation alone learns to make the same mistakes; {@link org.thurstone.worlds.language.task.arithmetic.SumVerifier} checks the
 * final answer exactly.
 */
@NullMarked
package org.thurstone.worlds.language.task.arithmetic;

import org.jspecify.annotations.NullMarked;
