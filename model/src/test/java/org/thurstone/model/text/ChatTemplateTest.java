package org.thurstone.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;

class ChatTemplateTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-05T07:08:09Z"), ZoneOffset.UTC);

    /** Blocks on lines of their own, an optional system turn, roles that must alternate, today's date. */
    private static final String SOURCE = """
            {{- bos_token }}
            {%- if messages[0].role == 'system' %}
                {%- set system = messages[0]['content'] | trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system = 'Today is ' + strftime_now('%-d %b %Y') %}
            {%- endif %}
            {{- '(system)' ~ system ~ '(end)' }}
            {%- if tools is defined and tools is not none %}{{ raise_exception('no tools') }}{% endif %}
            {% for message in messages %}
                {%- if (message.role == 'user') != (loop.index0 % 2 == 0) %}
                    {{- raise_exception('turns must alternate') }}
                {%- endif %}
                {{- '(' + message['role'] + ')' + message['content'].strip() + '(end)' }}
            {%- endfor %}
            {%- if add_generation_prompt %}
            {{- '(assistant)' }}
            {%- endif %}
            """;

    @TempDir
    Path directory;

    private ChatTemplate template() throws IOException {
        Files.writeString(directory.resolve("chat_template.jinja"), SOURCE);
        Files.writeString(directory.resolve("tokenizer_config.json"), "{\"bos_token\": {\"content\": \"<s>\"}}");
        return ChatTemplate.load(directory, CLOCK).orElseThrow();
    }

    private static Message user(String text) {
        return new Message(Role.USER, text);
    }

    private static Message assistant(String text) {
        return new Message(Role.ASSISTANT, text);
    }

    @Test
    void conversationsReadAsTheTemplateHasThem() throws IOException {
        ChatTemplate template = template();
        assertThat(template.render(List.of(user("hi"), assistant(" yes \n"), user("é🎉")), true))
                .isEqualTo(
                        "<s>(system)Today is 5 Mar 2026(end)(user)hi(end)(assistant)yes(end)(user)é🎉(end)(assistant)");
        assertThat(template.render(List.of(new Message(Role.SYSTEM, " be brief "), user("hi")), false))
                .isEqualTo("<s>(system)be brief(end)(user)hi(end)");
        assertThat(template.endsTurns()).isTrue();
    }

    @Test
    void templatesInMessagesAreText() throws IOException {
        assertThat(template().render(List.of(user("{{ 7 * 7 }}{% for %}{# x #}")), false))
                .endsWith("(user){{ 7 * 7 }}{% for %}{# x #}(end)");
    }

    @Test
    void refusalsAreInTheTemplatesWords() throws IOException {
        ChatTemplate template = template();
        assertThatThrownBy(() -> template.render(List.of(user("a"), user("b")), true))
                .isInstanceOf(TemplateRefusal.class)
                .hasMessage("turns must alternate");
    }

    @Test
    void spansFollowTheTemplate() throws IOException {
        ChatTemplate template = template();
        List<String> words = List.of(
                "<s>",
                "(end)",
                "(system)",
                "(user)",
                "(assistant)",
                "c",
                "d",
                "e",
                "f",
                "\n",
                "5",
                "Today",
                "is",
                "Mar",
                "2026",
                " ");
        new WordTokenizerFile(words, "<s>|\\([a-z]+\\)|\\w+|[\\s\\S]").write(directory, 64);
        Tokenizer tokenizer = Tokenizer.load(directory);
        Prompt prompt = new Prompt("p", Text.chat(List.of(user("c"))));
        List<Completion> completions = List.of(
                new Completion(Text.answer("d")),
                new Completion(Text.chat(List.of(assistant("e"), user("c"), assistant("f")))));
        TokenTree tree = ((Encoded.Included)
                        new Encoding(tokenizer, template, Encoding.Options.of(64)).encode(prompt, completions))
                .tree();
        assertThat(tokenizer.decode(tree.segments().get(0).tokens())).endsWith("(user)c(end)(assistant)");
        assertThat(tokenizer.decode(tree.segments().get(1).tokens())).isEqualTo("d(end)");
        TokenTree.Segment several = tree.segments().get(2);
        assertThat(tokenizer.decode(several.tokens())).isEqualTo("e(end)(user)c(end)(assistant)f(end)");
        assertThat(several.scored().stream()).containsExactly(0, 1, 6, 7);
    }

    @Test
    void ofSeveralTemplatesTheDefaultIsTaken() throws IOException {
        assertThat(ChatTemplate.load(directory, CLOCK)).isEmpty();
        Files.writeString(directory.resolve("tokenizer_config.json"), """
                {"chat_template": [{"name": "tool_use", "template": "tools"}, {"name": "default", "template": "plain"}]}
                """);
        assertThat(ChatTemplate.load(directory, CLOCK).orElseThrow().render(List.of(user("a")), true))
                .isEqualTo("plain");
        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                "{\"chat_template\": \"{% for m in messages %}{{ m.content }}{% endfor %}\"}");
        ChatTemplate bare = ChatTemplate.load(directory, CLOCK).orElseThrow();
        assertThat(bare.render(List.of(user("a"), assistant("b")), true)).isEqualTo("ab");
        assertThat(bare.endsTurns()).isFalse();
    }

    @Test
    void aBrokenTemplateIsNamedWithItsLine() throws IOException {
        Files.writeString(directory.resolve("chat_template.jinja"), "a\n{% if x %}\n");
        ChatTemplate broken = ChatTemplate.load(directory, CLOCK).orElseThrow();
        assertThatThrownBy(() -> broken.render(List.of(user("a")), true))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot read the chat template of " + directory + ": line 2: a block has no end");
        Path file = Files.writeString(directory.resolve("other.jinja"), "{% if x %}");
        assertThatThrownBy(() -> ChatTemplate.load(
                        directory, new TemplateChoice(java.util.Optional.of(file), java.util.Map.of()), CLOCK))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot read the chat template of " + file);
    }

    @Test
    void conversationsWithToolsHaveTheirOwnTemplate() throws IOException {
        Files.writeString(directory.resolve("tokenizer_config.json"), """
                {"chat_template": [{"name": "tool_use", "template": "tools"}, {"name": "default", "template": "plain"}]}
                """);
        ChatTemplate template = ChatTemplate.load(directory, CLOCK).orElseThrow();
        List<org.thurstone.data.Message> turns = List.of(user("a"));
        assertThat(template.render(
                        new org.thurstone.data.Text.Chat(
                                turns, java.util.Map.of("tools", List.of(java.util.Map.of("name", "f")))),
                        true))
                .isEqualTo("tools");
        assertThat(template.render(new org.thurstone.data.Text.Chat(turns, java.util.Map.of("tools", List.of())), true))
                .isEqualTo("plain");
    }

    @Test
    void datesAreWrittenAsCDoes() {
        assertThat(Strftime.format(
                        "%d %b %Y|%Y-%m-%d|%A, %B %-d|%H:%M:%S|%y %j|100%%|%q",
                        CLOCK.instant().atZone(ZoneOffset.UTC)))
                .isEqualTo("05 Mar 2026|2026-03-05|Thursday, March 5|07:08:09|26 064|100%|%q");
    }
}
