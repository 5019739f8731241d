/** Worlds: each package below is a world that the loop can run in. */
@NullMarked
package org.thurstone.worlds;

import org.jspecify.annotations.NullMarked;
