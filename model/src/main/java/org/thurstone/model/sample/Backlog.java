package org.thurstone.model.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Requests that wait for slots, first come, first served, and the count of answers that have one. One or several workers take from it.
 *
 * <p>Answers to the same prompt start together, so that the prompt is read once for all of them. So that single free slots do not make a
 * prompt be read again for each of its answers, a prompt waits until all of its answers fit, or a quarter of the slots is free.
 */
final class Backlog {

    /** Answers to one prompt that start now. */
    record Batch(PromptRequest request, List<ActiveCompletion> answers) {}

    private final int workers;
    private final Deque<PromptRequest> requests = new ArrayDeque<>();
    private int waiting;
    private int running;
    private boolean open;
    private boolean closed;

    /**
     * @param workers how many take from it
     * @param open whether requests may still come when all that are there have been answered
     */
    Backlog(int workers, boolean open) {
        this.workers = workers;
        this.open = open;
    }

    /** A request to wait, all of its answers with it. @return false if it is one too many, or nothing more is taken */
    synchronized boolean add(PromptRequest request, int most) {
        int answers = request.waiting.size();
        int there = running + waiting;
        if (closed || (there > 0 && (long) there + answers > most)) {
            return false;
        }
        if (answers > 0) {
            requests.add(request);
            waiting += answers;
            notifyAll();
        }
        return true;
    }

    /**
     * Takes the answers that start now. A worker with nothing to do takes at least one, if any wait.
     *
     * @param free slots of the worker that are free
     * @param slots all of them
     */
    synchronized List<Batch> take(int free, int slots) {
        List<Batch> taken = new ArrayList<>();
        int left = free;
        // So that one worker does not take what others are idle for.
        int share = Math.ceilDiv(running + waiting, workers) - (slots - free);
        while (!requests.isEmpty() && share > 0) {
            PromptRequest first = requests.getFirst();
            if (first.cancelled.get()) {
                remove(first);
                continue;
            }
            if (left < Math.min(first.waiting.size(), Math.max(1, slots / 4)) || left == 0) {
                break;
            }
            List<ActiveCompletion> answers = new ArrayList<>();
            while (!first.waiting.isEmpty() && left > 0 && share > 0) {
                answers.add(first.waiting.removeFirst());
                left--;
                share--;
            }
            if (first.waiting.isEmpty()) {
                requests.removeFirst();
            }
            waiting -= answers.size();
            running += answers.size();
            taken.add(new Batch(first, answers));
        }
        return taken;
    }

    /** So many answers ended and left their slots. */
    synchronized void ended(int answers) {
        running -= answers;
        if (waiting > 0) {
            notifyAll();
        }
    }

    /** Waits for answers to start. @return false if none will come */
    synchronized boolean await() throws InterruptedException {
        while (open && waiting == 0) {
            wait();
        }
        return waiting > 0;
    }

    /** Takes a request out that has been cancelled. */
    synchronized void remove(PromptRequest request) {
        if (requests.remove(request)) {
            waiting -= request.waiting.size();
            request.waiting.clear();
            notifyAll();
        }
    }

    /** Takes no more, and gives back what waits. */
    synchronized List<Batch> close() {
        open = false;
        closed = true;
        List<Batch> left = new ArrayList<>();
        for (PromptRequest request : requests) {
            left.add(new Batch(request, List.copyOf(request.waiting)));
            request.waiting.clear();
        }
        requests.clear();
        waiting = 0;
        notifyAll();
        return left;
    }

    synchronized boolean closed() {
        return closed;
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting;
    }
}
