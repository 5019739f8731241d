package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thurstone.data.UserError;

/** Finds columns that look like answers to the prompts of a file, by the words in their names. */
final class AnswerColumns {

    private static final Set<String> WORDS = Set.of(
            "chosen",
            "rejected",
            "reject",
            "response",
            "responses",
            "resp",
            "completion",
            "completions",
            "output",
            "outputs",
            "reply",
            "replies",
            "preferred",
            "preference",
            "dispreferred",
            "winner",
            "loser",
            "winning",
            "losing",
            "win",
            "lose",
            "better",
            "worse",
            "best",
            "worst",
            "good",
            "bad",
            "accepted",
            "positive",
            "negative",
            "assistant",
            "conversation",
            "conversations",
            "dialog",
            "dialogue",
            "generation",
            "generations",
            "generated",
            "candidate",
            "candidates",
            "ranking");

    /** A column with one of several answers; a single answer column is a reference. */
    private static final Pattern NUMBERED = Pattern.compile("answers?[ _-]?([0-9]|[ab]|one|two)");

    private AnswerColumns() {}

    /** @throws UserError if there are any, naming all columns that are not understood */
    static void refuse(Path path, Columns columns) {
        List<String> others = columns.names()
                .filter(name -> Stream.of(Names.PROMPT, Names.INPUT, Names.SYSTEM, Names.REFERENCE, Names.PROMPT_ID)
                        .noneMatch(names -> names.contains(name)))
                .filter(name -> !Unread.descriptive(new ColumnCount(name, 0, 0)))
                .toList();
        List<String> answers = others.stream().filter(AnswerColumns::isAnswer).toList();
        if (!answers.isEmpty()) {
            throw new UserError(path + ": the rows have prompts, and answers in no known format. Not understood: "
                    + String.join(", ", others) + ". Name them with --columns, as in --columns chosen="
                    + answers.getFirst()
                    + ",rejected=…; known are:\n" + Examples.known());
        }
    }

    static boolean isAnswer(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Set<String> words = new HashSet<>(Arrays.asList(lower.split("[^\\p{L}]+")));
        words.retainAll(WORDS);
        return !words.isEmpty() || NUMBERED.matcher(lower).matches();
    }
}
