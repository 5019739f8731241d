/**
 * What to ask next. An {@link org.thurstone.feedback.acquisition.Acquisition} keeps the candidate pairs that are worth a label, and a
 * {@link org.thurstone.feedback.acquisition.BudgetSplit} says how many labels each iteration may spend.
 */
@NullMarked
package org.thurstone.feedback.acquisition;

import org.jspecify.annotations.NullMarked;
