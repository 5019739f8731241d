/**
 * HTTP as endpoints of language models need it: {@link org.thurstone.endpoint.http.Connection} sends a request within {@link
 * org.thurstone.endpoint.http.Timeouts}, through the proxies of the environment, and keeps status and headers of errors; {@link
 * org.thurstone.endpoint.http.Wire} is the client that LangChain4j's models send through, for one call; {@link
 * org.thurstone.endpoint.http.RetryAfter} reads how long a server asks to wait, and {@link org.thurstone.endpoint.http.EventStream} reads streams.
 */
@NullMarked
package org.thurstone.endpoint.http;

import org.jspecify.annotations.NullMarked;
