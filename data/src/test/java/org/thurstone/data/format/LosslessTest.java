package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurstone.data.format.Files4Tests.chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;

class LosslessTest {

    private static final Prompt RAW =
            new Prompt("p-1", Text.raw(" nasty \u0000 \u2028 \uFEFF \" \\ \r\n\t 😀 e\u0301 "));
    private static final Prompt CHAT = new Prompt("", chat("system", "s", "user", "u", "assistant", "", "tool", "t"));
    private static final Completion A = Completion.raw("a \ud83d lone");
    private static final Completion B = new Completion(chat("assistant", "b", "tool", "{}", "assistant", "c"));
    private static final Provenance ALL = new Provenance("ännä", "set/1", 0.1 + 0.2);

    static final List<Example> EVERYTHING = List.of(
            Comparison.of(RAW, A, B),
            new Comparison(CHAT, A, B, new Preference.Right(), OptionalDouble.of(-0.0), ALL),
            new Comparison(RAW, B, A, new Preference.Tie(), OptionalDouble.of(Double.MIN_VALUE), Provenance.UNKNOWN),
            new Comparison(RAW, A, B, new Preference.Graded(-2, 3), OptionalDouble.of(1e300), Provenance.by("x")),
            new Comparison(RAW, A, B, new Preference.Graded(0, 1), OptionalDouble.empty(), ALL.withWeight(0)),
            new Comparison(RAW, A, B, new Preference.Soft(1.0 / 3), OptionalDouble.of(0), ALL),
            new Comparison(RAW, A, B, new Preference.Soft(1), OptionalDouble.empty(), ALL),
            new Comparison(
                    RAW,
                    A,
                    A,
                    new Preference.Left(),
                    OptionalDouble.empty(),
                    ALL,
                    Particulars.NONE.withRightPrompt(new Prompt("p-2", Text.raw("other")))),
            new Comparison(
                    CHAT,
                    A,
                    B,
                    new Preference.Right(),
                    OptionalDouble.of(-1),
                    ALL,
                    Particulars.NONE.withRationale("since \u2028 so").withScores(1.0 / 3, -0.0)),
            new Contrast(List.of(RAW, CHAT, new Prompt("", Text.raw(""))), List.of(A, B, A), ALL),
            new Ranking(CHAT, List.of(A, B, A), List.of(1, 0, 1), Optional.empty(), ALL),
            new Ranking(RAW, List.of(A, B), List.of(0, 7), Optional.of(List.of(Math.PI, -1e-308)), ALL),
            new Rating(CHAT, B, Math.nextUp(1.0), ALL),
            new Rating(RAW, A, -0.0, Provenance.UNKNOWN),
            new Demonstration(CHAT, B, ALL),
            new Demonstration(RAW, new Completion(A.text(), false), ALL),
            new Ranking(CHAT, List.of(A, new Completion(B.text(), false)), List.of(0, 1), Optional.empty(), ALL));

    @TempDir
    Path directory;

    @Test
    void everyFieldOfEveryExampleIsReadBack() throws Exception {
        for (String name : List.of("a.jsonl", "a.jsonl.gz")) {
            Path path = directory.resolve(name);
            Examples.write(path, EVERYTHING);
            assertThat(Examples.readAll(path)).isEqualTo(EVERYTHING);
            Path again = directory.resolve("again-" + name);
            Examples.write(again, Examples.readAll(path));
            assertThat(again).hasSameBinaryContentAs(path);
        }
        assertThat(Files.readAllBytes(directory.resolve("a.jsonl.gz"))).startsWith(0x1f, 0x8b);
        assertThat(Files.readAllLines(directory.resolve("a.jsonl"))).hasSize(EVERYTHING.size());
    }
}
