/** What was found, kept and written down: results as JSON, pages as Markdown with plots. */
@NullMarked
package org.thurstone.lab.book;

import org.jspecify.annotations.NullMarked;
