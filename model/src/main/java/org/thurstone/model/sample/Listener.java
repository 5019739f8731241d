package org.thurstone.model.sample;

/** Observes a sampling run. Methods are called between two tokens, one call at a time, on any of the sampling threads. */
public interface Listener {

    /** Follows nothing. */
    Listener NONE = new Listener() {};

    /** All answers of a prompt are there; prompts come in the order in which they finish. */
    default void finished(Generations answers) {}

    /** Another token was drawn for every answer that runs on a worker. */
    default void progress(Progress progress) {}

    /** Something that the user should know: a prompt that leaves no room for an answer. */
    default void warn(String message) {}

    /**
     * @param answers finished so far
     * @param of all that there will be
     * @param tokens drawn so far, in all answers
     */
    record Progress(int answers, int of, long tokens) {}
}
