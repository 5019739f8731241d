/**
 * Pairing: which completions of a prompt are compared. A {@link org.thurstone.feedback.pairing.Pairing} turns a prompt's scored completions into candidate
 * pairs; identical texts are merged first and never paired.
 */
@NullMarked
package org.thurstone.feedback.pairing;

import org.jspecify.annotations.NullMarked;
