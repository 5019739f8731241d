/**
 * The part of the Jinja language that chat templates are written in, as Python's {@code transformers} runs it: blocks trimmed, and templates can read
 * only the values that are passed to them. {@link org.thurstone.model.text.jinja.Template} is the entry point: a lexer cuts the source into tokens, a
 * parser makes them a tree of {@code Node}s, an interpreter walks it. What is rendered is never read as a template again, so a message that contains
 * <code>{{ … }}</code> is printed as it stands.
 *
 * <p>Values are Java's: String, Boolean, Long, Double, List, Map, with {@code None} and {@code Undefined} for Python's.
 */
@NullMarked
package org.thurstone.model.text.jinja;

import org.jspecify.annotations.NullMarked;
