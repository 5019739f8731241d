/**
 * One way of asking. A {@link org.thurstone.elicit.Question} is put to a {@link org.thurstone.elicit.Respondent}: a verifier, a reward model,
 * a language model, a simulated person, people with a file. What it says, an {@link org.thurstone.elicit.Answer}, goes into a
 * {@link org.thurstone.elicit.Ledger}, so that asking twice is asking once, and so that who does not answer at once can be waited for. The way
 * in is {@link org.thurstone.elicit.Inquiry}.
 */
@NullMarked
package org.thurstone.elicit;

import org.jspecify.annotations.NullMarked;
