package org.thurstone.serve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.Utf8Text;

/**
 * A prompt as it comes back.
 *
 * @param starts where in the text each token begins, in UTF-16 units
 */
record EchoedPrompt(String text, int[] starts) {

    static EchoedPrompt of(CompletionRequest.Given prompt, Tokenizer tokenizer) {
        int[] tokens = prompt.tokens();
        // Tokens that the tokenizer puts before a text are no part of it.
        int opening =
                prompt.text().map(text -> opening(text, tokens, tokenizer)).orElse(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Utf8Text spelled = new Utf8Text();
        int[] starts = new int[tokens.length];
        for (int i = opening; i < tokens.length; i++) {
            byte[] own = tokenizer.bytes(tokens[i]);
            bytes.writeBytes(own);
            starts[i] = spelled.append(own);
        }
        spelled.end();
        String text = spelled.text();
        // A space that the tokenizer puts before the first word.
        boolean space =
                prompt.text().isPresent() && text.equals(" " + prompt.text().get());
        if (space) {
            return new EchoedPrompt(
                    text.substring(1),
                    Arrays.stream(starts).map(start -> Math.max(0, start - 1)).toArray());
        }
        return new EchoedPrompt(bytes.toString(StandardCharsets.UTF_8), starts);
    }

    private static int opening(String text, int[] tokens, Tokenizer tokenizer) {
        return Math.max(0, tokens.length - tokenizer.encode(text, false).length);
    }

    /** In characters, as other languages count them. */
    static int characters(String text, int units) {
        return text.codePointCount(0, Math.min(units, text.length()));
    }
}
