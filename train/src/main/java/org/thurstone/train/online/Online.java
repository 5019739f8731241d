package org.thurstone.train.online;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.train.Trainer;

/**
 * A running online method: stepped on prompts, and saved or restored between steps. One that is restored from what another one saved,
 * with the same policy, method and settings, continues with the same numbers to the last bit.
 *
 * <pre>{@code
 * try (Online online = new Online(new OnlineDpo(0.1), new Trainer(plan), source, values, 200)) {
 *     while (online.done() < 200) {
 *         Map<String, Double> figures = online.step(Policies.of(policy, reference), prompts, random.split());
 *     }
 * }
 * }</pre>
 */
public final class Online implements AutoCloseable {

    private static final String STATE = "learner.safetensors";

    private final OnlineMethod method;
    private final Trainer trainer;
    private final CompletionSource source;
    private final SampleValues values;
    private final long steps;
    private final SnapshotStore snapshots = new SnapshotStore();
    private long done;

    /**
     * A method that has made no step.
     *
     * @param trainer of the policy; this owns it from now on. Its settings say how each step learns: {@code epochs} passes over what the step drew,
     *     in batches of {@code batch-size} examples, in an order that comes from the randomness of the step
     * @param steps that will be made, for the course of the learning rate
     */
    public Online(OnlineMethod method, Trainer trainer, CompletionSource source, SampleValues values, long steps) {
        this.method = method;
        this.trainer = trainer;
        this.source = source;
        this.values = values;
        this.steps = steps;
    }

    /** Steps made so far. */
    public long done() {
        return done;
    }

    /**
     * Draws, has judged, and updates, once.
     *
     * @param policies whose policy is the trainer's
     * @param random of this step: what is drawn, and the order of examples
     * @return figures of the step: {@code loss}, {@code length} of samples in tokens, {@code reward} where the method asks for rewards, and what
     *     else the method notes
     */
    @SuppressWarnings("ReferenceEquality") // the very policy: an equal one would not learn
    public Map<String, Double> step(Policies policies, List<EncodedPrompt> prompts, SplittableGenerator random) {
        if (policies.policy() != trainer.policy()) {
            throw new IllegalArgumentException("the policy given for this step is not the one that is trained");
        }
        Session session = new Session(this, policies, prompts, done, random);
        method.step(session);
        done++;
        return session.figures();
    }

    /** Writes all that is needed to resume, the policy's trained parameters included, into a directory that is there and empty. */
    public void save(Path directory) {
        trainer.save(directory.resolve(STATE), key(), done);
        snapshots.save(directory);
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @throws org.thurstone.data.UserError if it was of another method or other settings
     */
    public void restore(Path directory) {
        done = trainer.restore(directory.resolve(STATE), key());
        snapshots.load(directory, STATE);
    }

    private String key() {
        return method + " " + trainer.plan().settings();
    }

    OnlineMethod method() {
        return method;
    }

    Trainer trainer() {
        return trainer;
    }

    CompletionSource source() {
        return source;
    }

    SampleValues values() {
        return values;
    }

    long steps() {
        return steps;
    }

    SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public void close() {
        snapshots.close();
        trainer.close();
    }
}
