package org.thurstone.data.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Content;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.Message;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.ExampleWriter;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.data.format.Prompts;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.data.inspect.Inspection;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import tools.jackson.databind.node.ObjectNode;

class ContentTest {

    private static final String HASH = Fingerprint.ofText("an image").sha256();

    @TempDir
    Path directory;

    private static final Trajectory.Step STEP =
            new Trajectory.Step(List.of(0.0, -0.0), List.of(1.0), OptionalDouble.of(1e-300));
    private static final Trajectory.Step END =
            new Trajectory.Step(List.of(1.5, 2e10), List.of(), OptionalDouble.empty());

    static List<Content> contents() {
        List<Content> all = new ArrayList<>(List.of(
                Text.raw(""),
                Text.raw("{\"item-list\": 1} \ud83d\ude42\u2028\n"),
                Text.chat(List.of(new Message(Role.USER, "a"), new Message(Role.ASSISTANT, ""))),
                TokenPath.of(),
                TokenPath.of(0, Integer.MAX_VALUE, 7),
                new TokenPath(List.of(1, 2), Optional.of(List.of("", "né\ud83d\ude42 \"null\""))),
                new Trajectory(List.of()),
                new Trajectory(List.of(END)),
                new Trajectory(List.of(STEP, STEP, END)),
                ItemList.of(),
                ItemList.of("a", "a", "12", "null", "true", "日本\u0000 =1+1"),
                new ItemList(List.of(
                        new ItemList.Item("a", OptionalInt.of(7), Map.of("", "", "price", "4.20", "name", "ü")),
                        new ItemList.Item("b", OptionalInt.of(1), Map.of()))),
                new ImageFile("../images/ü 1.png", HASH, Optional.empty()),
                new ImageFile("b.svg", HASH, Optional.of("image/svg+xml")),
                melody(List.of(), Map.of()),
                melody(
                        List.of(
                                new Melody.Note(Optional.of("c♯"), 0.5),
                                new Melody.Note(Optional.empty(), Double.MIN_VALUE)),
                        Map.of("loud", Double.MAX_VALUE))));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            all.add(drawn(random));
        }
        return all;
    }

    private static Melody melody(List<Melody.Note> notes, Map<String, Double> volumes) {
        return new Melody(
                notes,
                Melody.Mode.NATURAL_MINOR,
                notes.isEmpty() ? 120 : 90,
                volumes,
                OptionalLong.of(Long.MIN_VALUE),
                Optional.of(new ImageFile("score.png", HASH, Optional.empty())));
    }

    private static Content drawn(SplittableRandom random) {
        int length = random.nextInt(4);
        return switch (random.nextInt(4)) {
            case 0 -> Text.raw(word(random));
            case 1 ->
                new TokenPath(
                        random.ints(length, 0, Integer.MAX_VALUE).boxed().toList(),
                        random.nextBoolean() ? Optional.empty() : Optional.of(words(random, length)));
            case 2 ->
                new Trajectory(IntStream.range(0, length)
                        .mapToObj(i -> new Trajectory.Step(
                                List.of(number(random)),
                                List.of(number(random)),
                                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number(random))))
                        .toList());
            default ->
                new ItemList(words(random, length).stream()
                        .map(id -> new ItemList.Item(id + "!", OptionalInt.empty(), Map.of(word(random), word(random))))
                        .toList());
        };
    }

    private static List<String> words(SplittableRandom random, int length) {
        return IntStream.range(0, length).mapToObj(i -> word(random)).toList();
    }

    /** Any characters, controls and lone halves of a pair included. */
    private static String word(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            word.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
        }
        return word.toString();
    }

    private static double number(SplittableRandom random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) ? any : random.nextInt();
    }

    @ParameterizedTest
    @MethodSource("contents")
    void whatIsWrittenIsReadAsAnEqualContentWithEqualJson(Content content) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.set("it", LosslessJson.of(content));
        String line = Json.line(row);
        Content read = LosslessJson.content(Json.MAPPER.readTree(line).get("it"), "it");
        assertThat(read).isEqualTo(content).hasSameHashCodeAs(content);
        assertThat(LosslessJson.of(read)).hasToString(LosslessJson.of(content).toString());
        assertThat(line.lines())
                .hasSize(1 + (int) line.chars().filter(c -> c == '\r').count());
    }

    @Test
    void everyExampleAndPromptOfEveryContentIsReadAsItWasWritten() {
        List<Example> examples = new ArrayList<>();
        List<Content> all = contents().stream()
                .filter(c -> !(c instanceof Text text && text.plain().isBlank()))
                .distinct()
                .toList();
        for (int i = 0; i < all.size(); i++) {
            Prompt prompt = new Prompt("p" + i, all.get(i));
            Completion finished = new Completion(all.get(i));
            Completion cut = new Completion(all.get((i + 1) % all.size()), false);
            if (!(cut.content() instanceof Text) && !(finished.content() instanceof Text)) {
                examples.add(new Comparison(
                        prompt,
                        finished,
                        cut,
                        new Preference.Tie(),
                        OptionalDouble.empty(),
                        Provenance.UNKNOWN,
                        Particulars.NONE.withRightPrompt(new Prompt("q", cut.content()))));
                examples.add(new Ranking(
                        prompt, List.of(finished, cut), List.of(0, 1), Optional.empty(), Provenance.UNKNOWN));
                examples.add(new Contrast(
                        List.of(prompt, new Prompt("q", cut.content())), List.of(cut, finished), Provenance.UNKNOWN));
                examples.add(new Rating(prompt, cut, 0.5, Provenance.UNKNOWN));
                examples.add(new Demonstration(prompt, finished, Provenance.UNKNOWN));
            }
        }
        Path file = directory.resolve("examples.jsonl");
        try (ExampleWriter writer = ExampleWriter.lossless(file)) {
            writer.writeAll(examples);
            writer.commit();
        }
        try (RowReader<Example> rows = Examples.read(file, ReadOptions.DEFAULT)) {
            assertThat(rows.stream().map(Row::value)).containsExactlyElementsOf(examples);
        }
        assertThat(Inspection.of(file, ReadOptions.DEFAULT).toText()).contains("comparisons");
    }

    @Test
    void jsonOmitsEmptyAndDefaultComponents() {
        assertThat(LosslessJson.of(new TokenPath(List.of(5, 9), Optional.of(List.of("a", "b")))))
                .hasToString("{\"token-path\":{\"tokens\":[5,9],\"pieces\":[\"a\",\"b\"]}}");
        assertThat(LosslessJson.of(new Trajectory(List.of(STEP, END)))).hasToString("""
                {"trajectory":{"steps":[{"state":[0.0,-0.0],"action":[1.0],"reward":1.0E-300},{"state":[1.5,2.0E10]}]}}""");
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("b", "2");
        backwards.put("a", "1");
        assertThat(LosslessJson.of(new ItemList(
                        List.of(ItemList.Item.of("x"), new ItemList.Item("y", OptionalInt.of(3), backwards)))))
                .hasToString("""
                        {"item-list":{"items":[{"id":"x"},{"id":"y","position":3,"attributes":{"a":"1","b":"2"}}]}}""");
        assertThat(LosslessJson.of(new ImageFile("a.png", HASH, Optional.of("image/png"))))
                .hasToString("{\"image-file\":{\"path\":\"a.png\",\"sha256\":\"" + HASH
                        + "\",\"media-type\":\"image/png\"}}");
        assertThat(LosslessJson.of(new Prompt("p", ItemList.of())))
                .hasToString("{\"id\":\"p\",\"content\":{\"item-list\":{\"items\":[]}}}");
        assertThat(LosslessJson.of(new Completion(TokenPath.of(1), false)))
                .hasToString("{\"unfinished\":{\"token-path\":{\"tokens\":[1]}}}");
    }

    @Test
    void shorterFormsOfRecipesAreRead() {
        assertThat(LosslessJson.content(Json.MAPPER.readTree("{\"token-path\": [1, 2]}"), "it"))
                .isEqualTo(TokenPath.of(1, 2));
        assertThat(LosslessJson.content(Json.MAPPER.readTree("{\"name\": \"token-path\", \"tokens\": [1, 2]}"), "it"))
                .isEqualTo(TokenPath.of(1, 2));
        assertThat(LosslessJson.content(Json.MAPPER.readTree("{\"text\": \"a\"}"), "it"))
                .isEqualTo(Text.raw("a"));
    }

    @Test
    void kindsAreFoundThroughTheCatalogueIncludingCustomOnes() {
        assertThat(Catalogue.installed().ofKind("content"))
                .extracting(NamedPart::name)
                .containsExactly("chat", "image-file", "item-list", "melody", "text", "token-path", "trajectory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"token-pth\": {\"tokens\": []}} | 'left': unknown content \"token-pth\" (did you mean \"token-path\"?)",
                "{\"melodies\": {}} | 'left': unknown content \"melodies\" (did you mean \"melody\"?)",
                "{} | 'left': expected the name of a content: write {name: …} with its parameters",
                "{\"token-path\": {}} | 'left' at tokens: is missing; expected a list, each a whole number",
                "{\"token-path\": {\"tokens\": [1, 1.5]}} | 'left' at tokens.1: \"1.5\" is not a whole number",
                "{\"token-path\": {\"tokens\": [1, null]}} | 'left' at tokens.1: has no value; expected a whole number",
                "{\"token-path\": {\"tokens\": [\"1\"]}} | 'left' at tokens.0: \"1\" stands in quotes and is text, not a whole number",
                "{\"token-path\": {\"tokens\": [-1]}} | 'left': tokens are ids of at least 0, not -1",
                "{\"token-path\": {\"tokens\": [1], \"peices\": []}} | 'left': unknown key \"peices\" (did you mean \"pieces\"?)",
                "{\"token-path\": {\"tokens\": [1], \"pieces\": []}} | 'left': pieces are one for each token; there are 1 tokens and 0 pieces",
                "{\"item-list\": {\"items\": [{\"id\": \" \"}]}} | 'left' at items.0: the id of an item is blank",
                "{\"item-list\": {\"items\": [{\"id\": \"a\", \"position\": 0}]}} | 'left' at items.0: the position of item a is 0; positions count from 1",
                "{\"item-list\": {\"items\": \"a\"}} | 'left' at items: expected a list, each a map of keys and values, not \"a\"",
                "{\"trajectory\": {\"steps\": [{\"state\": [1]}, {\"state\": [1]}]}} | 'left': step 1 has no action; only the last of the 2 steps may have none",
                "{\"trajectory\": {\"steps\": [{\"state\": [1, 2], \"action\": [1]}, {\"state\": [1]}]}} | 'left': step 2 has 1 numbers of state and 0 of action, and step 1 has 2 and 1",
                "{\"trajectory\": {\"steps\": [{\"state\": [1e999]}]}} | 'left' at steps.0: a state is one finite number or more, not [Infinity]",
                "{\"image-file\": {\"path\": \"/a.png\", \"sha256\": \"\"}} | 'left': the path of an image is relative and has slashes, not \"/a.png\"",
                "{\"image-file\": {\"path\": \"a.png\", \"sha256\": \"F00\"}} | 'left': sha256 is 64 hexadecimal digits in small letters, not \"F00\"",
                "{\"melody\": {\"notes\": [], \"mode\": \"minor\", \"volumes\": {}}} | 'left' at mode: unknown mode \"minor\" (did you mean \"major\"?)",
                "{\"unfinished\": {\"item-lst\": []}} | 'left': unknown content \"item-lst\" (did you mean \"item-list\"?)",
            })
    void aDamagedContentIsRefusedWithItsLine(String json, String reason) throws IOException {
        String good =
                "{\"kind\":\"comparison\",\"prompt\":{\"id\":\"p\",\"text\":\"t\"},\"left\":{\"item-list\":[{\"id\":\"a\"}]},"
                        + "\"right\":\"b\",\"preference\":\"left\"}";
        String bad = good.replace("{\"item-list\":[{\"id\":\"a\"}]}", json.strip());
        Path file = directory.resolve("bad.jsonl");
        Files.writeString(file, good + "\n" + bad + "\n");
        try (RowReader<Example> rows = Examples.read(file, ReadOptions.DEFAULT)) {
            rows.next();
            assertThatThrownBy(rows::hasNext)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(":2: " + reason.strip());
        }
    }

    @Test
    void whoeverReadsTextRefusesOtherContentByName() {
        Completion slate = new Completion(ItemList.of("espresso", "filter"));
        assertThatThrownBy(slate::text)
                .isInstanceOf(UserError.class)
                .hasMessage("text is needed here, and this is the item-list espresso, filter");
        assertThatThrownBy(() -> Text.of(TokenPath.of(5, 9, 2), "the tokenizer reads text"))
                .hasMessage("the tokenizer reads text, and this is the token-path 5 9 2");
        assertThatThrownBy(() -> new Prompt("p", TokenPath.of(new int[100])).text())
                .hasMessageEndingWith(" 0 0…");
        assertThat(slate.isBlank()).isFalse();
        assertThat(slate.bareContent()).isEqualTo(slate.content());
        assertThat(new Completion(Text.answer("a")).bareContent())
                .isEqualTo(Completion.raw("a").bareContent());
        assertThatThrownBy(() -> ExampleWriter.trl(directory.resolve("a.jsonl"))
                        .write(new Demonstration(new Prompt("p", Text.raw("a")), slate, Provenance.UNKNOWN)))
                .hasMessageContaining("item-list");
    }

    @Test
    void peopleSeeASummaryOrElseTheJson() {
        assertThat(LosslessJson.shown(Text.raw("a"))).isEqualTo("a");
        assertThat(LosslessJson.shown(TokenPath.of(5, 9))).isEqualTo("5 9");
        assertThat(LosslessJson.shown(new TokenPath(List.of(5, 9), Optional.of(List.of("a", " b")))))
                .isEqualTo("a b");
        assertThat(LosslessJson.shown(new Trajectory(List.of(STEP, END))))
                .isEqualTo("2 steps from [0.0, -0.0] to [1.5, 2.0E10], reward 1.0E-300");
        assertThat(LosslessJson.shown(ItemList.of("a", "b"))).isEqualTo("a, b");
        assertThat(LosslessJson.shown(melody(List.of(), Map.of())))
                .startsWith("{\"melody\":{\"notes\":[],\"mode\":\"natural-minor\",\"volumes\":{}");
    }

    @Test
    void promptsOfAnyContentAreRead() throws IOException {
        Path file = directory.resolve("prompts.jsonl");
        Files.writeString(
                file, "{\"id\": \"a\", \"prompt\": \"text\"}\n{\"id\": \"b\", \"prompt\": {\"token-path\": [1]}}\n");
        assertThat(Prompts.read(file))
                .containsExactly(new Prompt("a", Text.raw("text")), new Prompt("b", TokenPath.of(1)));
    }

    @Test
    void anImageIsFoundFromTheFileThatMentionsItAndIsTheOneThatWasMeant() throws IOException {
        Files.createDirectories(directory.resolve("images"));
        Files.createDirectories(directory.resolve("iteration-1"));
        Path file = Files.writeString(directory.resolve("images/a.png"), "an image");
        ImageFile image = ImageFile.of(directory, "images/a.png", Optional.of("image/png"));
        assertThat(image.sha256()).isEqualTo(HASH);
        assertThat(image.find(directory.resolve("questions.jsonl"))).isEqualTo(file);
        assertThat(image.find(directory.resolve("iteration-1/completions.jsonl")))
                .isEqualTo(file);
        Files.writeString(file, "another");
        assertThatThrownBy(() -> image.find(directory.resolve("questions.jsonl")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("SHA-256 differs");
        Files.delete(file);
        assertThatThrownBy(() -> image.find(directory.resolve("questions.jsonl")))
                .hasMessageContaining("there is no image images/a.png");
    }

    @Test
    void aContentThatIsNoRecordCannotBeWritten() {
        assertThatThrownBy(() -> LosslessJson.of(new Content() {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a record");
        assertThatThrownBy(() -> LosslessJson.content(Json.MAPPER.readTree("7"), "'left'"))
                .isInstanceOf(BadRow.class)
                .hasMessage("'left' is 7, not a text");
    }
}
