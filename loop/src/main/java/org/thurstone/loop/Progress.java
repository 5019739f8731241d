package org.thurstone.loop;

import java.util.function.Consumer;

/** Receives the progress of a run. */
public interface Progress {

    Progress SILENT = lines(line -> {});

    /** Passes on what is said, such as to {@code System.err::println}; where a step stands is not shown. */
    static Progress lines(Consumer<String> to) {
        return new Progress() {
            @Override
            public void say(String line) {
                to.accept(line);
            }

            @Override
            public void step(String what, long done, long total, String note) {}
        };
    }

    /** A line to stay. */
    void say(String line);

    /**
     * Where something stands; a terminal overwrites the last one.
     *
     * @param total 0 if unknown
     */
    void step(String what, long done, long total, String note);
}
