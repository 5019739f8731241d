package org.thurstone.report;

import java.util.List;

/**
 * The main result, in one sentence and a few figures.
 *
 * @param sentence one sentence that claims what the figures allow and no more
 * @param figures two to four, large
 */
public record Headline(String sentence, List<Figure> figures) implements Section {

    public Headline {
        figures = List.copyOf(figures);
    }

    /**
     * A large number.
     *
     * @param value as shown, with its unit: {@code "82 %"}
     * @param label what it is: {@code "sampled accuracy"}
     * @param detail context, in smaller type: {@code "was 47 %; 95 % interval 80–84 %"}; may be empty
     */
    public record Figure(String value, String label, String detail) {}
}
