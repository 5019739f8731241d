package org.thurstone.report;

import java.nio.file.Path;
import java.util.List;
import org.thurstone.data.AtomicFile;

/**
 * A report of a run: plain data that becomes one self-contained HTML file. The same report is the same bytes: nothing of the machine or
 * the clock gets in but what a section says.
 *
 * @param title the run's name
 * @param subtitle one line under it: what was trained on what; may be empty
 * @param sections in the order they are read
 * @param version of Thurstone, for the foot of the page
 */
public record Report(String title, String subtitle, List<Section> sections, String version) {

    public Report {
        sections = List.copyOf(sections);
    }

    /** The page. */
    public String html() {
        return Page.of(this);
    }

    /** Writes the page, whole or not at all; a {@link org.thurstone.data.UserError} says why it could not be written. */
    public void write(Path file) {
        AtomicFile.write(file, html());
    }
}
