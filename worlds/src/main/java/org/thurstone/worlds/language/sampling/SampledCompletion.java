package org.thurstone.worlds.language.sampling;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import org.thurstone.model.sample.Generation;

/**
 * A sampled completion.
 *
 * @param demonstration prompt, completion, and the model that it is from
 * @param text of the completion
 * @param finish why it ended: {@code eos}, {@code stop} or {@code length}
 * @param tokens number of tokens
 * @param sumLogProb of its tokens, in nats; NaN where it is not known, as behind an endpoint
 */
public record SampledCompletion(
        Demonstration demonstration, String text, String finish, int tokens, double sumLogProb) {

    static SampledCompletion of(Prompt prompt, Generation g, Provenance provenance) {
        Text text = prompt.text() instanceof Text.Chat ? Text.answer(g.text()) : Text.raw(g.text());
        Completion completion = new Completion(text, g.finish() != Generation.Finish.LENGTH);
        return new SampledCompletion(
                new Demonstration(prompt, completion, provenance),
                g.text(),
                g.finish().name().toLowerCase(Locale.ROOT),
                g.tokens().length,
                g.sumLogProb());
    }

    /** Whether it has no text. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** What a row of a file has besides the demonstration. */
    Map<String, Object> columns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        if (!Double.isNaN(sumLogProb)) {
            columns.put("sum_log_prob", sumLogProb);
        }
        columns.put("finish", finish);
        columns.put("tokens", tokens);
        return columns;
    }
}
