package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/**
 * Anthropic's HH-RLHF: {@code chosen} and {@code rejected} are transcripts, {@code "\n\nHuman: …\n\nAssistant: …"}, with no prompt
 * beside them. The turns they share are the prompt. Of each turn only the one space after the colon is taken off.
 *
 * <p>Where the last turns differ in number, because somebody wrote two answers in a row or one transcript goes on, each completion is
 * all that follows the shared turns. Transcripts that part at a human's turn answer different prompts, and are bad rows.
 */
record HhTranscript() implements RowFormat {

    private static final Pattern TURN = Pattern.compile("\\n\\n(Human|Assistant):");

    @Override
    public String name() {
        return "HH-RLHF transcripts";
    }

    @Override
    public String keys() {
        return "chosen, rejected as \"\\n\\nHuman: …\\n\\nAssistant: …\"";
    }

    @Override
    public boolean recognises(Fields row) {
        return Texts.promptKey(row).isEmpty() && transcript(row, "chosen") && transcript(row, "rejected");
    }

    private static boolean transcript(Fields row, String key) {
        return row.isText(key) && row.text(key).stripLeading().startsWith("Human:");
    }

    @Override
    public Example parse(Fields row) {
        SharedTurns turns = SharedTurns.of(turns(row, "chosen"), turns(row, "rejected"));
        if (turns.prompt().isEmpty()) {
            throw new BadRow("chosen and rejected share no turn that could be the prompt");
        }
        return Pairs.of(
                row,
                Texts.prompt(row, Text.chat(turns.prompt())),
                Texts.checked(Text.chat(turns.chosen()), "'chosen'"),
                Texts.checked(Text.chat(turns.rejected()), "'rejected'"));
    }

    private static List<Message> turns(Fields row, String key) {
        String given = row.text(key);
        String text = given.startsWith("Human:") ? "\n\n" + given : given;
        Matcher matcher = TURN.matcher(text);
        List<Message> turns = new ArrayList<>();
        int begun = -1;
        Role role = Role.USER;
        while (matcher.find()) {
            if (begun >= 0) {
                turns.add(turn(role, text.substring(begun, matcher.start())));
            } else if (!text.substring(0, matcher.start()).isBlank()) {
                throw new BadRow("'" + key + "' does not begin with \"Human:\"");
            }
            role = matcher.group(1).equals("Human") ? Role.USER : Role.ASSISTANT;
            begun = matcher.end();
        }
        if (begun < 0) {
            throw new BadRow("'" + key + "' has no turns \"\\n\\nHuman: …\\n\\nAssistant: …\"");
        }
        turns.add(turn(role, text.substring(begun)));
        return turns;
    }

    private static Message turn(Role role, String text) {
        return new Message(role, text.startsWith(" ") ? text.substring(1) : text);
    }
}
