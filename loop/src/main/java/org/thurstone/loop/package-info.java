/**
 * The iterative loop, for any world. {@link org.thurstone.loop.Loop} runs the {@linkplain org.thurstone.loop.Stage stages} of an
 * {@linkplain org.thurstone.loop.Arm arm}, iteration by iteration, and stores the output of each in a
 * {@linkplain org.thurstone.loop.run.Workspace workspace}. A run that was stopped, or that waits for answers, therefore resumes with the same result.
 * The {@link org.thurstone.loop.World} defines what a policy is.
 */
@NullMarked
package org.thurstone.loop;

import org.jspecify.annotations.NullMarked;
