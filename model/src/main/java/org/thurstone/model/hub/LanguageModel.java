package org.thurstone.model.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurstone.data.UserError;
import org.thurstone.model.Policy;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.Transformer;

/**
 * A language model: a policy with its tokenizer and chat template.
 *
 * @param template the model's own; empty for base models, whose turns are then rendered {@linkplain ChatTemplate#plain plainly}
 */
public record LanguageModel(Policy policy, Tokenizer tokenizer, Optional<ChatTemplate> template)
        implements AutoCloseable {

    /**
     * @throws org.thurstone.data.UserError if the tokenizer has ids that the policy has not
     */
    public LanguageModel {
        tokenizer.checkFits(policy.vocabulary());
    }

    /**
     * Loads a Hugging Face directory: weights, tokenizer and chat template.
     *
     * @throws org.thurstone.data.UserError if something is missing or does not fit together
     */
    public static LanguageModel load(Path directory, LoadOptions options) {
        Tokenizer tokenizer = Tokenizer.load(directory);
        Optional<ChatTemplate> template = ChatTemplate.load(directory, options.template(), Clock.systemUTC());
        Policy policy = Transformers.load(directory, options);
        try {
            return new LanguageModel(policy, ending(tokenizer, template), template);
        } catch (RuntimeException e) {
            policy.close();
            throw e;
        }
    }

    /** The tokenizer, ending at the token with which the template closes an answer as well. */
    static Tokenizer ending(Tokenizer tokenizer, Optional<ChatTemplate> template) {
        OptionalInt end = template.map(t -> t.turnEnd(tokenizer)).orElseGet(OptionalInt::empty);
        return end.isPresent() ? tokenizer.endingAt(end.getAsInt()) : tokenizer;
    }

    /** Writes a directory that {@link #load} and Python's transformers read. */
    public void save(Path directory) {
        if (!(policy instanceof Transformer transformer)) {
            throw new UserError(
                    "a " + policy.getClass().getSimpleName() + " has no Hugging Face directory to be saved as");
        }
        Transformers.save(transformer, directory);
        tokenizer.save(directory);
        template.ifPresent(chosen -> chosen.save(directory));
    }

    /** The model's template, or the plain one. */
    public ChatTemplate chat() {
        return template.orElseGet(() -> ChatTemplate.plain(tokenizer));
    }

    /** An encoding that converts examples to token trees of this model. */
    public Encoding encoding(Encoding.Options options) {
        return new Encoding(tokenizer, chat(), options);
    }

    /** An encoding that converts examples to token trees no longer than this model's context. */
    public Encoding encoding() {
        return encoding(Encoding.Options.of(policy.context()));
    }

    /**
     * Answers from this model.
     *
     * @param slots answers at a time
     */
    public Sampler sampler(Sampling sampling, int slots) {
        return Sampler.of(policy, tokenizer, sampling, slots);
    }

    /** A model with the same tokenizer and template, but another policy. */
    public LanguageModel with(Policy other) {
        return new LanguageModel(other, tokenizer, template);
    }

    @Override
    public void close() {
        policy.close();
    }
}
