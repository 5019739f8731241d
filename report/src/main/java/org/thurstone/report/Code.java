package org.thurstone.report;

/**
 * Preformatted text, such as the resolved recipe. Long text is folded.
 *
 * @param caption may be empty
 * @param text with its line breaks; {@code yaml}-like keys and comments are tinted
 */
public record Code(String title, String caption, String text) implements Section {}
