/**
 * Preference data. A {@link org.thurstone.data.Prompt} has {@link org.thurstone.data.Completion}s, of which an annotator prefers some: an {@link
 * org.thurstone.data.Example} is one piece of such information — a {@link org.thurstone.data.Comparison} of two, a {@link org.thurstone.data.Ranking}
 * of several, a {@link org.thurstone.data.Rating} of one, or a {@link org.thurstone.data.Demonstration} to imitate. Ties, graded and soft labels,
 * weights and annotators are part of the types, so no information is lost when a file is read.
 *
 * <p>What prompts and completions hold is {@link org.thurstone.data.Content}: most often {@link org.thurstone.data.Text}, which {@code text()} gives
 * to code that reads only text, or a kind of {@code org.thurstone.data.content}, or a custom kind.
 *
 * <p>Files are read and written in {@code org.thurstone.data.format}; start there with {@code Examples.read}.
 */
@NullMarked
package org.thurstone.data;

import org.jspecify.annotations.NullMarked;
