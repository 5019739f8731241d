package org.thurstone.data.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.data.Comparison;
import org.thurstone.data.Content;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/** Counts examples while they are read. */
final class Census {

    /** More annotators than this are only counted as many: their names would fill the memory. */
    static final int ANNOTATORS = 10_000;

    private static final int LEFT_WON = 1;
    private static final int RIGHT_WON = 2;

    final Map<String, Long> kinds = new LinkedHashMap<>();
    final Map<String, Lengths> characters = new LinkedHashMap<>();
    final Map<String, Lengths> words = new LinkedHashMap<>();
    final Map<String, Long> annotators = new TreeMap<>();
    final Seen prompts = new Seen();
    final Seen examples = new Seen();
    final Seen pairs = new Seen();
    long rows;
    long multiTurn;
    long conversations;
    long comparisons;
    long ties;
    long graded;
    long soft;
    long margins;
    long decided;
    long shorterWins;
    long weighted;
    double weightSum;
    double weightMin = Double.POSITIVE_INFINITY;
    double weightMax = Double.NEGATIVE_INFINITY;
    boolean annotatorsLeftOut;

    /** A prompt without an answer. */
    void add(Prompt alone) {
        asked(alone.content());
        kinds.merge("prompts", 1L, Long::sum);
        examples.add(Seen.hash(key(alone.content()), "prompt"), 0);
        provenance(Provenance.UNKNOWN);
    }

    private void asked(Content prompt) {
        rows++;
        prompts.add(Seen.hash(key(prompt)), 0);
        conversations += prompt instanceof Text.Chat ? 1 : 0;
        multiTurn += userTurns(prompt) > 1 ? 1 : 0;
        measure("prompt", prompt);
    }

    void add(Example example) {
        Content prompt = example.prompt().content();
        asked(prompt);
        provenance(example.provenance());
        switch (example) {
            case Comparison c -> comparison(c);
            case Ranking r -> {
                kinds.merge("rankings", 1L, Long::sum);
                r.completions().forEach(completion -> measure("completion", completion.content()));
                examples.add(
                        Seen.hash(
                                key(prompt),
                                "ranking",
                                r.completions().toString(),
                                r.places().toString()),
                        0);
            }
            case Contrast c -> {
                kinds.merge("contrasts", 1L, Long::sum);
                c.completions().forEach(completion -> measure("completion", completion.content()));
                examples.add(
                        Seen.hash(
                                "contrast",
                                c.prompts().toString(),
                                c.completions().toString()),
                        0);
            }
            case Rating r -> {
                kinds.merge("ratings", 1L, Long::sum);
                measure("completion", r.completion().content());
                examples.add(
                        Seen.hash(key(prompt), "rating", key(r.completion().content()), String.valueOf(r.value())), 0);
            }
            case Demonstration d -> {
                kinds.merge("demonstrations", 1L, Long::sum);
                measure("completion", d.completion().content());
                examples.add(
                        Seen.hash(
                                key(prompt), "demonstration", key(d.completion().content())),
                        0);
            }
        }
    }

    private void comparison(Comparison c) {
        kinds.merge("comparisons", 1L, Long::sum);
        comparisons++;
        ties += c.tied() ? 1 : 0;
        graded += c.preference() instanceof Preference.Graded ? 1 : 0;
        soft += c.preference() instanceof Preference.Soft ? 1 : 0;
        margins += c.margin().isPresent() ? 1 : 0;
        // Answers to two prompts have both for their prompt.
        String prompt = c.particulars().rightPrompt().isEmpty()
                ? key(c.prompt().content())
                : c.chosenPrompt().content().toString() + c.rejectedPrompt().content();
        String chosen = key(c.chosen().content());
        String rejected = key(c.rejected().content());
        boolean inOrder = chosen.compareTo(rejected) <= 0;
        String first = inOrder ? chosen : rejected;
        String second = inOrder ? rejected : chosen;
        // A tie and a win of the same two are not the same row, and do not contradict each other.
        String verdict = c.tied() ? "tie" : inOrder ? "first" : "second";
        examples.add(Seen.hash(prompt, "comparison", first, second, verdict), 0);
        pairs.add(Seen.hash(prompt, first, second), c.tied() ? 0 : inOrder ? LEFT_WON : RIGHT_WON);
        long chosenLength = measure(c.tied() ? "tied" : "chosen", c.chosen().content());
        long rejectedLength =
                measure(c.tied() ? "tied" : "rejected", c.rejected().content());
        if (!c.tied() && chosenLength != rejectedLength) {
            decided++;
            shorterWins += chosenLength < rejectedLength ? 1 : 0;
        }
    }

    /** Pairs of which each was preferred at least once. */
    long contradictions() {
        return pairs.marked(LEFT_WON | RIGHT_WON);
    }

    private void provenance(Provenance provenance) {
        weighted += provenance.weight() != 1 ? 1 : 0;
        weightSum += provenance.weight();
        weightMin = Math.min(weightMin, provenance.weight());
        weightMax = Math.max(weightMax, provenance.weight());
        String annotator = provenance.annotator();
        if (annotator.isEmpty()) {
            return;
        }
        if (annotators.size() < ANNOTATORS || annotators.containsKey(annotator)) {
            annotators.merge(annotator, 1L, Long::sum);
        } else {
            annotatorsLeftOut = true;
        }
    }

    /** Counts the length of a text and returns its characters, whole ones; other content has no length and counts as 0. */
    private long measure(String part, Content content) {
        if (!(content instanceof Text text)) {
            return 0;
        }
        String plain = text.plain();
        long length = plain.codePointCount(0, plain.length());
        characters.computeIfAbsent(part, p -> new Lengths()).add(length);
        words.computeIfAbsent(part, p -> new Lengths()).add(words(plain));
        return length;
    }

    private static long words(String text) {
        long count = 0;
        boolean within = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            count += !space && !within ? 1 : 0;
            within = !space;
        }
        return count;
    }

    private static long userTurns(Content content) {
        return content instanceof Text.Chat chat
                ? chat.messages().stream()
                        .map(Message::role)
                        .filter(Role.USER::equals)
                        .count()
                : 1;
    }

    private static String key(Content content) {
        return content instanceof Text.Raw(String raw) ? raw : content.toString();
    }
}
