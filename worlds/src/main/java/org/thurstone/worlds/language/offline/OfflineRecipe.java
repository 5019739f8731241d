package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.model.hub.Precision;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.Mask;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.recipe.Default;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.Adapter;
import org.thurstone.worlds.language.Warnings;
import org.thurstone.worlds.language.augment.Augmentation;

/**
 * The recipe of offline training: all settings that determine its result, other than the contents of the inputs.
 *
 * @param model the Hugging Face model directory or GGUF file to start from
 * @param data examples to train on: one or several files, patterns such as {@code data/*.jsonl}, or folders
 * @param columns columns to read under other names: the name in the files by the name in the format, such as {@code good} by {@code chosen}
 * @param heldOut a file (or pattern, or folder) of examples for evaluation; if it is missing, a share of the data is held out
 * @param heldOutShare share of the prompts of the data to hold out for evaluation; 0 for none
 * @param reference the model directory of the reference policy (default: the initial policy)
 * @param secondReference the model directory of the second reference policy, for losses with two
 * @param augment transformation of each example before training
 * @param mask tokens of a completion that are not scored
 * @param turns assistant turns of a conversation in {@code messages} to train on
 * @param maxLength maximum number of tokens of prompt and completion together (default: the model's context)
 * @param maxPromptLength maximum number of tokens of a prompt; longer ones are treated as {@code longPrompts} says
 * @param maxCompletionLength maximum number of tokens of a completion; longer ones are truncated
 * @param chatTemplate a Jinja file to use instead of the model's own template
 * @param chatTemplateArguments arguments for the chat template, such as {@code enable_thinking: false}
 * @param applyChatTemplate whether raw text is rendered with the chat template, as one user turn and one assistant turn
 * @param longPrompts what to do with prompts that leave no room for a completion
 * @param badRows largest share of unreadable rows, in [0, 1]; above it, training is refused
 * @param adapter adapter to train instead of all weights
 * @param checkpointing whether activations are computed again in the backward pass instead of being kept: less memory, a third more time
 * @param precision data type of the products with weights; {@code bfloat16} is faster where the processor has such products, and the weights that
 *     are trained stay in float32
 * @param sampleTokens maximum number of tokens of a completion that is sampled for a loss that needs samples
 * @param warnings thresholds for warnings during training
 * @param seed random seed of the split and of new adapter weights; the order of examples is set by {@code training.seed}
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
        @Default("float32") Precision precision,
        @Default("64") int sampleTokens,
        Warnings warnings,
        @Default("1") long seed) {

    /** How the files of data are read. */
    ReadOptions reading() {
        return ReadOptions.DEFAULT.withBadShare(badRows).withColumns(columns);
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
