/**
 * Run directories. {@link org.thurstone.loop.run.RunDirectory} holds its resolved recipe and the finished output of every stage; a
 * stage that has an output is never computed again, and draws its randomness from the run's seed and its own name, so a run that was killed
 * resumes from its last finished stage with the same result.
 */
@NullMarked
package org.thurstone.loop.run;

import org.jspecify.annotations.NullMarked;
