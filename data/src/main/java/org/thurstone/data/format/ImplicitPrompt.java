package org.thurstone.data.format;

import java.util.List;
import org.thurstone.data.Example;
import org.thurstone.data.Text;

/**
 * TRL preference without a prompt of its own: {@code chosen} and {@code rejected} are texts that begin alike, and what they share is the
 * prompt. Where the shared part holds a sign that an answer begins, it is cut after the last such sign; otherwise before the word in
 * which they part. A space at the border goes to the completions, where tokenizers want it.
 */
record ImplicitPrompt() implements RowFormat {

    /** Signs that an answer begins, in the chat formats and templates that people write out. */
    private static final List<String> SIGNS = List.of(
            "\n\nAssistant:",
            "\nAssistant:",
            "### Assistant:",
            "### Response:",
            "### Answer:",
            "\nAnswer:",
            "\nA:",
            "\nTL;DR:",
            "[/INST]",
            "<|assistant|>\n",
            "<|im_start|>assistant\n",
            "<|end_header_id|>\n\n",
            "<start_of_turn>model\n");

    @Override
    public String name() {
        return "TRL preference, implicit prompt";
    }

    @Override
    public String keys() {
        return "chosen, rejected (which begin alike)";
    }

    @Override
    public boolean recognises(Columns file) {
        return PairShapes.recognises(file) && !file.hasAnyOf(Names.PROMPT);
    }

    @Override
    public Example parse(Fields row) {
        return PairShapes.parse(row);
    }

    static Example pair(Fields row) {
        String chosen = PairShapes.text(row, PairShapes.CHOSEN);
        String rejected = PairShapes.text(row, PairShapes.REJECTED);
        if (chosen.equals(rejected)) {
            throw new BadRow("chosen and rejected are identical");
        }
        int border = border(chosen, rejected);
        if (border == 0) {
            throw new BadRow("there is no 'prompt', and chosen and rejected do not begin alike");
        }
        Text prompt = RowPrompt.inContext(row, Text.raw(chosen.substring(0, border)));
        return Pairs.of(
                row,
                Texts.prompt(row, prompt),
                Texts.completion(Text.raw(chosen.substring(border)), "'chosen'", prompt),
                Texts.completion(Text.raw(rejected.substring(border)), "'rejected'", prompt));
    }

    static int border(String chosen, String rejected) {
        int shared = 0;
        int most = Math.min(chosen.length(), rejected.length());
        while (shared < most && chosen.charAt(shared) == rejected.charAt(shared)) {
            shared++;
        }
        String common = chosen.substring(0, shared);
        int sign = SIGNS.stream()
                .mapToInt(mark -> common.contains(mark) ? common.lastIndexOf(mark) + mark.length() : 0)
                .max()
                .orElse(0);
        if (sign > 0) {
            return sign;
        }
        // Back to where the word begins in which they part; an answer must be left for both.
        int border = shared;
        boolean atWord = shared == most || inWord(chosen.charAt(shared)) || inWord(rejected.charAt(shared));
        while (atWord && border > 0 && inWord(chosen.charAt(border - 1))) {
            border--;
        }
        return border > 1 && chosen.charAt(border - 1) == ' ' ? border - 1 : border;
    }

    /** Everything but white space: a word keeps its punctuation, a cluster of combining characters stays whole. */
    private static boolean inWord(char c) {
        return !Character.isWhitespace(c);
    }
}
