/**
 * Elicitation of preferences. A {@link org.thurstone.elicit.Question} is put to a {@link org.thurstone.elicit.Respondent}: a verifier, a reward
 * model, a language model, a simulated person, people with a file. Its {@link org.thurstone.elicit.Answer} goes into a {@link
 * org.thurstone.elicit.Ledger}, so that no question is asked twice and answers may arrive later. The entry point is {@link
 * org.thurstone.elicit.Inquiry}.
 */
@NullMarked
package org.thurstone.elicit;

import org.jspecify.annotations.NullMarked;
