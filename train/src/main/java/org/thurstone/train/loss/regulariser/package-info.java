/** What is added to a loss beside its link: above all the likelihood of the better completion. */
@NullMarked
package org.thurstone.train.loss.regulariser;

import org.jspecify.annotations.NullMarked;
