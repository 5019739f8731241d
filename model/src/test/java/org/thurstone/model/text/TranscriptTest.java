package org.thurstone.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/** Small templates that behave as those of the models named do. */
class TranscriptTest {

    /** Qwen 3: an empty thought before the last answer, no thoughts in answers before the last question. */
    private static final String QWEN_3 = template("qwen-like");

    /** R1-Distill: prompts end in an open thought, answers have lost theirs. */
    private static final String R1 = template("r1-like");

    /** Phi-3: the conversation ends with a token of its own, unless an answer is asked for. */
    private static final String PHI_3 = template("phi-like");

    /** Templates of TRL: what the assistant says is marked. */
    private static final String MARKED = template("marked");

    private static String template(String name) {
        try (InputStream file =
                Objects.requireNonNull(TranscriptTest.class.getResourceAsStream("templates/" + name + ".jinja"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final List<Message> TWO_ANSWERS = List.of(assistant("a"), user("b"), assistant("c"));

    private static Message user(String content) {
        return new Message(Role.USER, content);
    }

    private static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }

    private static Transcript of(String template, List<Message> prompt, List<Message> answer) {
        ChatTemplate chat = new JinjaTemplate(template, Map.of(), Map.of());
        return Transcript.of(chat, new Text.Chat(prompt), chat.render(prompt, true), answer);
    }

    /** The head, then the parts, scored ones in parentheses. */
    private static String shown(Transcript transcript) {
        return transcript.head() + "|"
                + transcript.parts().stream()
                        .map(part -> part.scored() ? "(" + part.text() + ")" : part.text())
                        .collect(Collectors.joining());
    }

    @Test
    void answerIsTheTextAfterThePrompt() {
        assertThat(shown(of(QWEN_3, List.of(user("q")), List.of(assistant("a")))))
                .isEqualTo("[user]q[end]\n[assistant]|(<think>\n\n</think>\n\na[end]\n)");
    }

    @Test
    void answersBeforeTheLastQuestionAreScoredAsTheTemplateRendersThemThere() {
        assertThat(shown(of(QWEN_3, List.of(user("q")), TWO_ANSWERS)))
                .isEqualTo(
                        "[user]q[end]\n[assistant]|(a[end]\n)[user]b[end]\n[assistant](<think>\n\n</think>\n\nc[end]\n)");
    }

    @Test
    void conversationWithAFinalTokenIsCutAtTheEndOfItsTurns() {
        assertThat(shown(of(PHI_3, List.of(user("q")), TWO_ANSWERS)))
                .isEqualTo(
                        "<|user|>\nq<|end|>\n<|assistant|>\n|(a)<|end|>\n<|user|>\nb<|end|>\n<|assistant|>\n(c)<|end|>\n<|endoftext|>");
    }

    @Test
    void anAnswerWithoutTheThoughtThatThePromptOpensBeginsBehindTheRole() {
        assertThat(shown(of(R1, List.of(user("q")), List.of(assistant("yes")))))
                .isEqualTo("[user]q[assistant]|(yes[eos])");
        assertThat(shown(of(R1, List.of(user("q"), assistant("x"), user("r")), List.of(assistant("yes")))))
                .isEqualTo("[user]q[assistant]x[eos][user]r[assistant]|(yes[eos])");
    }

    @Test
    void thoughtsThatTheTemplateLeavesOutAreTheReasonOfARefusal() {
        assertThatThrownBy(() -> of(R1, List.of(user("q")), List.of(assistant("<think>hm</think>yes"))))
                .isInstanceOf(TemplateRefusal.class)
                .hasMessageContaining("leaves out part of an answer");
        Message thinking = new Message(Role.ASSISTANT, "a", true, Map.of("reasoning_content", "hm"));
        assertThatThrownBy(() -> of(QWEN_3, List.of(user("q")), List.of(thinking, user("b"), assistant("c"))))
                .isInstanceOf(TemplateRefusal.class)
                .hasMessageContaining("leaves out the reasoning of an answer");
        assertThat(shown(of(QWEN_3, List.of(user("q")), List.of(thinking))))
                .isEqualTo("[user]q[end]\n[assistant]|(<think>\nhm\n</think>\n\na[end]\n)");
    }

    @Test
    void generationBlocksMarkTheAssistantTokens() {
        assertThat(shown(of(MARKED, List.of(user("q")), TWO_ANSWERS)))
                .isEqualTo("[user]q[end]\n[assistant]|(a[end])\n[user]b[end]\n[assistant](c[end])");
    }

    @Test
    void turnsOfWeightZeroAreRenderedAndNotScored() {
        Message unweighted = new Message(Role.ASSISTANT, "a", false, Map.of());
        assertThat(shown(of(MARKED, List.of(user("q")), List.of(unweighted, user("b"), assistant("c")))))
                .isEqualTo("[user]q[end]\n[assistant]|a[end]\n[user]b[end]\n[assistant](c[end])");
    }
}
