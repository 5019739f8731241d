/**
 * A model of this machine as a chat model of LangChain4j, in the same process: {@link org.thurstone.endpoint.local.LocalChat} answers requests of
 * {@code AiServices} and other callers, several at a time, whole or token by token.
 */
@NullMarked
package org.thurstone.endpoint.local;

import org.jspecify.annotations.NullMarked;
