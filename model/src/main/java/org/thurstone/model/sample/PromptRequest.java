package org.thurstone.model.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A prompt whose answers are sampled. */
final class PromptRequest {

    final int[] prompt;
    final Sampling sampling;
    final int top;
    final AnswerListener listener;

    /** Answers that have no slot yet, in order. Guarded by the backlog that the request waits in. */
    final Deque<ActiveCompletion> waiting = new ArrayDeque<>();

    /** Whether nothing more is to be drawn for it. */
    final AtomicBoolean cancelled;

    /** Settings that change what is drawn: requests that differ in others only are drawn together. */
    final Sampling drawing;

    /**
     * @param prompt at least one token
     * @param top how many of the most likely tokens are reported with each token
     */
    PromptRequest(int[] prompt, Sampling sampling, int top, AnswerListener listener, AtomicBoolean cancelled) {
        this.cancelled = cancelled;
        this.prompt = prompt;
        this.sampling = sampling;
        this.top = top;
        this.listener = listener;
        this.drawing = new Sampling(
                sampling.temperature(), sampling.topK(), sampling.topP(), sampling.minP(), 1, List.of(), List.of());
    }
}
