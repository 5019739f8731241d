/**
 * Loops that ask for labels under a budget, for worlds of any kind: a {@link org.thurstone.lab.selection.Pool} has pairs and learns, and
 * {@link org.thurstone.lab.selection.Asking} chooses by the project's own acquisition and budget split.
 */
@NullMarked
package org.thurstone.lab.selection;

import org.jspecify.annotations.NullMarked;
