/**
 * Diagnosis of this machine: {@link org.thurstone.model.diagnosis.Diagnosis} checks Java, the native libraries, devices, memory and disks; a {@link
 * org.thurstone.model.diagnosis.Finding} is one part, its state, and what to do about it. If a check fails, the others still run.
 */
@NullMarked
package org.thurstone.model.diagnosis;

import org.jspecify.annotations.NullMarked;
