/** Replications: claims of papers, tried in worlds whose truth is known. */
@NullMarked
package org.thurstone.lab;

import org.jspecify.annotations.NullMarked;
