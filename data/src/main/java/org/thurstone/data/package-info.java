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
 *
 * <p>All modules write with the classes of this package: {@link org.thurstone.data.AtomicFile} and
 * {@link org.thurstone.data.AtomicDirectory} for what is there whole or not at all, {@link org.thurstone.data.GrowingFile} for what is
 * appended to. A {@link org.thurstone.data.Manifest} notices what has changed since it was written. Below them is
 * {@link org.thurstone.data.Disk}, where tests inject {@linkplain org.thurstone.data.DiskFault faults}; a
 * {@link org.thurstone.data.CrashPoint} is where they kill.
 */
@NullMarked
package org.thurstone.data;

import org.jspecify.annotations.NullMarked;
