package org.thurstone.feedback.verifier.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.thurstone.feedback.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against the verdicts of another implementation on the answers of a real model to IFEval's prompts. */
class RecordedVerdictsTest {

    /** Kinds without a recorded verdict, since the data of their tokenizer was missing there. */
    private static final List<String> UNRECORDED = List.of(SentenceCount.KIND, CapitalWords.KIND);

    private static final int VERDICTS = 374;

    private record Compared(int verdicts, List<String> differences) {}

    private static Compared compare() throws IOException {
        Map<Integer, JsonNode> prompts = new HashMap<>();
        for (String line : Files.readAllLines(SharedData.path("ifeval/prompts.jsonl"))) {
            JsonNode row = JsonMapper.shared().readTree(line);
            prompts.put(row.get("key").asInt(), row);
        }
        int verdicts = 0;
        List<String> differences = new ArrayList<>();
        for (JsonNode answer : SharedData.rows("ifeval/answers.jsonl.gz")) {
            JsonNode prompt =
                    Objects.requireNonNull(prompts.get(answer.get("key").asInt()));
            List<Instruction> instructions = new ArrayList<>();
            for (int i = 0; i < prompt.get("instruction_id_list").size(); i++) {
                Map<?, ?> arguments =
                        JsonMapper.shared().convertValue(prompt.get("kwargs").get(i), Map.class);
                Map<String, Object> named = new HashMap<>();
                arguments.forEach((name, value) -> named.put((String) name, value));
                instructions.add(InstructionKinds.read(
                        prompt.get("instruction_id_list").get(i).asString(), named));
            }
            Obedience ours = Obedience.of(instructions, answer.get("answer").asString());
            for (int i = 0; i < instructions.size(); i++) {
                String kind = instructions.get(i).kind();
                if (UNRECORDED.contains(kind)) {
                    assertThat(answer.get("strict").get(i).isNull()).isTrue();
                    continue;
                }
                boolean strict = answer.get("strict").get(i).asBoolean();
                boolean loose = answer.get("loose").get(i).asBoolean();
                verdicts++;
                if (strict != ours.strict().get(i) || loose != ours.loose().get(i)) {
                    differences.add("%s %s: strict %s, ours %s; loose %s, ours %s"
                            .formatted(
                                    answer.get("key"),
                                    kind,
                                    strict,
                                    ours.strict().get(i),
                                    loose,
                                    ours.loose().get(i)));
                }
            }
        }
        return new Compared(verdicts, differences);
    }

    @Test
    void verdictsEqualTheRecordedOnesExceptForNamedErrorsOfTheOthers() throws IOException {
        Compared compared = compare();
        assertThat(compared.differences())
                .containsExactlyInAnyOrder(
                        // The other implementation replaces a character that is no letter with a random letter; '#' is
                        // there.
                        "1122 keywords:letter_frequency: strict false, ours true; loose false, ours true",
                        // Loose can never be stricter than strict: its detector is random. Most of the answer is
                        // English, not Vietnamese.
                        "1582 language:response_language: strict true, ours false; loose false, ours false");
        assertThat(compared.verdicts()).isEqualTo(VERDICTS);
    }
}
