package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurstone.data.format.Files4Tests.chat;
import static org.thurstone.data.format.Files4Tests.json;
import static org.thurstone.data.format.Files4Tests.pair;
import static org.thurstone.data.format.Files4Tests.read;
import static org.thurstone.data.format.Files4Tests.shared;
import static org.thurstone.data.format.Files4Tests.write;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;

/** Data sets in the shapes in which people share them. */
class SharedFormatsTest {

    @TempDir
    Path directory;

    private List<String> bad(String... rows) {
        return dropped(directory, rows).first().stream()
                .map(Dropped.BadLine::reason)
                .toList();
    }

    private static Dropped dropped(Path directory, String... rows) {
        try (RowReader<Example> reader =
                Examples.read(write(directory, "rows.jsonl", json(rows)), ReadOptions.DEFAULT.withBadShare(1))) {
            reader.forEachRemaining(row -> {});
            return reader.dropped();
        }
    }

    @Test
    void inputFollowsTheInstructionOnANewLine() {
        List<Example> pairs = read(
                directory,
                "{'instruction':'Translate to French','input':'cat','chosen':'chat','rejected':'chien'}",
                "{'instruction':'Translate to French','input':'dog','chosen':'chien','rejected':'chat'}",
                "{'instruction':'Sing','input':' ','chosen':'la','rejected':'no'}",
                "{'instruction':'Sing','input':null,'chosen':'lo','rejected':'no'}",
                "{'instruction':'Sing','chosen':'li','rejected':'no'}");
        assertThat(pairs)
                .extracting(e -> e.prompt().text())
                .containsExactly(
                        Text.raw("Translate to French\ncat"),
                        Text.raw("Translate to French\ndog"),
                        Text.raw("Sing"),
                        Text.raw("Sing"),
                        Text.raw("Sing"));
    }

    @Test
    void alpacaRowsAreDemonstrations() {
        Demonstration d = (Demonstration) read(directory, "{'instruction':'Add','input':'2+2','output':'4','text':'…'}")
                .getFirst();
        assertThat(d.prompt().text()).isEqualTo(Text.raw("Add\n2+2"));
        assertThat(d.completion().text()).isEqualTo(Text.raw("4"));
        Demonstration dolly =
                (Demonstration) read(directory, "{'instruction':'Who?','context':'Ada wrote.','response':'Ada'}")
                        .getFirst();
        assertThat(dolly.prompt().text()).isEqualTo(Text.raw("Who?\nAda wrote."));
    }

    @Test
    void aSystemPromptAndAHistoryMakeConversations() {
        Demonstration d = (Demonstration) read(
                        directory,
                        "{'instruction':'And 3+3?','input':'','output':'6','system':'You add.','history':[['2+2?','4'],['Sure?','Yes']]}")
                .getFirst();
        assertThat(d.prompt().text())
                .isEqualTo(chat(
                        "system",
                        "You add.",
                        "user",
                        "2+2?",
                        "assistant",
                        "4",
                        "user",
                        "Sure?",
                        "assistant",
                        "Yes",
                        "user",
                        "And 3+3?"));
        assertThat(d.completion().text()).isEqualTo(Text.answer("6"));
        assertThat(bad("{'instruction':'a','output':'b','history':['c']}").getFirst())
                .startsWith("'history' holds");
    }

    @Test
    void orcaPairsKeepTheirSystemPrompt() {
        List<Example> pairs = read(
                directory,
                "{'system':'You are a pirate.','question':'Hi','chosen':'Arr!','rejected':'Hello.'}",
                "{'system':'You are polite.','question':'Hi','chosen':'Hello.','rejected':'Arr!'}",
                "{'system':'','question':'Ho','chosen':'Hello.','rejected':'Arr!'}",
                "{'system':null,'question':'Hu','chosen':'Hello.','rejected':'Arr!'}",
                "{'question':'He','chosen':'Hello.','rejected':'Arr!'}");
        assertThat(pairs)
                .extracting(e -> e.prompt().text())
                .containsExactly(
                        chat("system", "You are a pirate.", "user", "Hi"),
                        chat("system", "You are polite.", "user", "Hi"),
                        chat("user", "Ho"),
                        chat("user", "Hu"),
                        chat("user", "He"));
        assertThat(((Comparison) pairs.getFirst()).chosen().text()).isEqualTo(Text.answer("Arr!"));
        assertThat(pair(directory, "{'system':'','question':'Ho','chosen':'a','rejected':'b'}")
                        .prompt()
                        .text())
                .isEqualTo(Text.raw("Ho"));
    }

    @Test
    void systemColumnPrecedesTheTurns() {
        String turns = "[{'role':'user','content':'u'},{'role':'assistant','content':'a'}]";
        Demonstration d = (Demonstration)
                read(directory, "{'system':'s','messages':" + turns + "}").getFirst();
        assertThat(d.prompt().text()).isEqualTo(chat("system", "s", "user", "u"));
        String with =
                "[{'role':'system','content':'s '},{'role':'user','content':'u'},{'role':'assistant','content':'a'}]";
        assertThat(read(directory, "{'system':'s','messages':" + with + "}")
                        .getFirst()
                        .prompt()
                        .text())
                .isEqualTo(chat("system", "s", "user", "u"));
        assertThat(bad("{'system':'t','messages':" + with + "}"))
                .containsExactly("the column 'system' and the system turn of the conversation differ");
    }

    @Test
    void shareGptConversationsAreDemonstrations() {
        Demonstration d = (Demonstration) read(
                        directory,
                        "{'conversations':[{'from':'system','value':'s'},{'from':'human','value':'h'},{'from':'gpt','value':'g'}]}")
                .getFirst();
        assertThat(d.prompt().text()).isEqualTo(chat("system", "s", "user", "h"));
        assertThat(d.completion().text()).isEqualTo(Text.answer("g"));
    }

    @Test
    void shareGptPreferencesAreOneTurnEach() {
        for (String wrap : List.of("%s", "[%s]")) {
            Comparison c = pair(
                    directory,
                    "{'conversations':[{'from':'human','value':'h'},{'from':'gpt','value':'g'},{'from':'human','value':'i'}],"
                            + "'chosen':" + wrap.formatted("{'from':'gpt','value':'yes'}") + ",'rejected':"
                            + wrap.formatted("{'from':'gpt','value':'no'}") + ",'system':'s'}");
            assertThat(c.prompt().text()).isEqualTo(chat("system", "s", "user", "h", "assistant", "g", "user", "i"));
            assertThat(c.chosen().text()).isEqualTo(Text.answer("yes"));
            assertThat(c.rejected().text()).isEqualTo(Text.answer("no"));
        }
        assertThat(pair(directory, "{'messages':[{'role':'user','content':'u'}],'chosen':'yes','rejected':'no'}")
                        .rejected()
                        .text())
                .isEqualTo(Text.answer("no"));
    }

    @Test
    void ktoTagsAreLabels() {
        assertThat(
                        read(
                                directory,
                                "{'instruction':'i','input':'','output':'o','kto_tag':true}",
                                "{'conversations':[{'from':'human','value':'h'},{'from':'gpt','value':'g'}],'kto_tag':false}",
                                "{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'a'}],'kto_tag':'bad'}"))
                .extracting(e -> ((Rating) e).value())
                .containsExactly(1.0, 0.0, 0.0);
    }

    @Test
    void twoOutputsAreAPair() {
        Comparison c = pair(directory, "{'instruction':'i','input':'x','output':['good','bad']}");
        assertThat(c.prompt().text()).isEqualTo(Text.raw("i\nx"));
        assertThat(c.chosen().text()).isEqualTo(Text.raw("good"));
        assertThat(c.rejected().text()).isEqualTo(Text.raw("bad"));
        assertThat(bad("{'instruction':'i','output':['a']}"))
                .containsExactly("'output' has 1 text, not two: [chosen, rejected]");
    }

    @Test
    void twoResponsesAndAVerdictAreAPair() {
        assertThat(read(
                        directory,
                        "{'prompt':'p','response 1':'a','response 2':'b','label':0}",
                        "{'prompt':'p','response 1':'a','response 2':'b','label':1}",
                        "{'prompt':'p','response 1':'a','response 2':'b','label':2}"))
                .extracting(e -> ((Comparison) e).preference())
                .containsExactly(new Preference.Left(), new Preference.Right(), new Preference.Tie());
        assertThat(
                        read(
                                directory,
                                "{'instruction':'i','input':'x','response1':'a','response2':'b','annotator1':1,'annotator2':1,'annotator3':2}",
                                "{'instruction':'i','input':'x','response1':'a','response2':'b','annotator1':2,'annotator2':2,'annotator3':2}"))
                .extracting(e -> ((Comparison) e).preference())
                .containsExactly(new Preference.Soft(2 / 3.0), new Preference.Right());
        assertThat(read(
                        directory,
                        "{'prompt':'p','response_a':'a','response_b':'b','winner':'model_b'}",
                        "{'prompt':'p','response_a':'a','response_b':'b','winner':'tie'}"))
                .extracting(e -> ((Comparison) e).preference())
                .containsExactly(new Preference.Right(), new Preference.Tie());
    }

    @Test
    void realPairsOfEvaluationSetsAreRead() {
        assertThat(Examples.readAll(
                        shared("data/auto_j/testdata_pairwise.jsonl.gz"), ReadOptions.DEFAULT.withBadShare(0.1)))
                .hasSizeGreaterThan(1380)
                .filteredOn(e -> ((Comparison) e).tied())
                .hasSizeGreaterThan(360);
        assertThat(Examples.readAll(shared("data/pandalm/testset-v1.json.gz"), ReadOptions.DEFAULT.withBadShare(0.2)))
                .hasSizeGreaterThan(900)
                .allSatisfy(e -> assertThat(e.prompt().text().plain()).isNotBlank());
    }

    @Test
    void theFirstOfSeveralTurnsIsThePrompt() {
        Path path = write(directory, "q.jsonl", json("{'question_id':81,'category':'writing','turns':['a','b']}"));
        assertThat(Prompts.read(path)).containsExactly(new Prompt("81", chat("user", "a")));
        try (RowReader<Prompt> rows = Prompts.read(path, ReadOptions.DEFAULT)) {
            rows.forEachRemaining(row -> {});
            assertThat(rows.unread().toText()).isEqualTo("turns after the first (1 row), category (1 row)");
        }
        assertThat(Prompts.read(shared("data/mt_bench/question.jsonl"))).hasSize(80);
    }

    @Test
    void promptsHaveTheirInputAndSystemPrompt() {
        Path path = write(
                directory,
                "p.jsonl",
                json("{'id':'a','instruction':'Add','input':'2+2'}", "{'id':'b','system':'s','prompt':'x'}"));
        assertThat(Prompts.read(path))
                .containsExactly(
                        new Prompt("a", chat("user", "Add\n2+2")), new Prompt("b", chat("system", "s", "user", "x")));
    }

    // A text prompt next to whole conversations.

    private Comparison beside(String prompt, String turns) {
        return pair(
                directory,
                "{'prompt':" + prompt + ",'chosen':[" + turns + ",{'role':'assistant','content':'yes'}],'rejected':["
                        + turns + ",{'role':'assistant','content':'no'}]}");
    }

    @Test
    void aPromptThatRepeatsATurnIsNoSecondTurn() {
        String user = "{'role':'user','content':'Hi there'}";
        String system = "{'role':'system','content':'Be kind.'}";
        for (String prompt : List.of(
                "'Hi there '",
                "'hi there'",
                "' Hi\\nthere'",
                "'Hi there'",
                "'Hi\u00a0there'",
                "''",
                "' '",
                "[{'role':'user','content':'Hi there '}]")) {
            Comparison c = beside(prompt, user);
            assertThat(c.prompt().text()).as(prompt).isEqualTo(chat("user", "Hi there"));
            assertThat(c.chosen().text()).isEqualTo(Text.answer("yes"));
        }
        for (String prompt : List.of(
                "'Be kind.\\n\\nHi there'", "'Be kind. Hi there'", "'Hi there '", "[" + system + "," + user + "]")) {
            assertThat(beside(prompt, system + "," + user).prompt().text())
                    .as(prompt)
                    .isEqualTo(chat("system", "Be kind.", "user", "Hi there"));
        }
        String folded = "{'role':'user','content':'Be kind.\\n\\nHi there'}";
        for (String prompt : List.of("'Hi there'", "[" + system + "," + user + "]", "'Be kind.\\nHi there '")) {
            assertThat(beside(prompt, folded).prompt().text())
                    .as(prompt)
                    .isEqualTo(chat("user", "Be kind.\n\nHi there"));
        }
    }

    @Test
    void earlierTurnsInThePromptComeFirstAndTheSharedTurnOnce() {
        String history =
                "[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'c'}]";
        assertThat(beside(history, "{'role':'user','content':'c'}").prompt().text())
                .isEqualTo(chat("user", "a", "assistant", "b", "user", "c"));
        assertThat(beside("[{'role':'system','content':'s'}]", "{'role':'user','content':'c'}")
                        .prompt()
                        .text())
                .isEqualTo(chat("system", "s", "user", "c"));
        assertThat(beside("'Be kind.\\nc'", "{'role':'user','content':'c'}")
                        .prompt()
                        .text())
                .isEqualTo(chat("user", "Be kind.\nc"));
    }

    @Test
    void twoDifferentTurnsOfTheUserInARowAreABadRow() {
        String turns = "[{'role':'user','content':'other'},{'role':'assistant','content':'%s'}]";
        assertThat(bad("{'prompt':'Hi','chosen':" + turns.formatted("a") + ",'rejected':" + turns.formatted("b") + "}"))
                .containsExactly(
                        "the prompt is not the first turn of the conversation, and both are turns of the user");
    }

    @Test
    void wholeConversationsAsCompletionsContainTheirPromptOnce() {
        String whole = "[{'role':'user','content':'Hi'},{'role':'assistant','content':'yes'}]";
        Demonstration d = (Demonstration)
                read(directory, "{'prompt':'Hi ','completion':" + whole + "}").getFirst();
        assertThat(d.prompt().text()).isEqualTo(chat("user", "Hi"));
        assertThat(d.completion().text()).isEqualTo(Text.answer("yes"));
        try (RowReader<Example> rows = Examples.read(
                write(directory, "u.jsonl", json("{'prompt':'hi','prompt_id':'x','messages':" + whole + "}")))) {
            Example e = rows.next().value();
            assertThat(e.prompt()).isEqualTo(new Prompt("x", chat("user", "Hi")));
            assertThat(rows.unread().isEmpty()).isTrue();
        }
    }

    @Test
    void systemAndHistoryStandOnceBeforeTurnsThatAnswer() {
        Demonstration d = (Demonstration) read(
                        directory,
                        "{'prompt':'Hi','system':'s','history':[['a','b']],'completion':[{'role':'assistant','content':'yes'}]}")
                .getFirst();
        assertThat(d.prompt().text()).isEqualTo(chat("system", "s", "user", "a", "assistant", "b", "user", "Hi"));
    }

    @Test
    void toolsOfPromptsArePreserved() {
        Path path = write(
                directory,
                "tools.jsonl",
                json(
                        "{'messages':[{'role':'user','content':'u'}],'tools':[{'type':'function','function':{'name':'f'}}]}"));
        assertThat(((Text.Chat) Prompts.read(path).getFirst().text()).arguments())
                .containsKey("tools");
    }

    @Test
    void turnsThatDifferInTheirToolCallsAreNotTheSame() {
        String call =
                "{'role':'assistant','content':'','tool_calls':[{'type':'function','function':{'name':'%s','arguments':{}}}]}";
        String prompt = "[{'role':'user','content':'u'}," + call.formatted("f") + ",{'role':'tool','content':'1'}]";
        String turns = call.formatted("g") + ",{'role':'tool','content':'1'}";
        Comparison c = pair(
                directory,
                "{'prompt':" + prompt + ",'chosen':[" + turns + ",{'role':'assistant','content':'yes'}],'rejected':["
                        + turns + ",{'role':'assistant','content':'no'}]}");
        assertThat(((Text.Chat) c.prompt().text()).messages()).hasSize(3);
        assertThat(((Text.Chat) c.chosen().text()).messages()).hasSize(3);
    }

    @Test
    void transcriptsWithTheirPromptContainItOnce() {
        for (String prompt : List.of("'Hi'", "'Human: Hi\\n\\nAssistant:'", "'\\n\\nHuman: Hi\\n\\nAssistant:'")) {
            Comparison c = pair(
                    directory,
                    "{'prompt':" + prompt
                            + ",'chosen':'\\n\\nHuman: Hi\\n\\nAssistant: yes','rejected':'\\n\\nHuman: Hi\\n\\nAssistant: no'}");
            assertThat(c.prompt().text()).as(prompt).isEqualTo(chat("user", "Hi"));
            assertThat(c.chosen().text()).isEqualTo(Text.answer("yes"));
        }
    }
}
