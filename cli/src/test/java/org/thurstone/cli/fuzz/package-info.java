/**
 * Whatever a file holds, reading it gives a result or a message to the user. {@link org.thurstone.cli.fuzz.Target} has the readers,
 * {@link org.thurstone.cli.fuzz.FuzzTest} tries each with some thousand mutations in every build, and
 * {@link org.thurstone.cli.fuzz.FuzzRun} searches for as long as it is told, guided by coverage.
 */
@NullMarked
package org.thurstone.cli.fuzz;

import org.jspecify.annotations.NullMarked;
