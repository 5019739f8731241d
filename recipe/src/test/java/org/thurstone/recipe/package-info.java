/** Tests of recipes: what binds, what is refused and in which words, what is rendered. */
@org.jspecify.annotations.NullMarked
package org.thurstone.recipe;
