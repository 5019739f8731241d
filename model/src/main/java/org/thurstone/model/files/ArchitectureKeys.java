package org.thurstone.model.files;

import java.util.Arrays;
import org.thurstone.tensor.gguf.Metadata;

/** The keys of a file that begin with the name of its architecture, such as {@code llama.block_count}. */
record ArchitectureKeys(Metadata metadata, String architecture) {

    static ArchitectureKeys of(Metadata metadata) {
        return new ArchitectureKeys(metadata, GgufArchitecture.name(metadata));
    }

    /** The whole key. */
    String full(String key) {
        return architecture + "." + key;
    }

    boolean has(String key) {
        return metadata.has(full(key));
    }

    long need(String key) {
        return metadata.count(full(key)).orElseThrow(() -> metadata.wrong(full(key), "is missing"));
    }

    double number(String key) {
        return metadata.number(full(key)).orElseThrow(() -> metadata.wrong(full(key), "is missing"));
    }

    /** A number of each layer that is the same in all. */
    long uniform(String key) {
        if (!metadata.isList(full(key))) {
            return need(key);
        }
        long[] all = metadata.counts(full(key)).orElseThrow();
        if (all.length == 0 || Arrays.stream(all).distinct().count() > 1) {
            throw metadata.wrong(full(key), "differs between layers: " + Arrays.toString(all));
        }
        return all[0];
    }

    /** Heads of queries. */
    long heads() {
        return uniform("attention.head_count");
    }

    /** Heads of keys and values: as many as of queries, unless the file says otherwise. */
    long keyHeads() {
        return has("attention.head_count_kv") ? uniform("attention.head_count_kv") : heads();
    }
}
