/** Replications: claims of papers, tested in worlds with known truth. */
@NullMarked
package org.thurstone.lab;

import org.jspecify.annotations.NullMarked;
