package org.thurstone.model;

import java.util.Optional;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.Tokenizer;

/**
 * A policy over text: what predicts tokens, what text makes of them, and how it was taught to read conversations.
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

    /** The model's template, or the plain one. */
    public ChatTemplate chat() {
        return template.orElseGet(() -> ChatTemplate.plain(tokenizer));
    }

    /** From examples to token trees of this model. */
    public Encoding encoding(Encoding.Options options) {
        return new Encoding(tokenizer, chat(), options);
    }

    /** From examples to token trees no longer than this model's context. */
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

    /** The same tokenizer and template around another policy. */
    public LanguageModel with(Policy other) {
        return new LanguageModel(other, tokenizer, template);
    }

    @Override
    public void close() {
        policy.close();
    }
}
