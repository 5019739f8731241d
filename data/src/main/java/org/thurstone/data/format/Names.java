package org.thurstone.data.format;

import java.util.List;

/** Column names that common data sets use; if a row has several of them, the first is read. */
final class Names {

    static final List<String> PROMPT = List.of("prompt", "instruction", "question", "query", "input");

    /** What follows an {@code instruction} on a line of its own, as in Alpaca and Dolly. */
    static final List<String> INPUT = List.of("input", "context");

    static final List<String> SYSTEM = List.of("system", "system_prompt");

    /** Whole conversations, and prompts of several turns. */
    static final List<String> TURNS = List.of("messages", "conversations", "conversation");

    static final List<String> COMPLETION = List.of("completion", "response", "output");

    /** Whether a completion is desirable. */
    static final List<String> LABEL = List.of("label", "kto_tag");

    /** Columns with the score of a completion. */
    static final List<String> RATING = List.of("rating", "score", "reward");

    static final List<String> LISTS = List.of("completions", "answers", "responses");

    /** Reference answers, which verifiers compare completions with. */
    static final List<String> REFERENCE = List.of("reference", "answer", "ground_truth", "target");

    static final List<String> PROMPT_ID = List.of("id", "prompt_id", "question_id");

    private Names() {}
}
