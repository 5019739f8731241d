package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/**
 * Anthropic's HH-RLHF: {@code chosen} and {@code rejected} are transcripts, {@code "\n\nHuman: …\n\nAssistant: …"}. A
 * prompt next to them only repeats some of it. The turns they share are the prompt. Of each turn only the one space after the colon is taken off.
 *
 * <p>Where the last turns differ in number, because one side wrote two turns in a row or one transcript is longer, each completion is
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
    public boolean recognises(Columns file) {
        return file.isTranscript(PairShapes.CHOSEN) && file.isTranscript(PairShapes.REJECTED);
    }

    static boolean isTranscript(Fields row, String key) {
        return row.peek(key).filter(HhTranscript::isTranscript).isPresent();
    }

    static boolean isTranscript(JsonNode node) {
        return node.isString() && node.stringValue().stripLeading().startsWith("Human:");
    }

    @Override
    public Example parse(Fields row) {
        return PairShapes.parse(row);
    }

    static Example pair(Fields row) {
        Optional<Text> given = Texts.promptKey(row)
                .map(key -> isTranscript(row, key)
                        ? RowPrompt.inContext(row, Text.chat(question(turns(row, key))))
                        : RowPrompt.of(row));
        return Conversational.ofWhole(row, given, turns(row, PairShapes.CHOSEN), turns(row, PairShapes.REJECTED));
    }

    /** A transcript that is a prompt ends with the name of who speaks next. */
    private static List<Message> question(List<Message> turns) {
        Message last = turns.getLast();
        return turns.size() > 1
                        && last.role() == Role.ASSISTANT
                        && last.content().isBlank()
                ? turns.subList(0, turns.size() - 1)
                : turns;
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
