package org.thurstone.model.text;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.InputFile;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.model.text.jinja.Function;
import org.thurstone.model.text.jinja.JinjaException;
import org.thurstone.model.text.jinja.Rendered;
import org.thurstone.model.text.jinja.Template;

/** A chat template in Jinja, as model directories contain it, with the same output as in Python's {@code transformers}. */
final class JinjaTemplate implements ChatTemplate {

    /** Variables that Python's transformers sets to None if a conversation does not have them. */
    private static final List<String> NONE = List.of("tools", "documents");

    private static final Pattern NO_WORD = Pattern.compile("\\W+");

    private static final String ANSWER = "colourless green ideas";

    private final String source;
    private final Template template;
    private final Optional<Template> toolTemplate;
    private final Map<String, Object> constants;
    private final Map<String, Object> arguments;
    private final Set<String> words;
    private final boolean endsTurns;

    /**
     * @param constants special tokens and functions, as the tokenizer gives them
     * @param arguments what the user gives every conversation, such as {@code enable_thinking}; a conversation's own come before them
     */
    JinjaTemplate(String source, Map<String, Object> constants, Map<String, Object> arguments) {
        this(source, Optional.empty(), constants, arguments);
    }

    private JinjaTemplate(
            String source, Optional<String> forTools, Map<String, Object> constants, Map<String, Object> arguments) {
        this.source = source;
        this.template = Template.parse(source);
        this.toolTemplate = forTools.map(Template::parse);
        this.constants = Map.copyOf(constants);
        this.arguments = Map.copyOf(arguments);
        this.words = Set.copyOf(Arrays.asList(NO_WORD.split(source + " " + forTools.orElse(""))));
        this.endsTurns = looksEnded();
    }

    /** The template of a choice. One of the model's own that cannot be read is there, and refuses every conversation: the model is of use without it. */
    static Optional<ChatTemplate> load(Path directory, TemplateChoice choice, Clock clock) {
        ModelTexts texts = ModelTexts.of(directory);
        SpecialTokens specials = SpecialTokens.read(texts);
        Map<String, Object> constants = new HashMap<>();
        specials.bos().ifPresent(token -> constants.put("bos_token", token));
        specials.eos().ifPresent(token -> constants.put("eos_token", token));
        specials.pad().ifPresent(token -> constants.put("pad_token", token));
        constants.put("strftime_now", (Function) (positional, named) ->
                Strftime.format(String.valueOf(positional.getFirst()), ZonedDateTime.now(clock)));
        boolean own = choice.file().isEmpty();
        Optional<String> source = own ? source(texts) : choice.file().map(JinjaTemplate::text);
        Optional<String> forTools =
                own ? Optional.ofNullable(TemplateSources.of(texts).get(TemplateSources.TOOLS)) : Optional.empty();
        return source.map(text -> {
            try {
                return new JinjaTemplate(text, forTools, constants, choice.arguments());
            } catch (JinjaException e) {
                String why =
                        "cannot read the chat template of " + choice.file().orElse(directory) + ": " + e.getMessage();
                if (own) {
                    return new BrokenTemplate(why);
                }
                throw new UserError(why, e);
            }
        });
    }

    private static String text(Path file) {
        try {
            return InputFile.text(file);
        } catch (IOException e) {
            throw UserError.reading(file, e);
        }
    }

    private static Optional<String> source(ModelTexts texts) {
        return Optional.ofNullable(TemplateSources.of(texts).get(TemplateSources.DEFAULT));
    }

    @Override
    public String render(Text.Chat chat, boolean prompting) {
        return rendered(chat, prompting).text();
    }

    @Override
    public List<Span> generated(Text.Chat chat) {
        return reads("generation")
                ? rendered(chat, false).generated().stream()
                        .map(mark -> new Span(mark.start(), mark.end()))
                        .toList()
                : List.of();
    }

    @Override
    public void save(Path directory) {
        Path file = directory.resolve("chat_template.jinja");
        if (!source(ModelTexts.of(directory)).equals(Optional.of(source))) {
            AtomicFile.write(file, source);
        }
    }

    @Override
    public boolean reads(String key) {
        return words.contains(key);
    }

    private Rendered rendered(Text.Chat chat, boolean prompting) {
        List<Map<String, Object>> turns = new ArrayList<>();
        for (Message message : chat.messages()) {
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("role", message.role().name().toLowerCase(Locale.ROOT));
            turn.put("content", message.content());
            turn.putAll(message.details());
            turns.add(turn);
        }
        Map<String, Object> values = new HashMap<>(constants);
        values.putAll(arguments);
        values.putAll(chat.arguments());
        values.put("messages", turns);
        values.put("add_generation_prompt", prompting);
        String[] none = NONE.stream().filter(name -> !values.containsKey(name)).toArray(String[]::new);
        try {
            boolean tools = values.get("tools") instanceof List<?> list && !list.isEmpty();
            return (tools ? toolTemplate.orElse(template) : template).rendered(values, none);
        } catch (JinjaException e) {
            throw new TemplateRefusal(String.valueOf(e.getMessage()));
        }
    }

    /** Whether anything but white space follows an answer. */
    private boolean looksEnded() {
        try {
            String text = render(List.of(new Message(Role.USER, "?"), new Message(Role.ASSISTANT, ANSWER)), false);
            int at = text.lastIndexOf(ANSWER);
            return at < 0 || !text.substring(at + ANSWER.length()).isBlank();
        } catch (TemplateRefusal e) {
            return true;
        }
    }

    @Override
    public boolean endsTurns() {
        return endsTurns;
    }
}
