package org.thurstone.report;

import java.util.List;
import java.util.SequencedMap;

/** Names and values: seeds, hashes, versions, the machine, durations. */
public record Facts(String title, List<Fact> facts) implements Section {

    public Facts {
        facts = List.copyOf(facts);
    }

    /** A name and a value. */
    public record Fact(String name, String value) {}

    /** The facts of a map, in its order. */
    public static Facts of(String title, SequencedMap<String, String> facts) {
        return new Facts(
                title,
                facts.entrySet().stream()
                        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
