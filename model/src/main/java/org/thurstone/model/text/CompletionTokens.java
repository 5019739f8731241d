package org.thurstone.model.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The tokens of a completion after the tokens of its prompt, with a mark for those that a model generates. */
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

    /**
     * Whether an end that is scored follows the same one, with no more than white space between them.
     *
     * @param said what the completion is in words; the first of the two ends is spelled there
     */
    boolean endsTwice(Piece piece, String said) {
        int before = -1;
        for (int i = 0; i < piece.tokens().length; i++) {
            int token = piece.tokens()[i];
            if (tokenizer.special(token)) {
                if (token == before && piece.scored().get(i) && said.contains(tokenizer.shown(token))) {
                    return true;
                }
                before = token;
            } else if (before >= 0 && !tokenizer.decode(new int[] {token}).isBlank()) {
                before = -1;
            }
        }
        return false;
    }

    /** Whether a text spells tokens that only templates write, after whatever opens a sequence. */
    boolean spellsSpecial(String text) {
        return IntStream.of(tokenizer.encode(text, false))
                .skip(1)
                .anyMatch(token -> tokenizer.special(token) && text.contains(tokenizer.shown(token)));
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
        if (finished && !endsTurns && endsScored(transcript) && tokenizer.eos().isPresent() && own.length > 0) {
            own = Arrays.copyOf(own, own.length + 1);
            own[own.length - 1] = tokenizer.eos().getAsInt();
            scored.set(own.length - 1);
        }
        return new Piece(own, scored);
    }

    /** Whether the last turn is trained on. After an earlier one the conversation goes on, and no end of text follows it. */
    private static boolean endsScored(Transcript transcript) {
        int closing = transcript.closing() == Transcript.Closing.AFTER ? 1 : 0;
        int last = transcript.parts().size() - 1 - closing;
        return last >= 0 && transcript.parts().get(last).scored();
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
