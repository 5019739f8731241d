/**
 * Files of votes: arena battles, CSV with named columns, PrefLib, and Thurstone's own comparisons. {@link org.thurstone.rank.file.VoteFiles}
 * is the entry point; {@link org.thurstone.rank.file.Columns} names the columns.
 */
@NullMarked
package org.thurstone.rank.file;

import org.jspecify.annotations.NullMarked;
