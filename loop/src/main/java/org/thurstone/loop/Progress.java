package org.thurstone.loop;

/** Where a run says what it is doing. */
public interface Progress {

    Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public void step(String what, long done, long total, String note) {}
    };

    /** A line to stay. */
    void say(String line);

    /**
     * Where something stands; a terminal overwrites the last one.
     *
     * @param total 0 where nobody knows
     */
    void step(String what, long done, long total, String note);
}
