package org.thurstone.model.text;

import java.util.Arrays;
import java.util.List;

/** Tokenises a text that continues a sequence of fixed tokens. */
final class Border {

    /** Texts behind which most tokenizers start afresh; tokens of what follows are then what they would be in the middle of a text. */
    private static final List<String> ANCHORS = List.of("\n", "a", "");

    private final Tokenizer tokenizer;

    Border(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Tokens of {@code more} behind {@code text}, whose tokens are settled. Both are tokenised together; if the settled tokens are the
     * beginning of that, the rest is the answer. Otherwise some token would straddle the border, and {@code more} is tokenised on its own,
     * behind an anchor that keeps the tokenizer from taking it for the beginning of a text (where many put a space), such that all the tokens
     * together still spell the joined text.
     */
    int[] after(String text, int[] settled, String more, boolean opened) {
        int[] whole = tokenizer.encode(text + more, opened);
        if (startsWith(whole, settled)) {
            return Arrays.copyOfRange(whole, settled.length, whole.length);
        }
        String spelled = tokenizer.decode(whole);
        for (String anchor : ANCHORS) {
            int[] head = tokenizer.encode(anchor, false);
            int[] both = tokenizer.encode(anchor + more, false);
            if (startsWith(both, head)) {
                int[] rest = Arrays.copyOfRange(both, head.length, both.length);
                if (tokenizer.decode(join(settled, rest)).equals(spelled)) {
                    return rest;
                }
            }
        }
        return tokenizer.encode(more, false);
    }

    /** The settled tokens followed by those of {@code more}. */
    int[] extend(String text, int[] settled, String more, boolean opened) {
        return more.isEmpty() ? settled : join(settled, after(text, settled, more, opened));
    }

    private static boolean startsWith(int[] tokens, int[] head) {
        return tokens.length >= head.length && Arrays.equals(tokens, 0, head.length, head, 0, head.length);
    }

    private static int[] join(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
