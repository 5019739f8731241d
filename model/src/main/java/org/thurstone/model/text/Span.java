package org.thurstone.model.text;

/**
 * A part of a text.
 *
 * @param start its first character
 * @param end the character after its last, at least {@code start}
 */
public record Span(int start, int end) {}
