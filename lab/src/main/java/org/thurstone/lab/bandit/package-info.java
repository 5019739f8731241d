/** The bandit world: finite prompts and responses, so that every quantity a paper speaks of is a number that can be computed. */
@NullMarked
package org.thurstone.lab.bandit;

import org.jspecify.annotations.NullMarked;
