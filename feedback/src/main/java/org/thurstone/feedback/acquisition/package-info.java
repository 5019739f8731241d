/**
 * Acquisition: which pairs to label. An {@link org.thurstone.feedback.acquisition.Acquisition} keeps the candidate pairs that are worth a label, and a
 * {@link org.thurstone.feedback.acquisition.BudgetSplit} sets the annotation budget of each iteration.
 */
@NullMarked
package org.thurstone.feedback.acquisition;

import org.jspecify.annotations.NullMarked;
