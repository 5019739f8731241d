package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Rating;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import tools.jackson.databind.json.JsonMapper;

/** Rows are compared with the layouts that the documentation of each reader publishes (November 2026). */
class ServiceFormatTest {

    private static final Prompt CHAT = new Prompt(
            "c",
            Text.chat(List.of(
                    new Message(Role.SYSTEM, "Be brief."),
                    new Message(Role.USER, "Hi"),
                    new Message(Role.ASSISTANT, "Hello"),
                    new Message(Role.USER, "How cold is it?"))));

    private static final Comparison CONVERSATION =
            Comparison.of(CHAT, new Completion(Text.answer("Cold 🙂")), new Completion(Text.answer("I cannot say")));

    private static final Comparison RAW =
            Comparison.of(new Prompt("r", Text.raw("2+2=")), Completion.raw("4"), Completion.raw("5"));

    private static String row(ServiceFormat format, Example example) {
        return format.row(example).toString();
    }

    @Test
    void pairsOfOpenAiHaveTheirInputAndTwoOutputs() {
        assertThat(row(ServiceFormat.OPENAI_PREFERENCE, CONVERSATION))
                .isEqualTo(
                        "{\"input\":{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"},"
                                + "{\"role\":\"assistant\",\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"How cold is it?\"}]},"
                                + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"Cold 🙂\"}],"
                                + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"I cannot say\"}]}");
        assertThat(row(ServiceFormat.OPENAI_PREFERENCE, RAW))
                .isEqualTo("{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"2+2=\"}]},"
                        + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"4\"}],"
                        + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"5\"}]}");
    }

    @Test
    void pairsOfLlamaFactoryAreConversationsWithTwoAnswers() {
        assertThat(row(ServiceFormat.LLAMA_FACTORY, CONVERSATION))
                .isEqualTo(
                        "{\"conversations\":[{\"from\":\"system\",\"value\":\"Be brief.\"},{\"from\":\"human\",\"value\":\"Hi\"},"
                                + "{\"from\":\"gpt\",\"value\":\"Hello\"},{\"from\":\"human\",\"value\":\"How cold is it?\"}],"
                                + "\"chosen\":{\"from\":\"gpt\",\"value\":\"Cold 🙂\"},"
                                + "\"rejected\":{\"from\":\"gpt\",\"value\":\"I cannot say\"}}");
        assertThat(row(ServiceFormat.LLAMA_FACTORY, new Rating(RAW.prompt(), RAW.left(), 1, Provenance.UNKNOWN)))
                .isEqualTo(
                        "{\"conversations\":[{\"from\":\"human\",\"value\":\"2+2=\"},{\"from\":\"gpt\",\"value\":\"4\"}],"
                                + "\"kto_tag\":true}");
        assertThat(row(ServiceFormat.LLAMA_FACTORY, new Demonstration(RAW.prompt(), RAW.left(), Provenance.UNKNOWN)))
                .isEqualTo(
                        "{\"conversations\":[{\"from\":\"human\",\"value\":\"2+2=\"},{\"from\":\"gpt\",\"value\":\"4\"}]}");
        assertThat(ServiceFormat.LLAMA_FACTORY.settings("a.jsonl", true, false).orElseThrow())
                .contains("\"formatting\": \"sharegpt\"", "\"ranking\": true", "\"chosen\": \"chosen\"");
    }

    @Test
    void pairsOfAxolotlAreMessagesWithTwoAnswers() {
        assertThat(row(ServiceFormat.AXOLOTL, RAW))
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"2+2=\"}],"
                        + "\"chosen\":{\"role\":\"assistant\",\"content\":\"4\"},"
                        + "\"rejected\":{\"role\":\"assistant\",\"content\":\"5\"}}");
        assertThat(row(ServiceFormat.AXOLOTL, new Demonstration(RAW.prompt(), RAW.left(), Provenance.UNKNOWN)))
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2=\"},{\"role\":\"assistant\",\"content\":\"4\"}]}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_PREFERENCE")
    void whatIsWrittenIsReadBack(ServiceFormat format, @TempDir Path directory) {
        Path file = directory.resolve("a.jsonl");
        try (ExampleWriter writer = ExampleWriter.service(file, format)) {
            writer.write(CONVERSATION);
            writer.commit();
        }
        Comparison read = (Comparison) Examples.readAll(file).getFirst();
        assertThat(read.prompt().text()).isEqualTo(CHAT.text());
        assertThat(read.chosen()).isEqualTo(CONVERSATION.chosen());
        assertThat(read.rejected()).isEqualTo(CONVERSATION.rejected());
    }

    @Test
    void theChosenOneIsTheOneThatWonOnWhicheverSideItStands() {
        Comparison right = new Comparison(
                RAW.prompt(),
                RAW.left(),
                RAW.right(),
                new Preference.Soft(0.2),
                OptionalDouble.empty(),
                Provenance.UNKNOWN);
        for (ServiceFormat format : ServiceFormat.values()) {
            String row = row(format, right);
            assertThat(row.indexOf("\"5\"")).as(row).isPositive().isLessThan(row.indexOf("\"4\""));
        }
        assertThat(ServiceFormat.AXOLOTL.lost(right)).contains("how sure the label is");
        assertThat(ServiceFormat.TRL.lost(right)).isEmpty();
        assertThat(ServiceFormat.AXOLOTL.lost(RAW)).isEmpty();
    }

    @Test
    void whatAFormatHasNoFormForIsUnfitAndRefused() {
        Comparison tie = new Comparison(
                RAW.prompt(),
                RAW.left(),
                RAW.right(),
                new Preference.Tie(),
                OptionalDouble.empty(),
                Provenance.UNKNOWN);
        Rating half = new Rating(RAW.prompt(), RAW.left(), 0.5, Provenance.UNKNOWN);
        for (ServiceFormat format : ServiceFormat.values()) {
            assertThat(format.unfit(tie)).contains("ties");
            assertThat(format.unfit(half)).isPresent();
            assertThat(format.unfit(RAW)).isEqualTo(Optional.empty());
            assertThatThrownBy(() -> format.row(tie)).hasMessageContaining("has no ties");
        }
        assertThat(ServiceFormat.OPENAI_PREFERENCE.unfit(
                        new Demonstration(RAW.prompt(), RAW.left(), Provenance.UNKNOWN)))
                .contains("demonstrations");
    }

    @Test
    void toolCallsGoToOpenAiAndAreUnfitElsewhere() {
        Message call = new Message(
                Role.ASSISTANT,
                "",
                true,
                java.util.Map.of("tool_calls", List.of(java.util.Map.of("id", "1", "type", "function"))));
        Comparison tools = Comparison.of(
                CHAT, new Completion(Text.chat(List.of(call))), new Completion(Text.answer("I cannot say")));
        assertThat(JsonMapper.shared()
                        .readTree(row(ServiceFormat.OPENAI_PREFERENCE, tools))
                        .at("/preferred_output/0/tool_calls/0/id")
                        .asString(""))
                .isEqualTo("1");
        assertThat(ServiceFormat.LLAMA_FACTORY.unfit(tools)).contains("rows with tools");
        assertThat(ServiceFormat.AXOLOTL.unfit(tools)).contains("rows with tools");
    }
}
