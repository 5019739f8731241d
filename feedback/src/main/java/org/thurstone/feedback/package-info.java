/** Who prefers: judges, verifiers, annotators, pairing, acquisition. */
@NullMarked
package org.thurstone.feedback;

import org.jspecify.annotations.NullMarked;
