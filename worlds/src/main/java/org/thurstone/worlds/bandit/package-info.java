/**
 * The bandit world: finite prompts and responses, so that every quantity of a paper can be computed exactly. A policy is a table
 * ({@link org.thurstone.worlds.bandit.Bandit}) or weights on features ({@link org.thurstone.worlds.bandit.LinearWorld}); the loop runs in
 * both.
 */
@NullMarked
package org.thurstone.worlds.bandit;

import org.jspecify.annotations.NullMarked;
