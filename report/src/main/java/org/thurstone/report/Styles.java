package org.thurstone.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The stylesheets, and the other texts of pages, from the jar. */
final class Styles {

    private Styles() {}

    /** Colours, light and dark, and how charts look: all that a self-contained drawing needs. */
    static String plot() {
        return read("plot.css");
    }

    /** The page around them. */
    static String page() {
        return read("report.css");
    }

    static String read(String name) {
        try (InputStream text = Styles.class.getResourceAsStream(name)) {
            if (text == null) throw new IllegalStateException(name + " is missing from the jar");
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
