package org.thurstone.elicit.ledger;

import java.util.HashMap;
import java.util.Map;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;

/** Keeps prompts and completions that many questions share in memory only once: a prompt occurs in a question for every pair of its completions. */
final class Interning {

    private final Map<Prompt, Prompt> prompts = new HashMap<>();
    private final Map<Completion, Completion> completions = new HashMap<>();

    Prompt prompt(Prompt prompt) {
        Prompt known = prompts.putIfAbsent(prompt, prompt);
        return known == null ? prompt : known;
    }

    Completion completion(Completion completion) {
        Completion known = completions.putIfAbsent(completion, completion);
        return known == null ? completion : known;
    }
}
