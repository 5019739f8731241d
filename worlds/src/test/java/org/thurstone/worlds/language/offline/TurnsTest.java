package org.thurstone.worlds.language.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

class TurnsTest {

    /** The roles of {@code suatua}: system, user, assistant, tool, … */
    private static List<Message> turns(String roles) {
        List<Message> turns = new ArrayList<>();
        for (char role : roles.toCharArray()) {
            turns.add(new Message(
                    switch (role) {
                        case 's' -> Role.SYSTEM;
                        case 'u' -> Role.USER;
                        case 'a' -> Role.ASSISTANT;
                        default -> Role.TOOL;
                    },
                    role + "" + turns.size()));
        }
        return turns;
    }

    private static Demonstration example(String prompt, String completion) {
        List<Message> all = turns(prompt + completion);
        return new Demonstration(
                new Prompt("p", Text.chat(all.subList(0, prompt.length()))),
                new Completion(Text.chat(all.subList(prompt.length(), all.size()))),
                Provenance.UNKNOWN);
    }

    private static String roles(Text text) {
        StringBuilder roles = new StringBuilder();
        ((Text.Chat) text)
                .messages()
                .forEach(turn -> roles.append(turn.content().charAt(0)));
        return roles.toString();
    }

    /** A conversation as it is read, with its last answer as the completion, and where its prompt ends if all answers are trained on. */
    @ParameterizedTest
    @CsvSource({"uau,a,u", "suau,a,su", "uatau,ata,u", "uauau,a,u", "u,a,u", "su,ata,su"})
    void allAnswersBeginAtTheFirst(String prompt, String completion, String before) {
        Demonstration read = example(prompt, completion);
        Demonstration all = (Demonstration) Turns.ALL.of(read);
        assertThat(roles(all.prompt().text())).isEqualTo(before);
        assertThat(roles(all.prompt().text()) + roles(all.completion().text())).isEqualTo(prompt + completion);
        assertThat(Turns.LAST.of(read)).isEqualTo(read);
        assertThat(Turns.LAST.leavesOut(read)).isEqualTo(!before.equals(prompt));
        assertThat(Turns.ALL.leavesOut(read)).isFalse();
    }

    @Test
    void textIsLeftAsItIs() {
        Demonstration text = new Demonstration(new Prompt("p", Text.raw("a")), Completion.raw("b"), Provenance.UNKNOWN);
        assertThat(Turns.ALL.of(text)).isEqualTo(text);
        assertThat(Turns.LAST.leavesOut(text)).isFalse();
    }
}
