package org.thurstone.model.sample;

/** Who follows a sampling run. Everything is called on the sampling thread, between two tokens. */
public interface Listener {

    /** Follows nothing. */
    Listener NONE = new Listener() {};

    /** All answers of a prompt are there; prompts come in the order in which they finish. */
    default void finished(Answers answers) {}

    /** Another token was drawn for every running answer. */
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
