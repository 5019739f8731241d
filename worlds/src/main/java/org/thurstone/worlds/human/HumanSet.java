package org.thurstone.worlds.human;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import tools.jackson.databind.node.ObjectNode;

/** Real comparisons, by prompt. */
public record HumanSet(List<Compared> prompts) {

    public HumanSet {
        prompts = List.copyOf(prompts);
    }

    /**
     * A prompt with answers that were compared.
     *
     * @param prompt what was asked
     * @param votes on pairs of answers
     */
    public record Compared(String prompt, List<String> answers, List<Vote> votes) {
        public Compared {
            answers = List.copyOf(answers);
            votes = List.copyOf(votes);
        }
    }

    /**
     * The votes of people on two answers.
     *
     * @param share of those asked who preferred the left one, in [0, 1]; a tie counts half
     */
    public record Vote(int left, int right, double share) {

        /** 1, 0, or ½ where there is none. */
        public double majority() {
            return share > 0.5 ? 1 : share < 0.5 ? 0 : 0.5;
        }
    }

    /** PandaLM's test set (arXiv:2306.05087): answers of five models to instructions, pairs of which were put before three people. */
    public static HumanSet pandaLm(Path file) {
        Map<String, Builder> asked = new LinkedHashMap<>();
        rows(
                file,
                row -> asked.computeIfAbsent(text(row, "instruction") + "\n" + text(row, "input"), p -> new Builder())
                        .add(row));
        return new HumanSet(asked.entrySet().stream()
                .map(e -> new Compared(e.getKey().strip(), e.getValue().answers, e.getValue().votes))
                .toList());
    }

    /**
     * AlpacaEval's answers (arXiv:2404.04475): of two models' answers the one is preferred that the judge, GPT-4, preferred more to the baseline's.
     *
     * @param folder with {@code preferences.csv.gz}, {@code instructions_and_baseline.jsonl.gz} and {@code outputs/}
     * @param prompts the first so many
     */
    public static HumanSet alpacaEval(Path folder, List<String> models, int prompts) {
        Map<String, Double> preferred = new HashMap<>();
        rows(
                folder.resolve("preferences.csv.gz"),
                row -> preferred.put(
                        text(row, "model") + " " + text(row, "index"), Double.parseDouble(text(row, "preference"))));
        List<String> instructions = new ArrayList<>();
        rows(folder.resolve("instructions_and_baseline.jsonl.gz"), row -> instructions.add(text(row, "instruction")));
        List<Map<Integer, String>> outputs = new ArrayList<>();
        for (String model : models) {
            Map<Integer, String> answers = new HashMap<>();
            rows(
                    folder.resolve("outputs").resolve(model + ".jsonl.gz"),
                    row -> answers.put(row.path("index").asInt(0), text(row, "output")));
            outputs.add(answers);
        }
        List<Compared> compared = new ArrayList<>();
        for (int x = 0; x < prompts; x++) {
            List<String> answers = new ArrayList<>();
            List<Double> scores = new ArrayList<>();
            for (int m = 0; m < models.size(); m++) {
                String answer = outputs.get(m).get(x);
                Double score = preferred.get(models.get(m) + " " + x);
                if (answer != null && score != null && !answers.contains(answer)) {
                    answers.add(answer);
                    scores.add(score);
                }
            }
            List<Vote> votes = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                for (int j = 0; j < i; j++) {
                    votes.add(new Vote(i, j, (1 + Math.signum(scores.get(i) - scores.get(j))) / 2));
                }
            }
            compared.add(new Compared(instructions.get(x), answers, votes));
        }
        return new HumanSet(compared);
    }

    private static void rows(Path file, Consumer<ObjectNode> each) {
        try (RowSource rows = Containers.open(file)) {
            for (Optional<RawRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                switch (row.get()) {
                    case RawRow.Broken broken ->
                        throw new UserError(file + ":" + broken.line() + ": " + broken.reason());
                    case RawRow.Fields(long line, ObjectNode fields) -> each.accept(fields);
                }
            }
        }
    }

    private static String text(ObjectNode row, String key) {
        return row.path(key).asString("");
    }

    /** An instruction's answers while they are read; alike ones are one. */
    private static final class Builder {
        private final List<String> answers = new ArrayList<>();
        private final List<Vote> votes = new ArrayList<>();

        void add(ObjectNode row) {
            int left = index(text(row, "response1"));
            int right = index(text(row, "response2"));
            double share = Stream.of("annotator1", "annotator2", "annotator3")
                    .mapToInt(a -> row.path(a).asInt(0))
                    .mapToDouble(v -> v == 1 ? 1 : v == 2 ? 0 : 0.5)
                    .average()
                    .orElseThrow();
            if (left != right) {
                votes.add(new Vote(left, right, share));
            }
        }

        private int index(String answer) {
            if (!answers.contains(answer)) {
                answers.add(answer);
            }
            return answers.indexOf(answer);
        }
    }

    /** The most answers that a prompt has. */
    public int answers() {
        return prompts.stream().mapToInt(p -> p.answers().size()).max().orElse(0);
    }

    /** The first prompts alone. */
    public HumanSet first(int count) {
        return new HumanSet(prompts.subList(0, Math.min(count, prompts.size())));
    }
}
