package org.thurstone.data.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;

class InspectionTest {

    @TempDir
    Path directory;

    private Inspection of(String... rows) throws Exception {
        return Inspection.of(Files.writeString(
                directory.resolve("rows.jsonl"), String.join("\n", rows).replace('\'', '"')));
    }

    @Test
    void everyFigureOfALittleFile() throws Exception {
        Inspection i = of(
                "{'prompt':'p q','chosen':'a','rejected':'bbb c','annotator':'x','weight':2}",
                "{'prompt':'p q','chosen':'a','rejected':'bbb c','annotator':'x'}",
                "{'prompt':'p q','chosen':'bbb c','rejected':'a','annotator':'y'}",
                "{'prompt':'r','chosen':'a','rejected':'b','tie':true}",
                "{'prompt':'r','chosen':'😀','rejected':'b','label':0.8,'margin':1}",
                "{'prompt':'r','chosen':'a'}");
        assertThat(i.rows()).isEqualTo(5);
        assertThat(i.kinds()).isEqualTo(Map.of("comparisons", 5L));
        assertThat(i.prompts()).isEqualTo(2);
        assertThat(i.exact()).isTrue();
        // The second row repeats the first; the third contradicts them.
        assertThat(i.duplicates()).isEqualTo(1);
        assertThat(i.pairs().contradictions()).isEqualTo(1);
        assertThat(i.pairs().ties()).isEqualTo(1);
        assertThat(i.pairs().soft()).isEqualTo(1);
        assertThat(i.pairs().margins()).isEqualTo(1);
        // Of the three pairs of unequal length (😀 and b are one character each) the shorter won two.
        assertThat(i.pairs().shorterWins()).hasValue(2 / 3.0);
        assertThat(i.annotators()).isEqualTo(Map.of("x", 2L, "y", 1L));
        assertThat(i.weights()).isEqualTo(new Inspection.Weights(1, 1, 6 / 5.0, 2));
        assertThat(i.dropped().first().getFirst().line()).isEqualTo(6);
        Inspection.Part chosen = i.lengths().stream()
                .filter(p -> p.part().equals("chosen") && p.unit().equals("characters"))
                .findFirst()
                .orElseThrow();
        assertThat(chosen).isEqualTo(new Inspection.Part("chosen", "characters", 4, 2, 1, 1, 5, 5, 5));
        assertThat(i.toText())
                .contains("rows            5 good, 1 bad")
                .contains("line 6: 'rejected' is missing")
                .contains("shorter wins    66.7 %");
        assertThat(i.toMap()).containsEntry("rows", 5L).containsEntry("bad_rows", 1L);
    }

    @Test
    void anEmptyFileHasNothingInIt() throws Exception {
        Inspection i = of("");
        assertThat(i.rows()).isZero();
        assertThat(i.pairs().shorterWins()).isEmpty();
        assertThat(i.toText()).contains("the file is empty").doesNotContain("format");
        assertThat(i.format()).isEqualTo("none");
    }

    @Test
    void unreadColumnsAreReported() throws Exception {
        Inspection i = of(
                "{'prompt':'p','chosen':'a','rejected':'b','extra':1,'id':1,'weight':2}",
                "{'prompt':'q','chosen':'a','rejected':'b','extra':null,'id':2}");
        assertThat(i.toText())
                .contains("read            chosen, prompt, rejected, weight (1 row)")
                .contains("not read        extra (1 row), id (2 rows)")
                .contains("column          weight: 1 row is not 1 (2 to 2)");
        assertThat(i.toMap()).containsEntry("read", List.of("chosen", "prompt", "rejected", "weight"));
    }

    @Test
    void answersThatCannotBeReadDoNotMakeAFileOfPrompts() throws Exception {
        for (String row : List.of(
                "{'prompt':'2+2','chosen':4,'rejected':5}",
                "{'prompt':'p','chosen':['b'],'rejected':['c']}",
                "{'prompt':'p','chosen':[{'role':'bot','content':'a'}],'rejected':[{'role':'bot','content':'b'}]}",
                "{'prompt':[{'role':'user','content':'u'}],'chosen':[{'role':'assistant','content':''}],'rejected':[{'role':'assistant','content':''}]}",
                "{'prompt':'p','completion':7}")) {
            Inspection i = of(row);
            assertThat(i.format()).as(row).doesNotContain("prompts");
            assertThat(i.rows()).as(row).isZero();
            assertThat(i.toText()).as(row).contains("line 1: ");
        }
        assertThatThrownBy(() -> of("{'prompt':'p','win':'a','lose':'b'}"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Not understood: lose, win");
    }

    @Test
    void promptsWithIdsAndReferencesAreAFileOfPrompts() throws Exception {
        Inspection i = of("{'id':1,'question':'2+2','answer':'4','level':'easy'}");
        assertThat(i.format()).isEqualTo("prompts");
        assertThat(i.toText()).contains("kinds           1 prompt\n").contains("not read        level (1 row)");
    }

    @Test
    void severalTurnsAreCounted() throws Exception {
        Inspection i = of(
                "{'chosen':'\\n\\nHuman: a\\n\\nAssistant: b\\n\\nHuman: c\\n\\nAssistant: d','rejected':'\\n\\nHuman: a\\n\\nAssistant: b\\n\\nHuman: c\\n\\nAssistant: e'}",
                "{'chosen':'\\n\\nHuman: a\\n\\nAssistant: d','rejected':'\\n\\nHuman: a\\n\\nAssistant: e'}");
        assertThat(i.multiTurn()).isEqualTo(0.5);
        assertThat(i.conversations()).isEqualTo(1);
    }

    @Test
    void manyDifferentThingsAreEstimated() {
        Seen seen = new Seen();
        for (int i = 0; i < 1_000_000; i++) {
            seen.add(Seen.hash("prompt " + i), i % 2 + 1);
            if (i % 10 == 0) {
                seen.add(Seen.hash("prompt " + i), 3);
            }
        }
        assertThat(seen.exact()).isFalse();
        assertThat((double) seen.distinct()).isCloseTo(1e6, within(1e4));
        assertThat((double) seen.repeats()).isCloseTo(1e5, within(3e3));
        assertThat((double) seen.marked(3)).isCloseTo(1e5, within(3e3));
    }

    @Test
    void quantilesOfLongTextsAreWithinAPercent() {
        Lengths lengths = new Lengths();
        for (int i = 1; i <= 100_000; i++) {
            lengths.add(i);
        }
        Lengths.Summary s = lengths.summary();
        assertThat(s.mean()).isEqualTo(50_000.5);
        assertThat((double) s.p05()).isBetween(4950.0, 5000.0);
        assertThat((double) s.p50()).isBetween(49_500.0, 50_000.0);
        assertThat((double) s.p99()).isBetween(98_000.0, 99_000.0);
        assertThat(s.max()).isEqualTo(100_000);
    }

    @Test
    void realTranscriptsFavourTheShorterAnswer() {
        Path path = Path.of(System.getProperty("thurstone.shared", "")).resolve("data/hh_rlhf/harmless-base.jsonl.gz");
        assumeTrue(Files.exists(path), "the real file is not here");
        Inspection i = Inspection.of(path);
        assertThat(i.format()).isEqualTo("HH-RLHF transcripts");
        assertThat(i.conversations()).isEqualTo(1);
        assertThat(i.pairs().shorterWins().orElseThrow()).isBetween(0.5, 0.6);
        assertThat(i.toText()).contains("line 87: 'chosen' is empty");
    }
}
