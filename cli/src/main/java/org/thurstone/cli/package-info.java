/**
 * The command line: the command {@code thurstone}. {@link org.thurstone.cli.Main} lists the subcommands, each of which is a small class that reads
 * its options and passes them to the modules below; {@link org.thurstone.cli.Failures} reports errors.
 *
 * <p>Every command answers {@code --help} with an example, {@code --format json} with one JSON document on standard output and everything else on
 * standard error, and ends with 0 (fine), 1 (failed) or 2 (wrong usage). libtorch is loaded by the commands that need it, not before.
 */
@NullMarked
package org.thurstone.cli;

import org.jspecify.annotations.NullMarked;
