package org.thurstone.serve;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.SamplingQueue;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.ToolCallText;
import tools.jackson.databind.JsonNode;

/** The model of a server with what it needs to answer: its queue, its scorer, and how it reads requests. */
final class ServedModel implements AutoCloseable {

    /** Characters that no template has, behind every turn, to see which are rendered. */
    private static final String MARK = "\uE0A0%d\uE0A1";

    private final LanguageModel model;
    private final String name;
    private final LongFunction<SplittableGenerator> randomness;
    private final Encoding encoding;
    private final ChatTemplate template;
    private final boolean callsTools;
    private final SamplingQueue queue;
    private final PromptScorer scorer;
    private final SecureRandom seeds = new SecureRandom();

    /** @param randomness the generator of a seed */
    ServedModel(
            LanguageModel model, String name, LongFunction<SplittableGenerator> randomness, int slots, int waiting) {
        this.model = model;
        this.name = name;
        this.randomness = randomness;
        this.encoding = model.encoding(
                new Encoding.Options(model.policy().context(), Encoding.LongPrompt.DROP, Encoding.LongCompletion.DROP));
        this.template = model.chat();
        this.callsTools = ToolCallText.isFormOf(template);
        this.queue = new SamplingQueue(
                model.policy(), model.tokenizer().endings(), new TokenTexts(model.tokenizer()), slots, waiting);
        this.scorer = new PromptScorer(model.policy());
    }

    String name() {
        return name;
    }

    int context() {
        return model.policy().context();
    }

    int vocabulary() {
        return model.tokenizer().vocabulary();
    }

    Tokenizer tokenizer() {
        return model.tokenizer();
    }

    Encoding encoding() {
        return encoding;
    }

    SamplingQueue queue() {
        return queue;
    }

    PromptScorer scorer() {
        return scorer;
    }

    /** Whether calls of tools are found in answers. */
    boolean callsTools() {
        return callsTools;
    }

    /** The generator of a request; where the client gives no seed, an unpredictable one. */
    SplittableGenerator random(OptionalLong seed) {
        return randomness.apply(seed.orElseGet(seeds::nextLong));
    }

    /** Refuses requests for another model. No name means this one. */
    void check(Fields fields) {
        String asked = fields.text("model").orElse(name);
        if (!asked.equals(name)) {
            throw unknown(asked, name);
        }
    }

    static ApiException unknown(String asked, String name) {
        return new ApiException(
                404,
                "invalid_request_error",
                "model",
                "model_not_found",
                "there is no model '" + asked + "' here: this server has '" + name + "'");
    }

    /** The tokens of a conversation, up to where the answer begins. */
    int[] tokens(Text.Chat chat) {
        for (String key : chat.arguments().keySet()) {
            if (!template.reads(key)) {
                throw ApiException.unsupported(key, "the chat template does not read '" + key + "'");
            }
        }
        for (Message turn : chat.messages()) {
            for (String key : turn.details().keySet()) {
                if (!key.equals("tool_call_id") && !template.reads(key)) {
                    throw ApiException.unsupported(
                            "messages", "the chat template does not read '" + key + "' of messages");
                }
            }
        }
        try {
            int[] tokens = encoding.prompt(new Prompt("request", chat));
            drops(chat);
            return tokens;
        } catch (UserError e) {
            throw ApiException.bad("messages", "the chat template refuses the messages: " + e.getMessage());
        }
    }

    /** Refuses a conversation of which the template leaves a turn out. */
    private void drops(Text.Chat chat) {
        List<Message> marked = new ArrayList<>();
        for (int i = 0; i < chat.messages().size(); i++) {
            Message turn = chat.messages().get(i);
            marked.add(
                    turn.content().isBlank()
                            ? turn
                            : turn.withContent(turn.content() + String.format(Locale.ROOT, MARK, i)));
        }
        String rendered = template.render(chat.withMessages(marked), true);
        for (int i = 0; i < marked.size(); i++) {
            Message turn = marked.get(i);
            if (!turn.content().isBlank() && !rendered.contains(String.format(Locale.ROOT, MARK, i))) {
                throw ApiException.bad(
                        "messages",
                        "the chat template drops turn " + (i + 1) + " ("
                                + turn.role().name().toLowerCase(Locale.ROOT) + ")");
            }
        }
    }

    /** Token ids that a client gives. */
    int[] ids(List<JsonNode> given, String field) {
        int[] ids = new int[given.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode id = given.get(i);
            if (!id.isIntegralNumber()
                    || !id.canConvertToInt()
                    || id.intValue() < 0
                    || id.intValue() >= model.policy().vocabulary()) {
                throw ApiException.bad(
                        field,
                        field + " holds " + Fields.shown(id) + ", which is not the id of a token: they are 0 … "
                                + (model.policy().vocabulary() - 1));
            }
            ids[i] = id.intValue();
        }
        return ids;
    }

    /** Refuses a prompt that leaves no room for this many tokens. */
    void checkRoom(int[] prompt, int least, String field) {
        if (prompt.length == 0) {
            throw ApiException.bad(
                    field, field + " has no tokens, and the tokenizer begins no text with a token of its own");
        }
        if (prompt.length + least > context()) {
            throw ApiException.bad(
                    field,
                    "context_length_exceeded",
                    "this model's context is " + context() + " tokens, and the prompt has " + prompt.length
                            + (prompt.length == context() ? ", which leaves no room for an answer" : ""));
        }
    }

    @Override
    public void close() {
        queue.close();
        scorer.close();
    }
}
