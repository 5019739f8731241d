package org.thurstone.feedback.verifier.instruction;

import java.util.List;
import java.util.stream.Stream;

/**
 * Whether an answer obeys the instructions of its prompt, one by one and in their order.
 *
 * @param strict of the answer as it is
 * @param loose of the answer, or of the answer without its first line, its last line or both, each also without asterisks: an opening such as "Sure, here
 *     it is:" and Markdown's emphasis do not count against it
 */
public record Obedience(List<Boolean> strict, List<Boolean> loose) {

    public Obedience {
        strict = List.copyOf(strict);
        loose = List.copyOf(loose);
    }

    /** Checks an answer; a blank one obeys nothing. Whether it was cut is not considered, as in IFEval. */
    public static Obedience of(List<Instruction> instructions, String answer) {
        List<String> readings = readings(answer);
        return new Obedience(
                instructions.stream().map(i -> obeys(i, answer)).toList(),
                instructions.stream()
                        .map(i -> readings.stream().anyMatch(reading -> obeys(i, reading)))
                        .toList());
    }

    /** Whether it obeys all instructions strictly. */
    public boolean all() {
        return !strict.contains(false);
    }

    /** Whether it obeys all instructions loosely. */
    public boolean allLoosely() {
        return !loose.contains(false);
    }

    private static boolean obeys(Instruction instruction, String answer) {
        return !Characters.isBlank(answer) && instruction.holds(answer);
    }

    private static List<String> readings(String answer) {
        List<String> lines = List.of(answer.split("\n", -1));
        int last = lines.size() - 1;
        return Stream.of(
                        answer,
                        joined(lines.subList(1, last + 1)),
                        joined(lines.subList(0, last)),
                        last < 1 ? "" : joined(lines.subList(1, last)))
                .flatMap(reading -> Stream.of(reading, reading.replace("*", "")))
                .toList();
    }

    private static String joined(List<String> lines) {
        return Characters.strip(String.join("\n", lines));
    }
}
