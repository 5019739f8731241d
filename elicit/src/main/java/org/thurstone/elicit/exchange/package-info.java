/**
 * Export of open questions to files and import of answers. {@link org.thurstone.elicit.exchange.QuestionExport} writes the open questions of a ledger
 * to a file that people fill in, in a text editor, a script or a spreadsheet: blind, without scores and sources, and in seeded random order. {@link
 * org.thurstone.elicit.exchange.AnswerImport} imports the answers: all of a file, or none, with the reasons.
 */
@NullMarked
package org.thurstone.elicit.exchange;

import org.jspecify.annotations.NullMarked;
