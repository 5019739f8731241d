/**
 * Results of replications: JSON files, and pages in Markdown with plots. A result names the
 * {@link org.thurstone.lab.book.Editions edition} of the code that gave it; {@link org.thurstone.lab.book.Campaign} decides whether it
 * still holds after a change of code.
 */
@NullMarked
package org.thurstone.lab.book;

import org.jspecify.annotations.NullMarked;
