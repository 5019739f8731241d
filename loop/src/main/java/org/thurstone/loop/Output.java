package org.thurstone.loop;

import org.thurstone.loop.run.Codec;

/**
 * What a stage makes, and what later stages find it by. Two stages with one output can stand in for each other.
 *
 * @param name of the file or directory in an iteration's directory
 */
public record Output<T>(String name, Codec<T> codec) {}
