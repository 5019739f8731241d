/**
 * Who answers. An {@link org.thurstone.feedback.annotator.Annotator} says which of two completions is better: the judge's own scores, or a simulated
 * human who errs as the Bradley–Terry model says.
 */
@NullMarked
package org.thurstone.feedback.annotator;

import org.jspecify.annotations.NullMarked;
