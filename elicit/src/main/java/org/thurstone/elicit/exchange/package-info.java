/**
 * Export of open questions to files and import of answers. {@link org.thurstone.elicit.exchange.QuestionExport} writes the open questions of a ledger to a file that people
 * fill in, in a text editor, a script or a spreadsheet: blind, since it holds no scores and no sources, and in seeded order.
 * {@link org.thurstone.elicit.exchange.AnswerImport} takes the answers back: all of a file, or nothing and every reason why.
 */
@NullMarked
package org.thurstone.elicit.exchange;

import org.jspecify.annotations.NullMarked;
