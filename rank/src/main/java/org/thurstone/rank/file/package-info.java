/**
 * Files of votes: arena battles, CSV with named columns, PrefLib, and Thurstone's own comparisons. {@link org.thurstone.rank.file.VoteFiles}
 * is the way in; {@link org.thurstone.rank.file.Columns} says which column is what.
 */
@NullMarked
package org.thurstone.rank.file;

import org.jspecify.annotations.NullMarked;
