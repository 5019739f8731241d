package org.thurstone.loop;

import org.thurstone.loop.run.Codec;

/**
 * The output of a stage, by which later stages find it. Two stages with one output can stand in for each other.
 *
 * @param name of the file or directory in an iteration's directory
 */
public record Output<T>(String name, Codec<T> codec) {}
