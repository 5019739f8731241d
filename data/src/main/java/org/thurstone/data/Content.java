package org.thurstone.data;

import java.util.Optional;

/**
 * The content of a prompt or completion: a {@link Text}, or something other than text, such as the items of a slate or an image. The interface is
 * open. A kind of content is a record with {@code @Method(kind = "content")} that implements it; the annotation processor indexes it, so files,
 * ledgers and exports read and write it by its name, {@code {"token-path": {"tokens": [5, 9, 2]}}}, and a user's own kind needs nothing else.
 *
 * <p>Components are what recipes can fill: numbers, texts, enums, lists, maps, optional values, records. They are its JSON, in their order and
 * without what is empty or has its {@code @Default}; so equal contents have equal JSON, and what depends on no order, such as a map, is sorted by the
 * constructor. The constructor refuses what cannot be with an {@link IllegalArgumentException} that says why.
 */
public interface Content {

    /** The text for tables and reports, on one line if possible; empty for content that is shown as its JSON. */
    default Optional<String> summary() {
        return Optional.empty();
    }
}
