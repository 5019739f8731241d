/** What is trained: policies, tokenizers, sampling. */
@NullMarked
package org.thurstone.model;

import org.jspecify.annotations.NullMarked;
