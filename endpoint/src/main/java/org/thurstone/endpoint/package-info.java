/**
 * Chat models behind HTTP endpoints, as respondents: {@link org.thurstone.endpoint.Chat} is the part that recipes name, and {@link
 * org.thurstone.endpoint.ChatRespondent} answers questions with it: it compares pairs, rates completions, and writes them. {@link
 * org.thurstone.endpoint.ChatClient} makes one call, and says how it ended.
 *
 * <p>LangChain4j's clients make the requests of each provider. What comes back is read from the reply itself, since a client's result has neither the
 * headers of an error, nor how tokens were cached, nor that an answer was refused. Retries are ours: each attempt is in the ledger before it is sent.
 *
 * <p>Keys come from environment variables and are sent in headers. They are in no recipe, file or message.
 */
@NullMarked
package org.thurstone.endpoint;

import org.jspecify.annotations.NullMarked;
