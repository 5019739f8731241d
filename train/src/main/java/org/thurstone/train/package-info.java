/** How it learns: losses, trainers, schedules. */
@NullMarked
package org.thurstone.train;

import org.jspecify.annotations.NullMarked;
