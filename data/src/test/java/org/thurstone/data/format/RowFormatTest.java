package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.data.format.Files4Tests.chat;
import static org.thurstone.data.format.Files4Tests.json;
import static org.thurstone.data.format.Files4Tests.pair;
import static org.thurstone.data.format.Files4Tests.read;
import static org.thurstone.data.format.Files4Tests.write;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;

class RowFormatTest {

    @TempDir
    Path directory;

    @Test
    void explicitPromptIsRawText() {
        Comparison c = pair(directory, "{'prompt':'2+2=','chosen':'4','rejected':'5'}");
        assertThat(c.prompt().text()).isEqualTo(Text.raw("2+2="));
        assertThat(c.chosen().text()).isEqualTo(Text.raw("4"));
        assertThat(c.rejected().text()).isEqualTo(Text.raw("5"));
        assertThat(c.preference()).isEqualTo(new Preference.Left());
        assertThat(c.margin()).isEmpty();
        assertThat(c.provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @Test
    void optionalFieldsOfPairsArePickedUp() {
        Comparison c = pair(
                directory,
                "{'prompt':'p','chosen':'a','rejected':'b','weight':2.5,'annotator':'ann','source':'s','margin':0.25,'label':0.7}");
        assertThat(c.provenance()).isEqualTo(new Provenance("ann", "s", 2.5));
        assertThat(c.margin()).hasValue(0.25);
        assertThat(c.preference()).isEqualTo(new Preference.Soft(0.7));
        assertThat(pair(directory, "{'prompt':'p','chosen':'a','rejected':'b','tie':true}")
                        .tied())
                .isTrue();
        assertThat(pair(directory, "{'prompt':'p','chosen':'a','rejected':'b','label':0}")
                        .chosen()
                        .text())
                .isEqualTo(Text.raw("b"));
    }

    @Test
    void extraColumnsOfAPairAreRead() {
        Comparison c = pair(
                directory,
                "{'prompt':'p','chosen':'a','rejected':'a','rejected_prompt':'q','rationale':'since','score_chosen':8,'score_rejected':3.5}");
        assertThat(c.chosenPrompt().text()).isEqualTo(Text.raw("p"));
        assertThat(c.rejectedPrompt().text()).isEqualTo(Text.raw("q"));
        assertThat(c.particulars().rationale()).contains("since");
        assertThat(c.particulars().scores()).contains(new Particulars.Scores(8, 3.5));
        assertThat(c.margin()).hasValue(4.5);
        Comparison turned =
                pair(directory, "{'prompt':'p','chosen':'a','rejected':'b','rejected_prompt':'q','label':0}");
        assertThat(turned.chosenPrompt().text()).isEqualTo(Text.raw("q"));
        assertThat(turned.rejectedPrompt().text()).isEqualTo(Text.raw("p"));
        Comparison same = pair(directory, "{'prompt':'p','chosen':'a','rejected':'b','rejected_prompt':'p'}");
        assertThat(same.particulars()).isEqualTo(Particulars.NONE);
    }

    @Test
    void contrastsAreListsOfOneLength() {
        assertThat(read(directory, "{'prompts':['p','q'],'completions':['a','b'],'weight':2}"))
                .singleElement()
                .isInstanceOfSatisfying(Contrast.class, c -> {
                    assertThat(c.prompts()).extracting(Prompt::text).containsExactly(Text.raw("p"), Text.raw("q"));
                    assertThat(c.completions())
                            .extracting(Completion::text)
                            .containsExactly(Text.raw("a"), Text.raw("b"));
                    assertThat(c.provenance().weight()).isEqualTo(2);
                });
        for (String bad : List.of(
                "{'prompts':['p','q'],'completions':['a']}",
                "{'prompts':['p'],'completions':['a']}",
                "{'prompts':['p','p'],'completions':['a','b']}")) {
            assertThatThrownBy(() -> read(directory, bad))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("prompts");
        }
    }

    @Test
    void implicitPromptOfTextsIsCutBeforeTheWordInWhichTheyPart() {
        Comparison c = pair(directory, "{'chosen':'The sky is bright blue','rejected':'The sky is brown'}");
        assertThat(c.prompt().text()).isEqualTo(Text.raw("The sky is"));
        assertThat(c.chosen().text()).isEqualTo(Text.raw(" bright blue"));
        assertThat(c.rejected().text()).isEqualTo(Text.raw(" brown"));
    }

    @Test
    void implicitPromptIsCutAfterTheSignOfAnAnswer() {
        Comparison c = pair(directory, "{'chosen':'Q: x?\\nA: I think yes','rejected':'Q: x?\\nA: I think no'}");
        assertThat(c.prompt().text()).isEqualTo(Text.raw("Q: x?\nA:"));
        assertThat(c.chosen().text()).isEqualTo(Text.raw(" I think yes"));
    }

    @Test
    void anImplicitPromptLeavesAnAnswerToTheShorterOne() {
        Comparison c = pair(directory, "{'chosen':'one two three','rejected':'one two'}");
        assertThat(c.prompt().text()).isEqualTo(Text.raw("one"));
        assertThat(c.rejected().text()).isEqualTo(Text.raw(" two"));
    }

    @Test
    void aCharacterIsNeverCutInTwo() {
        // 😀 and 😁 share their first half; é as e + combining acute shares the e.
        Comparison c = pair(directory, "{'chosen':'say 😀','rejected':'say 😁'}");
        assertThat(c.chosen().text()).isEqualTo(Text.raw(" 😀"));
        assertThat(pair(directory, "{'chosen':'say e\u0301','rejected':'say e'}")
                        .chosen()
                        .text())
                .isEqualTo(Text.raw(" e\u0301"));
    }

    @Test
    void implicitPromptOfConversationsIsTheirCommonTurns() {
        Comparison c = pair(
                directory,
                "{'chosen':[{'role':'system','content':'s'},{'role':'user','content':'u'},{'role':'assistant','content':'a'}],"
                        + "'rejected':[{'role':'system','content':'s'},{'role':'user','content':'u'},{'role':'assistant','content':'b'}]}");
        assertThat(c.prompt().text()).isEqualTo(chat("system", "s", "user", "u"));
        assertThat(c.chosen().text()).isEqualTo(chat("assistant", "a"));
        assertThat(c.rejected().text()).isEqualTo(chat("assistant", "b"));
    }

    @Test
    void conversationalRowsWithAPrompt() {
        Comparison c = pair(
                directory,
                "{'prompt':[{'role':'user','content':'u'}],'chosen':[{'role':'assistant','content':'a'}],"
                        + "'rejected':[{'role':'assistant','content':'b'}]}");
        assertThat(c.prompt().text()).isEqualTo(chat("user", "u"));
        assertThat(c.rejected().text()).isEqualTo(chat("assistant", "b"));
    }

    @Test
    void ultraFeedbackBinarizedRepeatsItsPromptAndHasScores() {
        String u = "{'role':'user','content':'u'}";
        Comparison c = pair(
                directory,
                "{'prompt':'u','chosen':[" + u + ",{'role':'assistant','content':'a'}],'rejected':[" + u
                        + ",{'role':'assistant','content':'b'}],'score_chosen':8.5,'score_rejected':6}");
        assertThat(c.prompt().text()).isEqualTo(chat("user", "u"));
        assertThat(c.margin()).hasValue(2.5);
        Comparison inMetadata = pair(
                directory,
                "{'prompt':'u','chosen':'a','rejected':'b','metadata':{'score_chosen':1,'score_rejected':4}}");
        assertThat(inMetadata.margin()).hasValue(-3);
        assertThat(inMetadata.chosen().text()).isEqualTo(Text.raw("a"));
    }

    @Test
    void transcriptsBecomeConversationsWithTheirTextExact() {
        Comparison c = pair(
                directory,
                "{'chosen':'\\n\\nHuman: hi \\n\\nAssistant: yes?\\n\\nHuman:  two  spaces\\n\\nAssistant: a\\n\\nb ',"
                        + "'rejected':'\\n\\nHuman: hi \\n\\nAssistant: yes?\\n\\nHuman:  two  spaces\\n\\nAssistant: c'}");
        assertThat(c.prompt().text()).isEqualTo(chat("user", "hi ", "assistant", "yes?", "user", " two  spaces"));
        assertThat(c.chosen().text()).isEqualTo(chat("assistant", "a\n\nb "));
        assertThat(c.rejected().text()).isEqualTo(chat("assistant", "c"));
    }

    @Test
    void transcriptsMayDifferInTheNumberOfTheirLastTurns() {
        Comparison c = pair(
                directory,
                "{'chosen':'\\n\\nHuman: q\\n\\nAssistant: a\\n\\nAssistant: b',"
                        + "'rejected':'\\n\\nHuman: q\\n\\nAssistant: a\\n\\nHuman: r\\n\\nAssistant: c'}");
        assertThat(c.prompt().text()).isEqualTo(chat("user", "q"));
        assertThat(c.chosen().text()).isEqualTo(chat("assistant", "a", "assistant", "b"));
        assertThat(c.rejected().text()).isEqualTo(chat("assistant", "a", "user", "r", "assistant", "c"));
    }

    @Test
    void transcriptsThatPartAtTheHumanAnswerDifferentPrompts() {
        assertThatThrownBy(() -> read(
                        directory,
                        "{'chosen':'\\n\\nHuman: q\\n\\nAssistant: a','rejected':'\\n\\nHuman: r\\n\\nAssistant: b'}"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rows.jsonl:1: chosen and rejected part at a turn of the user");
    }

    @Test
    void unpairedLabelsAreRatingsOfOneAndZero() {
        assertThat(read(
                        directory,
                        "{'prompt':'p','completion':'a','label':true}",
                        "{'prompt':'p','completion':'b','label':false}"))
                .extracting(e -> ((Rating) e).value())
                .containsExactly(1.0, 0.0);
    }

    @Test
    void ratingsAndDemonstrations() {
        Rating r = (Rating)
                read(directory, "{'prompt':'p','completion':'a','score':3.5}").getFirst();
        assertThat(r.value()).isEqualTo(3.5);
        Demonstration d = (Demonstration)
                read(directory, "{'prompt':'p','completion':'a'}").getFirst();
        assertThat(d.completion().text()).isEqualTo(Text.raw("a"));
        Demonstration m = (Demonstration) read(
                        directory,
                        "{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'call'},"
                                + "{'role':'tool','content':'42'},{'role':'assistant','content':'a'}]}")
                .getFirst();
        assertThat(m.prompt().text()).isEqualTo(chat("user", "u"));
        assertThat(m.completion().text()).isEqualTo(chat("assistant", "call", "tool", "42", "assistant", "a"));
    }

    @Test
    void textPromptBeforeTurnsIsAUserTurn() {
        Rating r = (Rating)
                read(directory, "{'prompt':'p','completion':[{'role':'assistant','content':'a'}],'rating':'4'}")
                        .getFirst();
        assertThat(r.prompt().text()).isEqualTo(chat("user", "p"));
        assertThat(r.value()).isEqualTo(4);
    }

    @Test
    void ratedListsAreRankingsWithValues() {
        Ranking r = (Ranking) read(
                        directory,
                        "{'instruction':'i','completions':[{'response':'a','overall_score':7},{'response':'b','fine-grained_score':9.5},"
                                + "{'response':'c','annotations':{'honesty':{'Rating':'5'},'helpfulness':{'Rating':'9'},'truthfulness':{'Rating':'N/A'}}}]}")
                .getFirst();
        assertThat(r.values()).contains(List.of(7.0, 9.5, 7.0));
        assertThat(r.places()).containsExactly(1, 0, 1);
        assertThat(r.prompt().text()).isEqualTo(Text.raw("i"));
    }

    @Test
    void rankedListsAndRankingsStartAnywhere() {
        Ranking ranked =
                (Ranking) read(directory, "{'prompt':'p','answers':[{'answer':'a','rank':3},{'answer':'b','rank':1}]}")
                        .getFirst();
        assertThat(ranked.places()).containsExactly(1, 0);
        assertThat(ranked.values()).isEmpty();
        Ranking plain = (Ranking) read(directory, "{'prompt':'p','completions':['a','b','c'],'ranking':[2,1,1]}")
                .getFirst();
        assertThat(plain.places()).containsExactly(1, 0, 0);
    }

    @Test
    void promptHasItsIdOrTheHashOfItsText() {
        assertThat(pair(directory, "{'prompt_id':'x','prompt':'p','chosen':'a','rejected':'b'}")
                        .prompt()
                        .id())
                .isEqualTo("x");
        String first = pair(directory, "{'prompt':'p','chosen':'a','rejected':'b'}")
                .prompt()
                .id();
        String again = pair(directory, "{'prompt':'p','chosen':'c','rejected':'d'}")
                .prompt()
                .id();
        String other = pair(directory, "{'prompt':'q','chosen':'a','rejected':'b'}")
                .prompt()
                .id();
        // printf p | sha256sum
        assertThat(first).isEqualTo("148de9c5a7a44d19").isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void unknownKeysAreAnsweredWithTheKnownOnes() {
        Path path = write(directory, "rows.jsonl", json("{'foo':1,'bar':2}"));
        assertThatThrownBy(() -> Examples.readAll(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the first has the keys foo, bar")
                .hasMessageContaining(
                        "TRL preference, explicit prompt: prompt or instruction (and input), chosen, rejected");
    }
}
