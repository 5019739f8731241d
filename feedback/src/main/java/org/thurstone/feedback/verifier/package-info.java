/**
 * Who is right. A {@link org.thurstone.feedback.verifier.Verifier} says whether a completion answers its prompt correctly, and why it
 * thinks so.
 */
@NullMarked
package org.thurstone.feedback.verifier;

import org.jspecify.annotations.NullMarked;
