package org.thurstone.report;

import java.util.List;

/** Sections side by side where there is room, such as the curves of a training: two a row on paper, one on a phone. */
public record Panels(String title, List<Section> sections) implements Section {

    public Panels {
        sections = List.copyOf(sections);
    }
}
