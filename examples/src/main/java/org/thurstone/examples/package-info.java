/**
 * How Thurstone is used from Java: a respondent of one's own
 * ({@link org.thurstone.examples.HttpRespondent}) and a world of one's own ({@link org.thurstone.examples.CoinGame}).
 */
@NullMarked
package org.thurstone.examples;

import org.jspecify.annotations.NullMarked;
