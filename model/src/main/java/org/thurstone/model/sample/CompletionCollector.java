package org.thurstone.model.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Collects completions from all workers and notifies the listener. */
final class CompletionCollector {

    private final Listener listener;
    private final int n;
    private final List<List<Generation>> done = new ArrayList<>();
    private final int[] missing;
    private int finished;
    private long drawn;

    CompletionCollector(int prompts, int n, Listener listener) {
        this.listener = listener;
        this.n = n;
        this.missing = new int[prompts];
        for (int p = 0; p < prompts; p++) {
            missing[p] = n;
            done.add(new ArrayList<>(Collections.nCopies(n, ActiveCompletion.NOTHING)));
        }
    }

    /** Collects the answers of one prompt. */
    AnswerListener of(int prompt) {
        return new AnswerListener() {
            @Override
            public void finished(int answer, Generation generation) {
                end(prompt, answer, generation);
            }

            @Override
            public void failed(int answer, Throwable reason) {
                // The run ends with it.
                switch (reason) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalStateException(reason);
                }
            }
        };
    }

    private synchronized void end(int prompt, int answer, Generation generation) {
        finished++;
        done.get(prompt).set(answer, generation);
        if (--missing[prompt] == 0) {
            listener.finished(answers(prompt));
        }
    }

    /** So many tokens more. */
    synchronized void drew(int tokens) {
        drawn += tokens;
        listener.progress(new Listener.Progress(finished, missing.length * n, drawn));
    }

    /** By prompt, when all are there. */
    synchronized List<Generations> answers() {
        return IntStream.range(0, missing.length).mapToObj(this::answers).toList();
    }

    private Generations answers(int prompt) {
        return new Generations(prompt, done.get(prompt));
    }
}
