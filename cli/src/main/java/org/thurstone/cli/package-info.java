/** The front door: one command. */
@NullMarked
package org.thurstone.cli;

import org.jspecify.annotations.NullMarked;
