/**
 * What {@code thurstone rank} says: {@link org.thurstone.cli.rank.Ranked} is a model's board of a file, and each other class tells it in
 * one form: a terminal's tables, JSON, CSV, a page. {@link org.thurstone.cli.rank.RankModels} finds models by name and sets them.
 */
@NullMarked
package org.thurstone.cli.rank;

import org.jspecify.annotations.NullMarked;
