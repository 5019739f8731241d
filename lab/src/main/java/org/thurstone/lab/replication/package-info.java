/** The replications, a file each: a claim, an experiment, a check. */
@NullMarked
package org.thurstone.lab.replication;

import org.jspecify.annotations.NullMarked;
