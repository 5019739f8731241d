package org.thurstone.loop.metrics;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One measurement.
 *
 * @param time when it was written down; the only part that differs between a run and its repetition
 * @param stage the stage of the run, such as {@code iteration-2/train}; unique in the run
 * @param step the step within the stage, from 0 or 1 as the stage counts
 * @param values what was measured, sorted by name; NaN and infinities are allowed
 */
public record MetricsRow(Instant time, String stage, long step, Map<String, Double> values) {

    public MetricsRow {
        if (stage.isBlank()) throw new IllegalArgumentException("a metrics row needs the name of its stage");
        if (step < 0) throw new IllegalArgumentException("stage " + stage + ": step " + step + " is negative");
        SequencedMap<String, Double> sorted = new TreeMap<>(values);
        values = Collections.unmodifiableMap(sorted);
    }
}
