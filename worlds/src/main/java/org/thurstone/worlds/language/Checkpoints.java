package org.thurstone.worlds.language;

import java.nio.file.Path;
import org.thurstone.loop.Output;
import org.thurstone.loop.run.Codec;

/** Stores policies as directories in Hugging Face's layout. */
public final class Checkpoints {

    private static final Codec.Directory<Path> DIRECTORY = path -> path;

    /** What the next iteration starts from. */
    public static final Output<Path> POLICY = new Output<>("policy", DIRECTORY);

    /** What training came to, where extrapolation makes the policy of it. */
    static final Output<Path> ESTIMATE = new Output<>("estimate", DIRECTORY);

    /** What the steps of an online method came to: a policy, and the state that the next iteration continues from. */
    static final Output<Path> LEARNED = new Output<>("learned", DIRECTORY);

    private Checkpoints() {}
}
