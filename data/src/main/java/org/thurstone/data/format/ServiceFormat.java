package org.thurstone.data.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Content;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows that trainers and fine-tuning services read. */
public enum ServiceFormat {
    /** TRL: preference, unpaired and prompt-completion rows. */
    TRL("TRL"),
    /** OpenAI's preference fine-tuning, which others read, too: {@code input}, {@code preferred_output} and {@code non_preferred_output}. */
    OPENAI_PREFERENCE("OpenAI's preference format"),
    /** LLaMA-Factory's ShareGPT form: {@code conversations} with {@code chosen} and {@code rejected}, or with {@code kto_tag}. */
    LLAMA_FACTORY("LLaMA-Factory"),
    /** Axolotl's {@code chat_template}: {@code messages} with {@code chosen} and {@code rejected}. */
    AXOLOTL("Axolotl");

    private final String title;

    ServiceFormat(String title) {
        this.title = title;
    }

    /** The name in commands: {@code openai-preference}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }

    /** The name in sentences. */
    public String title() {
        return title;
    }

    /** Why an example cannot be written, as a noun in the plural; empty if it can. */
    public Optional<String> unfit(Example example) {
        Optional<String> kind = switch (example) {
            case Comparison c when c.tied() -> Optional.of("ties");
            case Comparison c
            when this != TRL && c.particulars().rightPrompt().isPresent() ->
                Optional.of("pairs of answers to different prompts");
            case Comparison c -> Optional.empty();
            case Rating r when this != TRL && this != LLAMA_FACTORY -> Optional.of("ratings");
            case Rating r when r.value() != 0 && r.value() != 1 -> Optional.of("ratings other than 0 and 1");
            case Rating r -> Optional.empty();
            case Demonstration d when this == OPENAI_PREFERENCE -> Optional.of("demonstrations");
            case Demonstration d -> Optional.empty();
            case Ranking r -> Optional.of("rankings");
            case Contrast c -> Optional.of("contrasts of prompts");
        };
        return kind.or(() -> unfitContent(example));
    }

    private Optional<String> unfitContent(Example example) {
        List<Content> contents = Stream.concat(
                        Stream.of(example.prompt().content()), answers(example).map(Completion::content))
                .toList();
        if (contents.stream().anyMatch(content -> !(content instanceof Text))) {
            return Optional.of("rows with other content than text");
        }
        if (this == TRL || this == OPENAI_PREFERENCE) {
            return Optional.empty();
        }
        boolean tools = contents.stream()
                .anyMatch(content -> content instanceof Text.Chat chat
                        && (chat.arguments().containsKey("tools")
                                || chat.messages().stream()
                                        .anyMatch(m -> m.role() == Role.TOOL
                                                || !m.toolCalls().isEmpty())));
        if (tools) {
            return Optional.of("rows with tools");
        }
        boolean several = answers(example).anyMatch(a -> answerTurns(a).size() != 1);
        return several ? Optional.of("rows whose answers have several turns") : Optional.empty();
    }

    private static Stream<Completion> answers(Example example) {
        return switch (example) {
            case Comparison c -> Stream.of(c.left(), c.right());
            case Rating r -> Stream.of(r.completion());
            case Demonstration d -> Stream.of(d.completion());
            case Ranking r -> r.completions().stream();
            case Contrast c -> Stream.of();
        };
    }

    /** What an example says that the row does not, as a noun; empty if all is in it. */
    public Optional<String> lost(Example example) {
        if (this == TRL) {
            return Optional.empty(); // stands in keys that TRL passes over
        }
        return switch (example) {
            case Comparison c
            when c.preference() instanceof Preference.Soft || c.preference() instanceof Preference.Graded ->
                Optional.of("how sure the label is");
            case Comparison c when c.margin().isPresent() -> Optional.of("the margin");
            case Comparison c when c.particulars().rationale().isPresent() -> Optional.of("the rationale");
            default -> example.provenance().weight() == 1 ? Optional.empty() : Optional.of("the weight");
        };
    }

    /** A row. @throws IllegalArgumentException if it is {@link #unfit} */
    ObjectNode row(Example example) {
        unfit(example).ifPresent(what -> {
            throw new IllegalArgumentException(title + " has no " + what);
        });
        return switch (this) {
            case TRL -> TrlWriter.row(example);
            case OPENAI_PREFERENCE -> openAi((Comparison) example);
            case LLAMA_FACTORY -> llamaFactory(example);
            case AXOLOTL -> axolotl(example);
        };
    }

    private static ObjectNode openAi(Comparison c) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        ObjectNode input = row.putObject("input");
        addTurns(input.putArray("messages"), Texts.turns(c.prompt().text()));
        if (c.prompt().text() instanceof Text.Chat chat && chat.arguments().containsKey("tools")) {
            input.set("tools", Json.MAPPER.valueToTree(chat.arguments().get("tools")));
        }
        addTurns(row.putArray("preferred_output"), answerTurns(c.chosen()));
        addTurns(row.putArray("non_preferred_output"), answerTurns(c.rejected()));
        return row;
    }

    private static ObjectNode llamaFactory(Example example) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        ArrayNode conversations = row.putArray("conversations");
        for (Message turn : Texts.turns(example.prompt().text())) {
            conversations.add(shareGpt(turn));
        }
        switch (example) {
            case Comparison c -> {
                row.set("chosen", shareGpt(answerTurns(c.chosen()).getFirst()));
                row.set("rejected", shareGpt(answerTurns(c.rejected()).getFirst()));
            }
            case Rating r -> {
                conversations.add(shareGpt(answerTurns(r.completion()).getFirst()));
                row.put("kto_tag", r.value() == 1);
            }
            case Demonstration d ->
                conversations.add(shareGpt(answerTurns(d.completion()).getFirst()));
            default -> throw new IllegalArgumentException("no such row");
        }
        return row;
    }

    private static ObjectNode shareGpt(Message turn) {
        String from = switch (turn.role()) {
            case SYSTEM -> "system";
            case ASSISTANT -> "gpt";
            default -> "human";
        };
        return Json.MAPPER.createObjectNode().put("from", from).put("value", turn.content());
    }

    private static ObjectNode axolotl(Example example) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        ArrayNode messages = row.putArray("messages");
        addTurns(messages, Texts.turns(example.prompt().text()));
        switch (example) {
            case Comparison c -> {
                row.set("chosen", turn(answerTurns(c.chosen()).getFirst()));
                row.set("rejected", turn(answerTurns(c.rejected()).getFirst()));
            }
            case Demonstration d -> addTurns(messages, answerTurns(d.completion()));
            default -> throw new IllegalArgumentException("no such row");
        }
        return row;
    }

    private static List<Message> answerTurns(Completion completion) {
        return completion.text() instanceof Text.Chat chat
                ? chat.messages()
                : List.of(new Message(Role.ASSISTANT, completion.text().plain()));
    }

    private static void addTurns(ArrayNode to, List<Message> turns) {
        turns.forEach(t -> to.add(turn(t)));
    }

    private static ObjectNode turn(Message turn) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("role", turn.role().name().toLowerCase(Locale.ROOT)).put("content", turn.content());
        for (String key : List.of(Message.TOOL_CALLS, "tool_call_id", "name")) {
            if (turn.details().containsKey(key)) {
                node.set(key, Json.MAPPER.valueToTree(turn.details().get(key)));
            }
        }
        return node;
    }

    /**
     * What the reader of a file has to be told about it, as its documentation writes it.
     *
     * @param file its name
     * @param pairs whether it has pairs
     * @param ratings whether it has ratings
     */
    public Optional<String> settings(String file, boolean pairs, boolean ratings) {
        return switch (this) {
            case TRL, OPENAI_PREFERENCE -> Optional.empty();
            case LLAMA_FACTORY ->
                Optional.of("dataset_info.json: \"thurstone\": {\"file_name\": \"" + file
                        + "\", \"formatting\": \"sharegpt\", "
                        + (pairs ? "\"ranking\": true, " : "") + "\"columns\": {\"messages\": \"conversations\""
                        + (pairs ? ", \"chosen\": \"chosen\", \"rejected\": \"rejected\"" : "")
                        + (ratings ? ", \"kto_tag\": \"kto_tag\"" : "") + "}}");
            case AXOLOTL ->
                Optional.of((pairs ? "rl: dpo; " : "") + "datasets: [{path: " + file
                        + ", ds_type: json, type: chat_template"
                        + (pairs ? ".default" : "") + ", field_messages: messages"
                        + (pairs ? ", field_chosen: chosen, field_rejected: rejected" : "") + "}]");
        };
    }
}
