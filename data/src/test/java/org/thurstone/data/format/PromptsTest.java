package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.data.format.Files4Tests.chat;
import static org.thurstone.data.format.Files4Tests.json;
import static org.thurstone.data.format.Files4Tests.write;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;

class PromptsTest {

    @TempDir
    Path directory;

    @Test
    void promptsAreNamedByTheirIdOrTheirPlace() {
        Path path = write(
                directory,
                "p.jsonl",
                json(
                        "{'id':7,'prompt':'a'}",
                        "{'prompt':[{'role':'user','content':'b'}]}",
                        "{'messages':[{'role':'user','content':'c'},{'role':'assistant','content':'d'}]}"));
        assertThat(Prompts.read(path))
                .containsExactly(
                        new Prompt("7", Text.raw("a")),
                        new Prompt("p.jsonl:2", chat("user", "b")),
                        new Prompt("p.jsonl:3", chat("user", "c")));
    }

    @Test
    void oneIdForTwoPromptsIsRefused() {
        Path path = write(directory, "p.jsonl", json("{'id':'x','prompt':'a'}", "{'id':'x','prompt':'b'}"));
        assertThatThrownBy(() -> Prompts.read(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("p.jsonl:2: the id 'x' was given to another prompt in line 1");
    }

    @Test
    void examplesGiveTheirPrompts() {
        Path path = write(directory, "e.jsonl", json("{'chosen':'so it is','rejected':'so it was'}"));
        assertThat(Prompts.read(path)).extracting(Prompt::text).containsExactly(Text.raw("so it"));
        Path lossless = directory.resolve("l.jsonl");
        Examples.write(lossless, LosslessTest.EVERYTHING);
        assertThat(Prompts.read(lossless)).hasSize(2);
    }

    @Test
    void referenceAnswersAreFoundUnderTheirUsualNames() {
        Path path = write(
                directory,
                "r.jsonl",
                json(
                        "{'id':'a','prompt':'1+1','answer':2}",
                        "{'id':'b','prompt':'1+2','ground_truth':'3'}",
                        "{'id':'c','prompt':'1+3'}"));
        PromptSet set = PromptSet.read(path, ReadOptions.DEFAULT, Optional.empty());
        assertThat(set.prompts()).extracting(Prompt::id).containsExactly("a", "b", "c");
        assertThat(set.references()).isEqualTo(Map.of("a", "2", "b", "3"));
    }

    @Test
    void aNamedReferenceColumnMustBeInEveryRow() {
        Path path = write(directory, "r.jsonl", json("{'prompt':'1+1','sum':'2'}", "{'prompt':'1+2'}"));
        assertThat(PromptSet.read(
                                write(
                                        directory,
                                        "good.jsonl",
                                        json("{'id':'a','prompt':'1+1','sum':'2','answer':'no'}")),
                                ReadOptions.DEFAULT,
                                Optional.of("sum"))
                        .references())
                .isEqualTo(Map.of("a", "2"));
        assertThatThrownBy(() -> PromptSet.read(path, ReadOptions.DEFAULT, Optional.of("sum")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'sum', which is to hold the reference answer, is missing");
    }

    @Test
    void onePromptWithTwoReferenceAnswersIsRefused() {
        Path path = write(
                directory,
                "r.jsonl",
                json("{'id':'a','prompt':'x','answer':'1'}", "{'id':'a','prompt':'x','answer':'2'}"));
        assertThatThrownBy(() -> PromptSet.read(path, ReadOptions.DEFAULT, Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("r.jsonl:2: the id 'a' was given to another reference answer in line 1");
    }
}
