package org.thurstone.model.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurstone.model.Policy;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.Torch;

/**
 * A model on disk and how to hold it in memory. Opening it also sets libtorch's threads.
 *
 * @param path a Hugging Face directory, or one with an adapter of PEFT
 * @param threads per operation, at least 1; if empty, as many as suit the model's size
 */
public record ModelDirectory(Path path, LoadOptions options, OptionalInt threads) {

    public ModelDirectory {
        if (threads.isPresent() && threads.getAsInt() < 1) {
            throw new IllegalArgumentException("an operation has at least 1 thread, not " + threads.getAsInt());
        }
    }

    /** A model with the number of threads that suits its size. */
    public static ModelDirectory of(Path path, LoadOptions options) {
        return new ModelDirectory(path, options, OptionalInt.empty());
    }

    /** The last part of the path, which stands for the model where its completions are kept. */
    public String name() {
        return String.valueOf(path.toAbsolutePath().getFileName());
    }

    /**
     * The weights alone, for callers that have tokens.
     *
     * @return owned by the caller, who closes it
     * @throws org.thurstone.data.UserError if something is missing or does not fit together
     */
    public Policy policy() {
        Policy policy = Transformers.load(path, options);
        tuneThreads(policy, threads);
        return policy;
    }

    /**
     * Weights, tokenizer and chat template.
     *
     * @return owned by the caller, who closes it
     * @throws org.thurstone.data.UserError if something is missing or does not fit together
     */
    public LanguageModel model() {
        LanguageModel model = LanguageModel.load(path, options);
        tuneThreads(model.policy(), threads);
        return model;
    }

    /** The directory's tokenizer and template around its {@link #policy}, for callers that did not need them before. */
    public LanguageModel around(Policy policy) {
        Optional<ChatTemplate> template = ChatTemplate.load(path, options.template(), Clock.systemUTC());
        return new LanguageModel(policy, LanguageModel.ending(Tokenizer.load(path), template), template);
    }

    /**
     * Sets the threads of an operation.
     *
     * @param threads at least 1; if empty, as many as suit the policy's size
     */
    public static void tuneThreads(Policy policy, OptionalInt threads) {
        if (threads.isPresent()) {
            Torch.threads(threads.getAsInt());
        } else {
            Torch.tuneThreads(policy.parameters().count());
        }
    }
}
