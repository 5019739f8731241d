package org.thurstone.feedback.verifier.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thurstone.rank.summary.Interval;
import org.thurstone.statistics.Estimate;

/**
 * How well answers obey the instructions of their prompts, as IFEval counts it: a prompt counts if all its instructions are obeyed, an instruction for
 * itself. Prompts without an answer obey nothing. Intervals are of 95 %; those over instructions respect that the instructions of a prompt go together.
 *
 * @param prompts number of prompts
 * @param unanswered of them, those without an answer
 * @param instructions number of instructions over all prompts
 * @param ended share of answers that the model ended; empty where that is not known of all
 * @param promptStrict share of prompts; strict and loose as in {@link Obedience}
 * @param instructionStrict share of instructions
 * @param kinds in alphabetical order
 */
public record InstructionSummary(
        int prompts,
        int unanswered,
        int instructions,
        Optional<Interval> ended,
        Interval promptStrict,
        Interval promptLoose,
        Interval instructionStrict,
        Interval instructionLoose,
        List<Kind> kinds) {

    /**
     * The instructions of one kind.
     *
     * @param instructions number of them
     */
    public record Kind(String kind, int instructions, Interval strict, Interval loose) {}

    public InstructionSummary {
        kinds = List.copyOf(kinds);
    }

    /** Checks all answers. */
    public static InstructionSummary of(List<InstructedPrompt> prompts) {
        List<Obedience> checked = prompts.stream()
                .map(p -> Obedience.of(
                        p.instructions(),
                        p.answer().map(InstructedPrompt.Answer::text).orElse("")))
                .toList();
        return new InstructionSummary(
                prompts.size(),
                (int) prompts.stream().filter(p -> p.answer().isEmpty()).count(),
                checked.stream().mapToInt(c -> c.strict().size()).sum(),
                ended(prompts),
                share(checked.stream().map(Obedience::all).toList()),
                share(checked.stream().map(Obedience::allLoosely).toList()),
                grouped(checked.stream().map(Obedience::strict).toList()),
                grouped(checked.stream().map(Obedience::loose).toList()),
                kinds(prompts, checked));
    }

    private static Optional<Interval> ended(List<InstructedPrompt> prompts) {
        List<Boolean> ended = prompts.stream()
                .flatMap(p -> p.answer().flatMap(InstructedPrompt.Answer::ended).stream())
                .toList();
        boolean all = !ended.isEmpty()
                && ended.size()
                        == prompts.stream().filter(p -> p.answer().isPresent()).count();
        return all ? Optional.of(share(ended)) : Optional.empty();
    }

    private static Interval share(List<Boolean> obeyed) {
        return Interval.of(
                Estimate.ofShare((double) obeyed.stream().filter(o -> o).count(), obeyed.size()));
    }

    /** A ratio of sums over prompts, with the error of a ratio: instructions of a prompt are not independent. */
    private static Interval grouped(List<List<Boolean>> obeyed) {
        double all = obeyed.stream().mapToInt(List::size).sum();
        double share = obeyed.stream().mapToLong(InstructionSummary::count).sum() / all;
        double squares = obeyed.stream()
                .mapToDouble(each -> count(each) - share * each.size())
                .map(x -> x * x)
                .sum();
        int groups = obeyed.size();
        double error = groups < 2 ? Double.NaN : Math.sqrt(squares * groups / (groups - 1)) / all;
        return Interval.of(Estimate.of(share, error, (int) all).within(0, 1));
    }

    private static long count(List<Boolean> obeyed) {
        return obeyed.stream().filter(o -> o).count();
    }

    private static List<Kind> kinds(List<InstructedPrompt> prompts, List<Obedience> checked) {
        Map<String, List<Boolean>> strict = new TreeMap<>();
        Map<String, List<Boolean>> loose = new TreeMap<>();
        for (int p = 0; p < prompts.size(); p++) {
            for (int i = 0; i < prompts.get(p).instructions().size(); i++) {
                String kind = prompts.get(p).instructions().get(i).kind();
                strict.computeIfAbsent(kind, k -> new ArrayList<>())
                        .add(checked.get(p).strict().get(i));
                loose.computeIfAbsent(kind, k -> new ArrayList<>())
                        .add(checked.get(p).loose().get(i));
            }
        }
        return strict.entrySet().stream()
                .map(each -> new Kind(
                        each.getKey(),
                        each.getValue().size(),
                        share(each.getValue()),
                        share(loose.getOrDefault(each.getKey(), List.of()))))
                .toList();
    }
}
