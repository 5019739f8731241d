package org.thurstone.data.format;

import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows that TRL takes: pairs with an explicit prompt, unpaired answers of ratings 0 and 1, and prompts with completions; as texts or as
 * conversations, as the example has them. What TRL has no word for (weight, annotator, margin, how sure the label is) stands in keys of
 * its own, which TRL passes over and {@link Examples} reads.
 */
final class TrlWriter {

    private TrlWriter() {}

    static ObjectNode row(Example example) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        if (!(example instanceof Comparison)) {
            row.put("prompt_id", example.prompt().id());
        }
        switch (example) {
            case Comparison c -> pair(row, c);
            case Rating r -> {
                if (r.value() != 0 && r.value() != 1) {
                    throw new UserError("TRL's unpaired rows are good or bad, and this rating is " + r.value()
                            + "; turn ratings into pairs or into 0 and 1 first, or write the lossless form");
                }
                answered(row, r, r.completion());
                row.put("label", r.value() == 1);
            }
            case Demonstration d -> answered(row, d, d.completion());
            case Contrast c ->
                throw new UserError(
                        "TRL has no rows for contrasts of " + c.prompts().size() + " prompts; write the lossless form");
            case Ranking r ->
                throw new UserError("TRL has no rows for rankings of "
                        + r.completions().size() + "; turn them into pairs first, or write the lossless form");
        }
        LosslessJson.put(row, example.provenance());
        return row;
    }

    private static void pair(ObjectNode row, Comparison c) {
        if (c.tied()) {
            throw new UserError("TRL has no ties: it would take the first answer to prompt "
                    + c.prompt().id() + " for the better one; leave ties out, or write the lossless form");
        }
        row.put("prompt_id", c.chosenPrompt().id());
        boolean chat = chat(c.prompt().text())
                || chat(c.left().text())
                || chat(c.right().text());
        row.set("prompt", asked(c.chosenPrompt(), chat));
        if (c.particulars().rightPrompt().isPresent()) {
            row.set("rejected_prompt", asked(c.rejectedPrompt(), chat));
        }
        row.set("chosen", LosslessJson.of(answer(c.chosen().text(), chat)));
        row.set("rejected", LosslessJson.of(answer(c.rejected().text(), chat)));
        c.margin().ifPresent(margin -> row.put("margin", margin));
        c.particulars().rationale().ifPresent(why -> row.put("rationale", why));
        c.particulars().scores().ifPresent(s -> {
            boolean left = c.preference().probability() > 0.5;
            row.put("score_chosen", left ? s.left() : s.right());
            row.put("score_rejected", left ? s.right() : s.left());
        });
        if (c.preference() instanceof Preference.Soft || c.preference() instanceof Preference.Graded) {
            row.put("label", c.confidence());
        }
    }

    private static JsonNode asked(Prompt prompt, boolean chat) {
        return LosslessJson.of(chat ? Texts.asChat(prompt.text()) : prompt.text());
    }

    private static void answered(ObjectNode row, Example example, Completion completion) {
        boolean chat = chat(example.prompt().text()) || chat(completion.text());
        Text prompt = example.prompt().text();
        row.set("prompt", LosslessJson.of(chat ? Texts.asChat(prompt) : prompt));
        row.set("completion", LosslessJson.of(answer(completion.text(), chat)));
    }

    private static boolean chat(Text text) {
        return text instanceof Text.Chat;
    }

    private static Text answer(Text text, boolean chat) {
        return chat && text instanceof Text.Raw(String raw) ? Text.answer(raw) : text;
    }
}
