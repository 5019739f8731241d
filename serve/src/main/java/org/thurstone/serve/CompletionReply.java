package org.thurstone.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.model.sample.AnswerText;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generation.Finish;
import org.thurstone.model.sample.SampledToken;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends the answers to a request for completions, in one piece or as they come. */
final class CompletionReply {

    /** One completion. */
    private static final class Choice {
        final AnswerText answer;
        final EchoedPrompt echo;
        final StringBuilder text = new StringBuilder();
        Generation generation = new Generation(new int[0], new float[0], Finish.LENGTH, "");

        Choice(AnswerText answer, EchoedPrompt echo) {
            this.answer = answer;
            this.echo = echo;
        }
    }

    private final CompletionRequest request;
    private final ReplyHead head;
    private final TokenTexts texts;
    private final List<Choice> choices = new ArrayList<>();
    private final int n;

    CompletionReply(ServedModel model, CompletionRequest request, long created) {
        this.request = request;
        this.head = ReplyHead.of("cmpl-", created, model.name());
        this.texts = new TokenTexts(model.tokenizer());
        this.n = request.sampling().n();
        for (CompletionRequest.Given prompt : request.prompts()) {
            EchoedPrompt echo =
                    request.echo() ? EchoedPrompt.of(prompt, model.tokenizer()) : new EchoedPrompt("", new int[0]);
            for (int i = 0; i < n; i++) {
                choices.add(new Choice(
                        new AnswerText(
                                model.tokenizer(), request.sampling().sampling().stopStrings(), ""),
                        echo));
            }
        }
    }

    /** @param scores of each prompt, all tokens but the first; empty if they were not asked for */
    ObjectNode whole(Optional<Answers> sampled, List<List<SampledToken>> scores) {
        if (sampled.isPresent()) {
            Answers answers = sampled.get();
            for (Optional<Answers.Event> event = answers.next(); event.isPresent(); event = answers.next()) {
                choices.get(event.get().answer()).text.append(part(event.get()));
            }
        }
        ObjectNode body = head.object("text_completion");
        ArrayNode list = body.putArray("choices");
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            String text = choice.echo.text() + choice.text;
            ObjectNode node = list.addObject().put("index", i).put("text", text);
            logProbs(node, choice, i / n, scores, choice.answer.newlyDrawn(), text);
            node.put("finish_reason", reason(choice));
        }
        usage(body);
        return body;
    }

    void stream(Optional<Answers> sampled, List<List<SampledToken>> scores, EventStream out) {
        if (request.echo()) {
            for (int i = 0; i < choices.size(); i++) {
                Choice choice = choices.get(i);
                send(out, i, choice.echo.text(), scores, List.of(), Optional.empty());
            }
        }
        if (sampled.isPresent()) {
            Answers answers = sampled.get();
            for (Optional<Answers.Event> event = answers.next(); event.isPresent(); event = answers.next()) {
                int i = event.get().answer();
                Choice choice = choices.get(i);
                String part = part(event.get());
                choice.text.append(part);
                boolean end = event.get() instanceof Answers.Event.Finished;
                if (end || !part.isEmpty()) {
                    send(
                            out,
                            i,
                            part,
                            List.of(),
                            choice.answer.newlyDrawn(),
                            end ? Optional.of(reason(choice)) : Optional.empty());
                }
            }
        } else {
            for (int i = 0; i < choices.size(); i++) {
                send(out, i, "", List.of(), List.of(), Optional.of("length"));
            }
        }
        if (request.stream().usage()) {
            ObjectNode last = head.object("text_completion");
            last.putArray("choices");
            usage(last);
            out.send(last);
        }
        out.done();
    }

    private void send(
            EventStream out,
            int i,
            String part,
            List<List<SampledToken>> scores,
            List<AnswerText.Placed> drawn,
            Optional<String> reason) {
        Choice choice = choices.get(i);
        ObjectNode chunk = head.object("text_completion");
        if (request.stream().usage()) {
            chunk.putNull("usage");
        }
        ObjectNode node = chunk.putArray("choices").addObject().put("index", i).put("text", part);
        logProbs(node, choice, i / n, scores, drawn, choice.echo.text() + choice.text);
        node.put("finish_reason", reason.orElse(null));
        out.send(chunk);
    }

    private String part(Answers.Event event) {
        Choice choice = choices.get(event.answer());
        return switch (event) {
            case Answers.Event.Token token -> choice.answer.add(token.token());
            case Answers.Event.Finished finished -> {
                choice.generation = finished.generation();
                yield choice.answer.end(finished.generation());
            }
            case Answers.Event.Failed failed -> throw ApiException.failed(failed.reason());
        };
    }

    private void usage(ObjectNode body) {
        int prompts =
                request.prompts().stream().mapToInt(p -> p.tokens().length).sum();
        ReplyHead.usage(body, prompts, choices.stream().map(c -> c.generation).toList());
    }

    private static String reason(Choice choice) {
        return choice.generation.finish() == Finish.LENGTH ? "length" : "stop";
    }

    /**
     * Four lists of equal length: those of the prompt if it is echoed and this part begins with it, then those of the tokens that were drawn.
     *
     * @param text the choice's text up to here, in which tokens have their offsets
     */
    private void logProbs(
            ObjectNode node,
            Choice choice,
            int prompt,
            List<List<SampledToken>> scores,
            List<AnswerText.Placed> drawn,
            String text) {
        if (request.logProbs().isEmpty()) {
            node.putNull("logprobs");
            return;
        }
        ObjectNode logProbs = node.putObject("logprobs");
        ArrayNode tokens = logProbs.putArray("tokens");
        ArrayNode values = logProbs.putArray("token_logprobs");
        ArrayNode top = logProbs.putArray("top_logprobs");
        ArrayNode offsets = logProbs.putArray("text_offset");
        if (!scores.isEmpty()) {
            int[] ids = request.prompts().get(prompt).tokens();
            for (int i = 0; i < ids.length; i++) {
                tokens.add(texts.shown(ids[i]));
                offsets.add(
                        EchoedPrompt.characters(choice.echo.text(), choice.echo.starts()[i]));
                if (i == 0) {
                    // Nothing predicts the first token.
                    values.addNull();
                    top.addNull();
                } else {
                    value(scores.get(prompt).get(i - 1), values, top);
                }
            }
        }
        int before = choice.echo.text().length();
        for (AnswerText.Placed placed : drawn) {
            tokens.add(texts.shown(placed.token().id()));
            offsets.add(EchoedPrompt.characters(text, before + placed.start()));
            value(placed.token(), values, top);
        }
    }

    /** The value of the token is the same number as its entry. */
    private void value(SampledToken token, ArrayNode values, ArrayNode top) {
        float own = ReplyHead.finite(token.logProb());
        values.add(own);
        ObjectNode map = top.addObject();
        for (SampledToken.Candidate candidate : token.top()) {
            put(map, candidate.id(), ReplyHead.finite(candidate.logProb()));
        }
        if (token.top().stream().noneMatch(candidate -> candidate.id() == token.id())) {
            put(map, token.id(), own);
        }
    }

    private void put(ObjectNode map, int id, float value) {
        String shown = texts.shown(id);
        map.put(map.has(shown) ? "token_id:" + id : shown, value);
    }
}
