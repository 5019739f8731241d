package org.thurstone.model.text.jinja;

/**
 * What a {@code generation} block put out.
 *
 * @param start its first character
 * @param end the character after its last, at least {@code start}
 */
public record Mark(int start, int end) {}
