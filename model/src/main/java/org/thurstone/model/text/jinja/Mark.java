package org.thurstone.model.text.jinja;

/**
 * The output of a {@code generation} block.
 *
 * @param start its first character
 * @param end the character after its last, at least {@code start}
 */
public record Mark(int start, int end) {}
