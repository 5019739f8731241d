package org.thurstone.cli;

import java.util.List;
import java.util.Locale;
import org.thurstone.worlds.language.Warning;

/**
 * A warning in JSON output.
 *
 * @param kind {@code kl}, {@code likelihood}, {@code held_out_loss}, {@code distinct_2} or {@code dropped}
 * @param value the figure that passed the threshold
 * @param threshold the threshold
 * @param text the figure in words, and what to do
 */
record WarningDocument(String kind, double value, double threshold, String text) {

    static List<WarningDocument> of(List<Warning> warnings) {
        return warnings.stream()
                .map(w -> new WarningDocument(
                        w.kind().name().toLowerCase(Locale.ROOT), w.value(), w.threshold(), w.text()))
                .toList();
    }
}
