package org.thurstone.model.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Tokens of completions behind the tokens of their prompt, and which of them the model said. */
final class CompletionTokens {

    /** Tokens of a completion and which of them are scored. */
    record Piece(int[] tokens, BitSet scored) {}

    private final Tokenizer tokenizer;
    private final Border border;
    private final boolean endsTurns;

    /** @param endsTurns whether the chat template itself marks the end of the assistant's turn; where it does not, EOS ends the last one */
    CompletionTokens(Tokenizer tokenizer, boolean endsTurns) {
        this.tokenizer = tokenizer;
        this.border = new Border(tokenizer);
        this.endsTurns = endsTurns;
    }

    /** Whether a finished text ends in the end-of-text token, but for white space, so that it will have two. */
    boolean endedBefore(String said, boolean finished) {
        String eos = tokenizer.eosText();
        return finished
                && !eos.isEmpty()
                && !said.endsWith(eos)
                && said.stripTrailing().endsWith(eos);
    }

    /** The tokens of a text behind another one, whose own are the trunk. */
    Piece afterText(String before, int[] trunk, String text, boolean finished) {
        String whole = finished && !text.endsWith(tokenizer.eosText()) ? text + tokenizer.eosText() : text;
        int[] tokens = before.isEmpty() ? tokenizer.encode(whole, false) : border.after(before, trunk, whole, true);
        BitSet all = new BitSet();
        all.set(0, tokens.length);
        return new Piece(tokens, all);
    }

    /** The tokens behind the transcript's head, whose own are the trunk. */
    Piece afterChat(Transcript transcript, int[] trunk, boolean finished) {
        String text = transcript.head();
        int[] tokens = trunk;
        BitSet scored = new BitSet();
        List<Transcript.Part> parts = transcript.parts();
        int end = trunk.length;
        for (int i = 0; i < parts.size(); i++) {
            int start = tokens.length;
            tokens = border.extend(text, tokens, parts.get(i).text(), false);
            text += parts.get(i).text();
            boolean whole = finished || i < lastScored(parts);
            if (parts.get(i).scored()) {
                end = transcript.closing() == Transcript.Closing.AFTER
                                || (transcript.closing() == Transcript.Closing.EXACT && whole)
                        ? tokens.length
                        : endOfTurn(tokens, start, whole);
                scored.set(start - trunk.length, end - trunk.length);
            } else if (transcript.closing() == Transcript.Closing.AFTER
                    && i > 0
                    && parts.get(i - 1).scored()
                    && whole) {
                int closed = closed(tokens, start, i == parts.size() - 1);
                scored.set(start - trunk.length, closed - trunk.length);
                end = Math.max(end, closed);
            }
        }
        // Nothing after the last scored token matters to it.
        int[] own = Arrays.copyOfRange(tokens, trunk.length, end);
        if (finished && !endsTurns && tokenizer.eos().isPresent() && own.length > 0) {
            own = Arrays.copyOf(own, own.length + 1);
            own[own.length - 1] = tokenizer.eos().getAsInt();
            scored.set(own.length - 1);
        }
        return new Piece(own, scored);
    }

    private static int lastScored(List<Transcript.Part> parts) {
        int last = parts.size() - 1;
        while (last > 0 && !parts.get(last).scored()) {
            last--;
        }
        return last;
    }

    /**
     * Behind the special token that closes a turn, white space before it or not; {@code start} if the next token that has text is another.
     *
     * @param all whether nothing follows the turn, so that it is closed by every special token there
     */
    private int closed(int[] tokens, int start, boolean all) {
        int closed = start;
        for (int i = start; i < tokens.length; i++) {
            if (tokenizer.special(tokens[i])) {
                closed = i + 1;
                if (!all) {
                    return closed;
                }
            } else if (!tokenizer.decode(new int[] {tokens[i]}).isBlank()) {
                return closed;
            }
        }
        return closed;
    }

    /**
     * Where a turn ends: behind its last special token if only white space follows that (before it, if the turn is unfinished), else at the
     * very end.
     */
    private int endOfTurn(int[] tokens, int start, boolean finished) {
        for (int i = tokens.length - 1; i >= start; i--) {
            if (tokenizer.special(tokens[i])) {
                return tokenizer
                                .decode(Arrays.copyOfRange(tokens, i + 1, tokens.length))
                                .isBlank()
                        ? (finished ? i + 1 : i)
                        : tokens.length;
            }
        }
        return tokens.length;
    }
}
