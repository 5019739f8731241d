package org.thurstone.model.sample;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.Utf8Text;

/**
 * The text of one answer while it is sampled, and how much of it can be sent. Bytes that are no character yet, the longest end of the text that may become
 * a stop string, and everything from a mark on are held back. The parts that are sent are together the text of the whole answer.
 */
public final class AnswerText {

    /**
     * A token and its place.
     *
     * @param start where in the text its first byte is
     */
    public record Placed(SampledToken token, int start) {}

    private final Tokenizer tokenizer;
    private final List<String> stops;
    private final String mark;
    private final Utf8Text bytes = new Utf8Text();
    private final List<Placed> tokens = new ArrayList<>();
    private int sent;
    private int told;

    /** @param mark text from which on everything is held back until the end; empty for none */
    public AnswerText(Tokenizer tokenizer, List<String> stops, String mark) {
        this.tokenizer = tokenizer;
        this.stops = stops;
        this.mark = mark;
    }

    /** Another token. @return the text that can be sent now, perhaps empty */
    public String add(SampledToken token) {
        tokens.add(new Placed(token, bytes.append(Utf8Text.said(tokenizer, token.id()))));
        int end = bytes.length();
        for (String stop : stops) {
            end = Math.min(end, sendable(stop));
        }
        if (!mark.isEmpty()) {
            end = Math.min(end, sendable(mark));
        }
        int from = sent;
        sent = Math.max(sent, end);
        return bytes.part(from, sent);
    }

    /** Up to the first place where the string is, or may turn out to be. */
    private int sendable(String string) {
        int from = Math.max(0, sent - string.length());
        int found = bytes.find(string, from);
        return found >= 0 ? found : bytes.beginning(string, Math.max(from, bytes.length() - string.length() + 1));
    }

    /** The answer is finished. @return the rest of its text */
    public String end(Generation generation) {
        return end(generation.text());
    }

    /** The answer is finished, and this is what is to be sent of it in all. @return the rest of the text */
    public String end(String text) {
        int from = Math.min(sent, text.length());
        sent = Math.max(sent, text.length());
        return text.substring(from);
    }

    /** Tokens of the text that was sent, from the first that was not asked for yet; those of a stop string and an end token are none of it. */
    public List<Placed> newlySent() {
        int from = told;
        while (told < tokens.size() && tokens.get(told).start < sent && !isEnd(tokens.get(told))) {
            told++;
        }
        return List.copyOf(tokens.subList(from, told));
    }

    /** All tokens that were drawn since the last call, those of no text included. */
    public List<Placed> newlyDrawn() {
        int from = told;
        told = tokens.size();
        return List.copyOf(tokens.subList(from, told));
    }

    private boolean isEnd(Placed token) {
        return tokenizer.endings().get(token.token().id());
    }
}
