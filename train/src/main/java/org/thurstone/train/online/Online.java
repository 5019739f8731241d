package org.thurstone.train.online;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.train.Learner;
import org.thurstone.train.TrainingSettings;

/**
 * A method at work on a policy: stepped on prompts, and between steps saved or restored. One that is restored from what another one saved,
 * with the same policy, method and settings, goes on with the same numbers to the last bit.
 *
 * <pre>{@code
 * try (Online online = new Online(new OnlineDpo(0.1), Learner.of(policy, settings), drawing, oracle, settings, 200)) {
 *     while (online.done() < 200) {
 *         Map<String, Double> figures = online.step(Policies.of(policy, reference), prompts, random.split());
 *     }
 * }
 * }</pre>
 */
public final class Online implements AutoCloseable {

    private static final String LEARNER = "learner.safetensors";

    private final OnlineMethod method;
    private final Learner learner;
    private final CompletionSource drawing;
    private final Oracle oracle;
    private final TrainingSettings settings;
    private final long steps;
    private final SnapshotStore snapshots = new SnapshotStore();
    private long done;

    /**
     * A method that has made no step.
     *
     * @param learner of the policy that is trained; this owns it from now on
     * @param settings {@code epochs} passes over what a step drew, in batches of {@code batch-size} examples; the order of examples comes from the
     *     randomness of the step
     * @param steps that will be made, for the course of the learning rate
     */
    public Online(
            OnlineMethod method,
            Learner learner,
            CompletionSource drawing,
            Oracle oracle,
            TrainingSettings settings,
            long steps) {
        this.method = method;
        this.learner = learner;
        this.drawing = drawing;
        this.oracle = oracle;
        this.settings = settings;
        this.steps = steps;
    }

    /** Steps made so far. */
    public long done() {
        return done;
    }

    /**
     * Draws, has judged, and updates, once.
     *
     * @param policies whose policy is the learner's
     * @param random of this step: what is drawn, and the order of examples
     * @return figures of the step: {@code loss}, {@code length} of samples in tokens, {@code reward} where the method asks for rewards, and what
     *     else the method notes
     */
    @SuppressWarnings("ReferenceEquality") // the very policy: an equal one would not learn
    public Map<String, Double> step(Policies policies, List<EncodedPrompt> prompts, SplittableGenerator random) {
        if (policies.policy() != learner.policy()) {
            throw new IllegalArgumentException("the policy given for this step is not the one that is trained");
        }
        Session session = new Session(this, policies, prompts, done, random);
        method.step(session);
        done++;
        return session.figures();
    }

    /** Writes all that is needed to go on, the policy's trained parameters included, into a directory that is there and empty. */
    public void save(Path directory) {
        learner.save(directory.resolve(LEARNER), key(), done);
        snapshots.save(directory);
    }

    /**
     * Takes up what {@link #save} wrote.
     *
     * @throws org.thurstone.data.UserError if it was of another method or other settings
     */
    public void restore(Path directory) {
        done = learner.restore(directory.resolve(LEARNER), key());
        snapshots.load(directory, LEARNER);
    }

    private String key() {
        return method + " " + settings;
    }

    OnlineMethod method() {
        return method;
    }

    Learner learner() {
        return learner;
    }

    CompletionSource drawing() {
        return drawing;
    }

    Oracle oracle() {
        return oracle;
    }

    TrainingSettings settings() {
        return settings;
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
        learner.close();
    }
}
