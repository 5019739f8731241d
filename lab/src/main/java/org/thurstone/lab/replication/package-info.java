/**
 * The replications, a file each: a claim, an experiment, a check. A new one names its rows of the catalogue of published systems, and
 * {@code SmokeTest} runs its small version (seconds), which says there if a claim is contradicted or falls with the
 * method replaced. {@code thurstone replicate} writes its page and its result under {@code docs/replications}; both are kept.
 */
@NullMarked
package org.thurstone.lab.replication;

import org.jspecify.annotations.NullMarked;
