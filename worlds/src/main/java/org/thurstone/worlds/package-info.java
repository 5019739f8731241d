/** Where policies live: each package below is a world that the loop can go round in. */
@NullMarked
package org.thurstone.worlds;

import org.jspecify.annotations.NullMarked;
