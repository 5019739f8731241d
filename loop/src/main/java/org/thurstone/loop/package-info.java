/**
 * The iterative loop, for any world. {@link org.thurstone.loop.Loop} runs the {@linkplain org.thurstone.loop.Stage stages} of an
 * {@linkplain org.thurstone.loop.Arm arm}, iteration by iteration, and keeps what each makes in a
 * {@linkplain org.thurstone.loop.run.Workspace workspace}; so a run that was stopped, or that waits for answers, resumes to the same result. What a
 * policy is, is defined by the {@link org.thurstone.loop.World} knows.
 */
@NullMarked
package org.thurstone.loop;

import org.jspecify.annotations.NullMarked;
