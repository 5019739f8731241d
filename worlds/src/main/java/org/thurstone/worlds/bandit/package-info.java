/**
 * The bandit world: finite prompts and responses, so that every quantity a paper speaks of is a number that can be computed. A policy is a table
 * ({@link org.thurstone.worlds.bandit.Bandit}) or weights on features ({@link org.thurstone.worlds.bandit.LinearWorld}); the loop goes round in
 * both.
 */
@NullMarked
package org.thurstone.worlds.bandit;

import org.jspecify.annotations.NullMarked;
