package org.thurstone.loop;

import org.thurstone.loop.run.Codec;

/**
 * A kind of output: the name and the format under which a stage stores its result and later stages read it. Stages with the same output can replace
 * each other.
 *
 * @param name name of the file or directory in an iteration's directory
 */
public record Output<T>(String name, Codec<T> codec) {}
