/**
 * Diagnosis of this machine: {@link org.thurstone.model.diagnosis.Diagnosis} looks at Java, the native libraries, devices, memory and
 * disks; a {@link org.thurstone.model.diagnosis.Finding} is one part, its state, and what to do about it. A check that fails does not keep the
 * others from running.
 */
@NullMarked
package org.thurstone.model.diagnosis;

import org.jspecify.annotations.NullMarked;
