/**
 * Replications, one file each: a claim, an experiment, a check. A new one names the arXiv ids of its papers, and {@code SmokeChecks} runs its
 * smoke version, which takes seconds: the checks must hold, or fail with the method replaced, as the test states. {@code thurstone replicate} writes its page and its result under {@code docs/replications}; both are kept.
 */
@NullMarked
package org.thurstone.lab.replication;

import org.jspecify.annotations.NullMarked;
