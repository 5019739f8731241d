package org.thurstone.feedback.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Completion;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Scores;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.feedback.Scored;
import org.thurstone.feedback.SharedData;

class EmbeddingRewardTest {

    private static final List<String> GOOD = List.of(
            "a wonderful film", "great and moving", "I loved it", "a delight from start to end", "superb acting");
    private static final List<String> BAD =
            List.of("a terrible film", "dull and empty", "I hated it", "a bore from start to end", "awful acting");

    @TempDir
    Path directory;

    /** Counts the words "a" and the length: enough for tests of everything but meaning. */
    private static float[][] letters(List<String> texts) {
        return texts.stream()
                .map(text -> new float[] {
                    text.length(), text.chars().filter(c -> c == 'a').count()
                })
                .toArray(float[][]::new);
    }

    @Test
    void miniLmPutsKindredTextsClose() {
        try (MiniLm encoder = new MiniLm(1)) {
            float[][] v =
                    encoder.embed(List.of("A dog barks.", "Quarterly tax return", "A puppy is barking.", "", "  "));
            assertThat(v[0]).hasSize(MiniLm.DIMENSIONS);
            assertThat(dot(v[0], v[0])).isEqualTo(1, within(1e-4));
            assertThat(dot(v[0], v[2])).isGreaterThan(dot(v[0], v[1]) + 0.3);
            assertThat(dot(v[3], v[3])).isZero();
            assertThat(dot(v[4], v[4])).isZero();
            assertThat(encoder.embed(List.of())).isEmpty();
            float[][] odd = encoder.embed(List.of("👍🏽 Ünïcödé 中文 \u0000 \ud800", "word ".repeat(3000)));
            assertThat(dot(odd[0], odd[0])).isEqualTo(1, within(1e-4));
            assertThat(dot(odd[1], odd[1])).isEqualTo(1, within(1e-3));
        }
    }

    @Test
    void textWithoutTokensEmbedsToZeroAndLeavesOthersIntact() {
        try (MiniLm encoder = new MiniLm(1)) {
            List<String> texts = List.of("\u0001", "so", "\u200b", "\ufeff", "\u0300", "\ud83d", "\u00a0", "and so");
            float[][] v = encoder.embed(texts);
            for (int i = 0; i < v.length; i++) {
                boolean said = texts.get(i).contains("so");
                assertThat(dot(v[i], v[i])).as("text %s", i).isEqualTo(said ? 1 : 0, within(1e-4));
            }
            assertThat(v[7]).isEqualTo(encoder.embed(List.of("and so"))[0]);
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void aFewSentencesTeachGoodFromBad() {
        try (MiniLm encoder = new MiniLm(1)) {
            EmbeddingReward reward = EmbeddingReward.fit(encoder, GOOD, BAD, 1e-3, 0, Scored.random(1));
            double[] scores =
                    reward.probabilities(List.of("What a wonderful, lovely story!", "What a terrible, dull story."));
            assertThat(scores[0]).isBetween(0.5, 1.0);
            assertThat(scores[1]).isBetween(0.0, 0.5);
            assertThat(reward.heldOut().sentences()).isZero();
        }
    }

    @Test
    void manyPromptsAtOnceScoreAsOneByOne() {
        EmbeddingReward reward =
                EmbeddingReward.fit(EmbeddingRewardTest::letters, GOOD, BAD, 1e-2, 0.2, Scored.random(1));
        List<Question> questions = List.of(
                Question.rate(Scored.prompt("p"), Completion.raw("aaa")),
                Question.rate(Scored.prompt("p"), Completion.raw("b")),
                Question.rate(Scored.prompt("r"), Completion.raw("b")),
                Question.rate(Scored.prompt("r"), Completion.raw("")));
        Inquiry inquiry = new Inquiry(
                new MemoryLedger(),
                name -> SplittableGenerator.of("L64X128MixRandom"),
                Inquiry.Tolerance.DEFAULT,
                warning -> {});
        Map<Question, Answer> together = inquiry.ask(reward, questions);
        for (Question question : questions) {
            assertThat(Scores.of(together.get(question)))
                    .hasValue(reward.rate(
                            question.prompt(), question.alternatives().getFirst()));
        }
        assertThat(reward.heldOut().sentences()).isEqualTo(2);
    }

    @Test
    void theCacheIsReadAgainUnlessTheTextsTheModelOrTheFileChanged() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Embedder counting = texts -> {
            calls.incrementAndGet();
            return letters(texts);
        };
        List<String> warnings = new ArrayList<>();
        Path cache = directory.resolve("new/cache");
        CachedEmbedder embedder = new CachedEmbedder(counting, "letters", cache, warnings::add);
        float[][] first = embedder.embed(GOOD);
        assertThat(embedder.embed(GOOD)).isDeepEqualTo(first);
        assertThat(calls).hasValue(1);
        embedder.embed(BAD);
        new CachedEmbedder(counting, "others", cache, warnings::add).embed(GOOD);
        embedder.embed(List.of("ab", "c"));
        embedder.embed(List.of("a", "bc"));
        assertThat(calls).hasValue(5);
        List<Path> files;
        try (Stream<Path> listed = Files.list(cache)) {
            files = listed.toList();
        }
        assertThat(files).hasSize(5);
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[14] ^= 1;
            Files.write(file, bytes);
        }
        assertThat(embedder.embed(GOOD)).isDeepEqualTo(first);
        assertThat(calls).hasValue(6);
        for (Path file : files) {
            Files.write(file, new byte[] {1, 2, 3});
        }
        assertThat(embedder.embed(GOOD)).isDeepEqualTo(first);
        assertThat(embedder.embed(GOOD)).isDeepEqualTo(first);
        assertThat(calls).hasValue(7);
        assertThat(embedder.embed(List.of())).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenIsWarnedOfAndDoneWithout() throws IOException {
        List<String> warnings = new ArrayList<>();
        Path file = Files.writeString(directory.resolve("file"), "a file where the cache should be");
        for (Path cache : List.of(file, file.resolve("below"), Path.of("/proc/none"))) {
            CachedEmbedder embedder = new CachedEmbedder(EmbeddingRewardTest::letters, "letters", cache, warnings::add);
            assertThat(embedder.embed(GOOD)).isDeepEqualTo(letters(GOOD));
            assertThat(warnings.removeLast())
                    .startsWith("cannot write " + cache)
                    .endsWith("; embeddings are not cached for the next run");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void sentencesAreReadAsUtf8ElseAsLatin1() throws IOException {
        Path utf8 = Files.writeString(directory.resolve("utf8"), "déjà vu\n\n  naïve 中\r\n");
        assertThat(Sentences.read(utf8)).containsExactly("déjà vu", "naïve 中");
        Path latin = Files.write(directory.resolve("latin"), "déjà vu\nnaïve".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Sentences.read(latin)).containsExactly("déjà vu", "naïve");
        Path empty = Files.writeString(directory.resolve("empty"), "\n \n");
        assertThatThrownBy(() -> Sentences.read(empty))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no sentences");
        assertThatThrownBy(() -> Sentences.read(directory.resolve("missing")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("missing");
    }

    /** Embedding 10,662 real sentences takes one minute or several. Measured: 77.1 % of 1,066 held-out sentences. */
    @Test
    @Tag("slow")
    void realReviewsAreClassified() throws IOException {
        SentenceReward option = new SentenceReward(
                SharedData.path("rt_polarity/rt-polarity.pos.gz"),
                SharedData.path("rt_polarity/rt-polarity.neg.gz"),
                1e-4,
                0.1,
                2);
        EmbeddingReward reward = option.fit(directory, warning -> {}, Scored.random(1));
        assertThat(reward.heldOut().sentences()).isEqualTo(1066);
        assertThat(reward.heldOut().accuracy()).isBetween(0.75, 0.79);
        assertThat(option.fit(directory, warning -> {}, Scored.random(1)).model())
                .isEqualTo(reward.model());
        try (Stream<Path> kept = Files.list(directory)) {
            assertThat(kept).hasSize(1);
        }
    }
}
