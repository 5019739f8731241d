package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.Mask;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.model.transformer.Lora;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.EmptyWord;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.Warnings;
import org.thurstone.worlds.language.augment.Augmentation;

/**
 * The recipe of offline training: all settings that determine its result, other than the contents of the inputs.
 *
 * @param model the Hugging Face model directory to start from
 * @param data what to learn from: one or several files of examples, patterns such as {@code data/*.jsonl}, or folders
 * @param columns the name of a column in the files by the name that formats know, such as {@code good} by {@code chosen}
 * @param heldOut a file (or pattern, or folder) of examples to evaluate on; where there is none, a share of the data is held out
 * @param heldOutShare of the prompts of the data; 0 for no evaluation
 * @param reference the model directory of the reference policy (default: the initial policy)
 * @param secondReference for losses with two
 * @param augment what is made of each example first
 * @param mask what of a completion is left unscored
 * @param turns which answers of a conversation in {@code messages} are trained on
 * @param maxLength the most tokens of prompt and completion together; the model's context where it is missing
 * @param maxPromptLength the most tokens of a prompt, treated as {@code longPrompts} says
 * @param maxCompletionLength the most tokens of a completion, which is cut there
 * @param chatTemplate a Jinja file to use instead of the model's own template
 * @param chatTemplateArguments what the template receives with every conversation, such as {@code enable_thinking: false}
 * @param applyChatTemplate whether raw text becomes a turn of the user and one of the assistant
 * @param longPrompts what becomes of prompts that leave no room for a completion
 * @param badRows the share of unreadable rows, in [0, 1], above which the run stops
 * @param adapter trained instead of the whole model
 * @param checkpointing whether layers are computed twice instead of being kept: less memory, a third more time
 * @param sampleTokens where a completion is cut that is drawn for a loss that looks at samples
 * @param warnings when the training says that it goes wrong
 * @param seed of the split and of fresh adapter weights; the order of examples has {@code training.seed}
 */
public record OfflineRecipe(
        String model,
        List<String> data,
        @Default("{}") Map<String, String> columns,
        Optional<String> heldOut,
        @Default("0.1") double heldOutShare,
        Optional<String> reference,
        Optional<String> secondReference,
        @Default("dpo") Loss loss,
        TrainingSettings training,
        Optional<Augmentation> augment,
        Optional<Mask> mask,
        @Default("last") Turns turns,
        Optional<Integer> maxLength,
        Optional<Integer> maxPromptLength,
        Optional<Integer> maxCompletionLength,
        @Default("drop") Encoding.LongPrompt longPrompts,
        Optional<Path> chatTemplate,
        @Default("{}") Map<String, Object> chatTemplateArguments,
        @Default("false") boolean applyChatTemplate,
        @Default("0.01") double badRows,
        Optional<Adapter> adapter,
        @Default("false") boolean checkpointing,
        @Default("64") int sampleTokens,
        Warnings warnings,
        @Default("1") long seed) {

    /** How the files of data are read. */
    ReadOptions reading() {
        return ReadOptions.DEFAULT.withBadShare(badRows).withColumns(columns);
    }

    /**
     * A low-rank adapter (LoRA).
     *
     * @param alpha numerator of its scale, alpha / rank
     * @param targets last parts of the names of the projections that are adapted, such as {@code q_proj}; empty, or {@code all-linear}, for all
     * @param rankStabilised whether the scale is alpha / √rank
     */
    public record Adapter(
            @Default("16") int rank,
            @Default("32") double alpha,
            @Default("[]") @EmptyWord("all-linear") List<String> targets,
            @Default("false") boolean rankStabilised) {

        public Adapter {
            targets = targets.equals(List.of("all-linear")) ? List.of() : List.copyOf(targets);
            lora(rank, alpha, targets, rankStabilised); // refuses what cannot be
        }

        Lora lora() {
            return lora(rank, alpha, targets, rankStabilised);
        }

        private static Lora lora(int rank, double alpha, List<String> targets, boolean stabilised) {
            return new Lora(rank, alpha, targets, stabilised);
        }
    }

    public OfflineRecipe {
        data = List.copyOf(data);
        training = training.withLossLimit();
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        if (data.isEmpty()) {
            throw new IllegalArgumentException("data names no file");
        }
        if (!(heldOutShare >= 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException("held-out-share is " + heldOutShare + ", not within 0 … 1 (exclusive)");
        }
        longEnough("max-length", maxLength, 2);
        longEnough("max-prompt-length", maxPromptLength, 1);
        longEnough("max-completion-length", maxCompletionLength, 1);
        if (sampleTokens < 1) {
            throw new IllegalArgumentException("sample-tokens is " + sampleTokens + ", not at least 1");
        }
        if (!(badRows >= 0 && badRows <= 1)) {
            throw new IllegalArgumentException("bad-rows is " + badRows + ", not within 0 … 1");
        }
    }

    private static void longEnough(String key, Optional<Integer> length, int least) {
        length.filter(tokens -> tokens < least).ifPresent(tokens -> {
            throw new IllegalArgumentException(key + " is " + tokens + ", not at least " + least);
        });
    }

    /** The chat template that the model is used with. */
    TemplateChoice template() {
        return new TemplateChoice(chatTemplate, chatTemplateArguments);
    }

    /**
     * How examples become tokens of a model.
     *
     * @param context the most tokens that the model reads
     */
    Encoding.Options encoding(int context) {
        return new Encoding.Options(
                        Math.min(context, maxLength.orElse(context)), longPrompts, Encoding.LongCompletion.TRUNCATE)
                .withLengths(number(maxPromptLength), number(maxCompletionLength))
                .withTextAsTurns(applyChatTemplate)
                .withMask(mask);
    }

    private static OptionalInt number(Optional<Integer> length) {
        return length.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
