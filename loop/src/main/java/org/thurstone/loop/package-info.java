/** Round and round: stages, run directory, resume, report. */
@NullMarked
package org.thurstone.loop;

import org.jspecify.annotations.NullMarked;
