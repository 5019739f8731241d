package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import tools.jackson.databind.json.JsonMapper;

/** Online methods from recipes. */
class OnlineRunTest {

    private static final String TASK = """
        task:
          arithmetic:
            {demonstrations: 1500, width: 32, heads: 2, largest: 5, limit: 12, most-operands: 3, carry-noise: 0.3,
             imitation: {epochs: 1, batch-size: 48, learning-rate: 5e-3}}
        sampling: {temperature: 1.0, max-tokens: 14}
        training: {batch-size: 16, learning-rate: 1e-3}
        evaluation: {prompts: 10, greedy: false}
        """;

    private static final String TINY = TASK + """
        method: {rloo: {samples: 2}}
        iterations: 2
        steps: 2
        prompts: 6
        """;

    /** As a baseline, all but those that need something special. */
    private static final List<String> METHODS = List.of(
            "bpo: {loss: {ipo: 0.5}}",
            "cream",
            "dno: {margin: 0.1, demonstrations: true}",
            "egpo",
            "grpo: {samples: 3, average: dapo}",
            "inpo: {eta: 0.5, tau: 0.2}",
            "ipo-md",
            "nash-md",
            "online-dpo",
            "online-ipo",
            "onpo",
            "pairs: {loss: slic, second: reference}",
            "pilaf",
            "ppo: {samples: 2}",
            "reinforce",
            "spin: {rejected: past, regularisation: 0.2}",
            "spo",
            "sppo: {beta: 0.5}",
            "vpo",
            "xpo");

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private Path recipe(String text) throws IOException {
        return Files.writeString(temp.resolve("online.yaml"), text);
    }

    @Test
    void everyMethodRunsFromARecipe() throws Exception {
        StringBuilder text = new StringBuilder(TINY).append("baselines:\n");
        for (String method : METHODS) {
            String name = method.split(":")[0];
            text.append("  - rerun: {title: %s, method: {%s}}\n"
                    .formatted(name, method.contains(":") ? method : method + ": {}"));
        }
        Path to = temp.resolve("run");
        assertThat(run("run", recipe(text.toString()).toString(), "--output", to.toString(), "--format", "json"))
                .as(err.toString())
                .isZero();
        assertThat(new JsonMapper().readTree(out.toString()).get("iterations").size())
                .isEqualTo(3);
        // Not that it moved: where all answers are wrong, preferences are ties, and some methods rightly stay.
        for (int i = 1; i <= METHODS.size(); i++) {
            Path learned = to.resolve("baselines/" + i + "/iteration-2/learned");
            assertThat(learned.resolve("policy/model.safetensors"))
                    .as(METHODS.get(i - 1))
                    .exists();
            assertThat(learned.resolve("state/learner.safetensors"))
                    .as(METHODS.get(i - 1))
                    .exists();
            assertThat(to.resolve("metrics.jsonl")).content().contains("baselines/" + i + "/iteration-2/training");
        }
        assertThat(to.resolve("metrics.jsonl")).content().contains("reward", "win-rate", "consistency");
        assertThat(to.resolve("report.html")).content().contains("Rloo[samples=2");
    }

    @Test
    void pairsAndBoundsComeFromTheRecipe() throws Exception {
        Path data = Files.writeString(temp.resolve("pairs.jsonl"), """
            {"prompt": "1+2=", "chosen": "1+2=3#3", "rejected": "1+2=4#4", "level": 1}
            {"prompt": "1+2=", "chosen": "1+2=3#3", "rejected": "1+2=5#5"}
            {"prompt": "3+2=", "chosen": "3+2=5#5", "rejected": "3+2=4#4"}
            """);
        for (String method : List.of("hypo", "spac")) {
            assertThat(run(
                            "run",
                            recipe(TINY.replace("rloo: {samples: 2}", method + ": {}"))
                                    .toString(),
                            "--set",
                            "data=" + data,
                            "--output",
                            temp.resolve(method).toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(err + "" + out).contains("not read of " + data + ": level (1 row)");
        }
        String bounded = TINY.replace(
                        "rloo: {samples: 2}",
                        "constrained: {by: {rloo: {samples: 2}}, bounds: [{threshold: 4, side: at-most}], rate: 0.05}")
                + "components: [words]\n";
        assertThat(run(
                        "run",
                        recipe(bounded).toString(),
                        "--output",
                        temp.resolve("bounded").toString()))
                .as(err.toString())
                .isZero();
        assertThat(temp.resolve("bounded/metrics.jsonl")).content().contains("multiplier-1");
    }

    @Test
    void anIterationIsExtrapolatedFromTheOneBefore() throws Exception {
        Path to = temp.resolve("run");
        assertThat(run(
                        "run",
                        recipe(TINY.replace("rloo: {samples: 2}", "inpo: {eta: 0.5, tau: 0.2}"))
                                .toString(),
                        "--set",
                        "extrapolation=nesterov",
                        "--output",
                        to.toString()))
                .as(err.toString())
                .isZero();
        String name = "model.norm.weight";
        double[] start = weights(to.resolve("start"), name);
        double[] first = weights(to.resolve("iteration-1/learned/policy"), name);
        double[] second = weights(to.resolve("iteration-2/learned/policy"), name);
        double[] ends = weights(to.resolve("iteration-2/policy"), name);
        double[] between = weights(to.resolve("iteration-1/policy"), name);
        for (int i = 0; i < start.length; i++) {
            assertThat(between[i])
                    .isEqualTo(first[i] + 0.3 * (first[i] - start[i]), org.assertj.core.api.Assertions.within(1e-6));
            assertThat(ends[i])
                    .isEqualTo(second[i] + 0.3 * (second[i] - first[i]), org.assertj.core.api.Assertions.within(1e-6));
        }
        assertThat(first).isNotEqualTo(start);
    }

    private static double[] weights(Path checkpoint, String name) {
        try (SafeTensors tensors = SafeTensors.open(checkpoint.resolve("model.safetensors"));
                Scope scope = Scope.open()) {
            return tensors.tensor(name).toDoubles();
        }
    }

    @Test
    void aKilledRunEndsWithTheSameFiles() throws Exception {
        Path recipe = recipe(TINY.replace("rloo: {samples: 2}", "onpo: {}")
                .replace("iterations: 2", "iterations: 3")
                .replace("demonstrations: 1500", "demonstrations: 300"));
        new KilledRun(temp, "run", recipe.toString()).endsTheSame(3, 1);
    }

    @Test
    void incompatibleOptionsAreRejected() throws Exception {
        assertThat(run("run", recipe(TINY + "labels: {total: 10}\n").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("labels");
        assertThat(run(
                        "run",
                        recipe(TINY + "baselines: [{rerun: {title: sft, loss: sft}}]\n")
                                .toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("sft", "sets another method");
        assertThat(run("run", recipe(TINY).toString(), "--set", "method=rlooo")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean \"rloo\"?");
        String loop = TASK + "iterations: 1\nbaselines: [{rerun: {title: other, method: rloo}}]\n";
        assertThat(run("run", recipe(loop).toString())).isEqualTo(2);
        assertThat(err.toString()).contains("an online method, which only a recipe with a method can");
    }
}
