/**
 * The task of following instructions: prompts are made of topics and verifiable instructions, and a verifier checks the answers. Topics of the held-out
 * prompts, and some of their kinds of instruction, do not occur in training.
 */
@NullMarked
package org.thurstone.worlds.language.task.instructions;

import org.jspecify.annotations.NullMarked;
