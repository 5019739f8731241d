package org.thurstone.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.model.sample.AnswerText;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generation.Finish;
import org.thurstone.model.sample.SampledToken;
import org.thurstone.model.text.ToolCallText;
import org.thurstone.model.text.Utf8Text;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends the answers to a request for chat completions, in one piece or as they come. */
final class ChatReply {

    private final ServedModel model;
    private final ChatRequest request;
    private final ReplyHead head;
    private final TokenTexts texts;
    private final List<AnswerText> answers = new ArrayList<>();
    private final List<Generation> generations = new ArrayList<>();

    ChatReply(ServedModel model, ChatRequest request, long created) {
        this.model = model;
        this.request = request;
        this.head = ReplyHead.of("chatcmpl-", created, model.name());
        this.texts = new TokenTexts(model.tokenizer());
        for (int i = 0; i < request.sampling().n(); i++) {
            answers.add(new AnswerText(
                    model.tokenizer(),
                    request.sampling().sampling().stopStrings(),
                    request.tools() ? ToolCallText.MARK : ""));
            generations.add(new Generation(new int[0], new float[0], Finish.LENGTH, ""));
        }
    }

    ObjectNode whole(Answers sampled) {
        List<String> said = new ArrayList<>();
        answers.forEach(answer -> said.add(""));
        for (Optional<Answers.Event> event = sampled.next(); event.isPresent(); event = sampled.next()) {
            part(event.get());
            if (event.get() instanceof Answers.Event.Finished finished) {
                said.set(finished.answer(), finished.generation().text());
            }
        }
        ObjectNode body = head.object("chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (int i = 0; i < answers.size(); i++) {
            ToolCallText text = text(said.get(i));
            ObjectNode choice = choices.addObject().put("index", i);
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            message.put("content", text.content().isEmpty() && !text.calls().isEmpty() ? null : text.content());
            message.putNull("refusal");
            if (!text.calls().isEmpty()) {
                calls(message.putArray("tool_calls"), text.calls(), false);
            }
            logProbs(choice, answers.get(i).newlySent());
            choice.put("finish_reason", reason(i, text));
        }
        ReplyHead.usage(body, request.prompt().length, generations);
        return body;
    }

    void stream(Answers sampled, EventStream out) {
        // Sent with the first token: until then a fault has a status of its own.
        boolean[] opened = new boolean[answers.size()];
        for (Optional<Answers.Event> event = sampled.next(); event.isPresent(); event = sampled.next()) {
            int i = event.get().answer();
            if (!opened[i]) {
                opened[i] = true;
                ObjectNode chunk = chunk();
                ObjectNode delta = choice(chunk, i);
                delta.put("role", "assistant").put("content", "");
                out.send(chunk);
            }
            String part = part(event.get());
            if (event.get() instanceof Answers.Event.Finished finished) {
                ToolCallText text = text(finished.generation().text());
                String held = text.calls().isEmpty() ? part : heldContent(text, finished.generation(), part);
                content(out, i, held);
                if (!text.calls().isEmpty()) {
                    ObjectNode chunk = chunk();
                    calls(choice(chunk, i).putArray("tool_calls"), text.calls(), true);
                    out.send(chunk);
                }
                ObjectNode last = chunk();
                choice(last, i);
                ((ObjectNode) last.path("choices").path(0)).put("finish_reason", reason(i, text));
                out.send(last);
            } else {
                content(out, i, part);
            }
        }
        if (request.stream().usage()) {
            ObjectNode last = head.object("chat.completion.chunk");
            last.putArray("choices");
            ReplyHead.usage(last, request.prompt().length, generations);
            out.send(last);
        }
        out.done();
    }

    /** What of the content has not been sent when an answer with calls ends. */
    private static String heldContent(ToolCallText text, Generation generation, String part) {
        int sent = generation.text().length() - part.length();
        return text.content().length() > sent ? text.content().substring(sent) : "";
    }

    private String part(Answers.Event event) {
        AnswerText answer = answers.get(event.answer());
        return switch (event) {
            case Answers.Event.Token token -> answer.add(token.token());
            case Answers.Event.Finished finished -> {
                generations.set(event.answer(), finished.generation());
                yield answer.end(finished.generation());
            }
            case Answers.Event.Failed failed -> throw ApiException.failed(failed.reason());
        };
    }

    private ToolCallText text(String said) {
        return request.tools() ? ToolCallText.of(said) : new ToolCallText(said, List.of());
    }

    private void content(EventStream out, int i, String part) {
        List<AnswerText.Placed> tokens = answers.get(i).newlySent();
        if (part.isEmpty() && (tokens.isEmpty() || !request.logProbs())) {
            return;
        }
        ObjectNode chunk = chunk();
        choice(chunk, i).put("content", part);
        logProbs((ObjectNode) chunk.path("choices").path(0), tokens);
        out.send(chunk);
    }

    private ObjectNode chunk() {
        ObjectNode chunk = head.object("chat.completion.chunk");
        if (request.stream().usage()) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    /** @return the delta of a new choice */
    private static ObjectNode choice(ObjectNode chunk, int i) {
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", i);
        ObjectNode delta = choice.putObject("delta");
        choice.putNull("logprobs");
        choice.putNull("finish_reason");
        return delta;
    }

    private void calls(ArrayNode list, List<ToolCallText.Call> calls, boolean indexed) {
        for (int c = 0; c < calls.size(); c++) {
            ObjectNode call = list.addObject();
            if (indexed) {
                call.put("index", c);
            }
            call.put("id", ReplyHead.random("call_")).put("type", "function");
            call.putObject("function")
                    .put("name", calls.get(c).name())
                    .put("arguments", calls.get(c).arguments());
        }
    }

    private String reason(int i, ToolCallText text) {
        boolean cut = generations.get(i).finish() == Finish.LENGTH;
        return cut ? "length" : text.calls().isEmpty() ? "stop" : "tool_calls";
    }

    private void logProbs(ObjectNode choice, List<AnswerText.Placed> tokens) {
        if (!request.logProbs()) {
            choice.putNull("logprobs");
            return;
        }
        ObjectNode logProbs = choice.putObject("logprobs");
        ArrayNode content = logProbs.putArray("content");
        for (AnswerText.Placed placed : tokens) {
            SampledToken token = placed.token();
            ArrayNode top =
                    entry(content.addObject(), token.id(), token.logProb()).putArray("top_logprobs");
            token.top().forEach(candidate -> entry(top.addObject(), candidate.id(), candidate.logProb()));
        }
        logProbs.putNull("refusal");
    }

    private ObjectNode entry(ObjectNode entry, int id, float logProb) {
        entry.put("token", texts.shown(id)).put("logprob", ReplyHead.finite(logProb));
        ArrayNode bytes = entry.putArray("bytes");
        // An end token is not said: it has no bytes.
        for (byte each : Utf8Text.said(model.tokenizer(), id)) {
            bytes.add(each & 0xff);
        }
        return entry;
    }
}
