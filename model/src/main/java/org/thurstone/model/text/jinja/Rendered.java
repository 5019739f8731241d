package org.thurstone.model.text.jinja;

import java.util.List;

/**
 * The output of a template.
 *
 * @param generated what its {@code generation} blocks put out, in order; empty of a template without any
 */
public record Rendered(String text, List<Mark> generated) {
    public Rendered {
        generated = List.copyOf(generated);
    }
}
