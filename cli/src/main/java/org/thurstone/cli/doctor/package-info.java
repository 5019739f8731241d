/**
 * What {@code thurstone doctor} looks at. A {@link org.thurstone.cli.doctor.Finding} is one part of the machine and its state;
 * {@link org.thurstone.cli.doctor.Checkup} asks for all of them, and nothing that goes wrong in one check keeps the others from being made.
 */
@NullMarked
package org.thurstone.cli.doctor;

import org.jspecify.annotations.NullMarked;
