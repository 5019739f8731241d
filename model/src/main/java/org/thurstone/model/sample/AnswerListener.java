package org.thurstone.model.sample;

/**
 * Receives the answers of one request. Methods are called on the thread that samples, one at a time for each request, and delay the answers of all
 * other requests until they return: hand over what takes time.
 */
public interface AnswerListener {

    /**
     * Another token of an answer was drawn.
     *
     * @param answer its index among the answers of the request, from 0
     */
    default void token(int answer, SampledToken token) {}

    /** An answer ended; its last token has been reported. */
    void finished(int answer, Generation generation);

    /** An answer ended without a result: the model could not be evaluated, or the queue was closed. */
    void failed(int answer, Throwable reason);
}
