package org.thurstone.data.content;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurstone.data.Content;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/** A kind of content that only the tests know. */
@Method(name = "melody", kind = "content", summary = "notes, for tests")
public record Melody(
        List<Note> notes,
        Mode mode,
        @Default("120") int beatsPerMinute,
        Map<String, Double> volumes,
        OptionalLong opus,
        Optional<ImageFile> score)
        implements Content {

    /** The mode of a scale. */
    public enum Mode {
        MAJOR,
        NATURAL_MINOR
    }

    /** A pitch, or a rest where there is none. */
    public record Note(Optional<String> pitch, double beats) {}

    public Melody {
        if (beatsPerMinute < 1) {
            throw new IllegalArgumentException("beats-per-minute " + beatsPerMinute + " is below 1");
        }
    }
}
