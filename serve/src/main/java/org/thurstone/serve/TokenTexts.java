package org.thurstone.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.thurstone.model.sample.Detokenizer;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.Utf8Text;

/** Tokens as clients see them. The text of an answer is what its tokens spell together, whichever way it is sent. */
record TokenTexts(Tokenizer tokenizer) implements Detokenizer {

    @Override
    public String of(int[] prompt, int[] answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : answer) {
            bytes.writeBytes(Utf8Text.said(tokenizer, token));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A token's text; {@code bytes:\xf0\x9f} where it is no text, as two such tokens must not look the same. */
    String shown(int token) {
        byte[] bytes = tokenizer.bytes(token);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder text = new StringBuilder("bytes:");
            for (byte each : bytes) {
                text.append("\\x").append(HexFormat.of().toHexDigits(each));
            }
            return text.toString();
        }
    }
}
