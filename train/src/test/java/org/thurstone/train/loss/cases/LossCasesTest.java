package org.thurstone.train.loss.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.score.AdaptiveSteps;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.train.signal.TokenSignal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LossCasesTest {

    private static final String PAIR =
            "{\"chosen\": {\"policy\": [-0.7, -1.2, -0.3], \"reference\": [-0.9, -1.0, -0.6]},"
                    + " \"rejected\": {\"policy\": [-1.1, -0.6], \"reference\": [-0.8, -0.9]}}";

    private static List<JsonNode> eval(String... lines) {
        LossCases cases = new LossCases(Catalogue.installed());
        return Stream.of(lines)
                .<JsonNode>map(
                        line -> cases.answer((ObjectNode) JsonMapper.shared().readTree(line), "cases.jsonl:1"))
                .toList();
    }

    private static double[] doubles(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).doubleValue())
                .toArray();
    }

    @Test
    void valuesAndGradientsAreInFullPrecision() {
        JsonNode dpo = eval("{\"loss\": \"dpo\", \"pairs\": [" + PAIR + "]}").getFirst();
        double h = 0.3;
        double loss = Math.log1p(Math.exp(-0.1 * h));
        double slope = -0.1 / (1 + Math.exp(0.1 * h));
        assertThat(dpo.get("loss").doubleValue()).isCloseTo(loss, within(1e-15));
        assertThat(doubles(dpo.get("each"))).containsExactly(new double[] {loss}, within(1e-15));
        JsonNode gradient = dpo.get("gradient").get(0);
        assertThat(doubles(gradient.get("chosen").get("policy")))
                .containsExactly(new double[] {slope, slope, slope}, within(1e-15));
        assertThat(doubles(gradient.get("rejected").get("policy")))
                .containsExactly(new double[] {-slope, -slope}, within(1e-15));
        assertThat(dpo.propertyNames()).containsExactly("loss", "each", "gradient");
    }

    @Test
    void theLossIsTheMeanWithWeightsAndLabelsCount() {
        JsonNode answer = eval("{\"loss\": {\"name\": \"dpo\", \"beta\": 1}, \"id\": {\"a\": 1}, \"pairs\":"
                        + " [{\"chosen\": {\"policy\": [-1], \"reference\": [-2]}, \"rejected\": {\"policy\": [-1], \"reference\":"
                        + " [-1]}, \"probability\": 0.75, \"weight\": 3},{\"chosen\": {\"policy\": [-1], \"reference\": [-1]},"
                        + " \"rejected\": {\"policy\": [-1], \"reference\": [-1]}, \"margin\": 2}]}")
                .getFirst();
        double first = 0.75 * Math.log1p(Math.exp(-1)) + 0.25 * Math.log1p(Math.exp(1));
        assertThat(doubles(answer.get("each"))).containsExactly(new double[] {first, Math.log(2)}, within(1e-15));
        assertThat(answer.get("loss").doubleValue()).isCloseTo((3 * first + Math.log(2)) / 2, within(1e-15));
        assertThat(answer.get("id").toString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aLossIsComposedAsInARecipe() {
        String cases = "{\"loss\": %s, \"pairs\": [" + PAIR + "]}";
        List<JsonNode> answers = eval(
                cases.formatted("{\"score\": \"log-ratio\", \"link\": {\"squared\": 5}, \"offset\": {\"length\": 0.01},"
                        + " \"plus\": [{\"nll\": 0.2}]}"),
                cases.formatted("{\"mixture\": [{\"weight\": 2, \"loss\": \"dpo\"}, {\"loss\": \"sft\"}]}"));
        assertThat(answers.get(0).get("loss").doubleValue())
                .isCloseTo(Math.pow(0.3 + 0.01 - 5, 2) + 0.2 * 2.2 / 3, within(1e-12));
        assertThat(answers.get(1).get("loss").doubleValue())
                .isCloseTo(2 * Math.log1p(Math.exp(-0.03)) + 2.2 / 3, within(1e-12));
    }

    /** z0 is the mean log-ratio of the mismatched, (0.5 + 1.5)/2; without gradient. */
    @Test
    void ktoHasItsBaseline() {
        JsonNode kto = eval("{\"loss\": \"kto\", \"singles\": [{\"policy\": [-1, -2], \"reference\": [-1.5, -2.5],"
                        + " \"label\": true},{\"policy\": [-1], \"reference\": [-0.5], \"label\": false}],\"mismatched\":"
                        + " [{\"policy\": [-3], \"reference\": [-3.5]}, {\"policy\": [-1, -1], \"reference\": [-2, -1.5]}]}")
                .getFirst();
        double good = 1 / (1 + Math.exp(0.1 * (1 - 1)));
        double bad = 1 / (1 + Math.exp(0.1 * (1 + 0.5)));
        assertThat(doubles(kto.get("each"))).containsExactly(new double[] {good, bad}, within(1e-15));
        assertThat(doubles(kto.get("gradient").get(0).get("policy")))
                .containsExactly(new double[] {-0.1 * 0.25 / 2, -0.1 * 0.25 / 2}, within(1e-15));
        assertThat(doubles(kto.get("gradient").get(1).get("policy")))
                .containsExactly(new double[] {0.1 * bad * (1 - bad) / 2}, within(1e-15));
    }

    /** The figures of TRL 1.13 with its running mean, which goes from batch to batch. */
    @Test
    void bcoRemembersFromCaseToCase() {
        String loss = "{\"loss\": {\"name\": \"bco\", \"balanced\": false}, \"singles\": [%s]%s}";
        String[] singles = {
            "{\"policy\": [-0.7, -1.2, -0.3], \"reference\": [-0.9, -1.0, -0.6], \"label\": true}",
            "{\"policy\": [-2.1, -0.4], \"reference\": [-1.5, -0.8], \"label\": true}",
            "{\"policy\": [-0.05], \"reference\": [-0.3], \"label\": 1}",
            "{\"policy\": [-1.1, -0.6], \"reference\": [-0.8, -0.9], \"label\": false}",
            "{\"policy\": [-0.2, -0.9, -1.4, -0.5], \"reference\": [-0.5, -0.7, -1.1, -0.6], \"label\": false}",
            "{\"policy\": [-3.0, -2.5], \"reference\": [-2.0, -2.2], \"label\": 0}"
        };
        JsonNode first = eval(loss.formatted(String.join(",", singles), "")).getFirst();
        assertThat(doubles(first.get("each")))
                .containsExactly(
                        new double[] {
                            0.6696791853000574, 0.6943979618097419, 0.6721229448196002,
                            0.7019354613214706, 0.6969042117934658, 0.6384783782388969
                        },
                        within(1e-9));
        String memory = ", \"memory\": " + first.get("memory");
        JsonNode second = eval(loss.formatted(singles[0] + "," + singles[1] + "," + singles[3], memory))
                .getFirst();
        assertThat(doubles(second.get("each")))
                .containsExactly(
                        new double[] {0.6730749828298651, 0.6978805524320874, 0.6984388857422013}, within(1e-9));
    }

    @Test
    void sortedLossesSeeTheWholeBatch() {
        String one =
                "{\"chosen\": {\"policy\": [%s], \"reference\": [0]}, \"rejected\": {\"policy\": [%s], \"reference\":"
                        + " [0]}}";
        JsonNode aot = eval("{\"loss\": {\"name\": \"aot\", \"beta\": 1, \"paired\": false}, \"pairs\": ["
                        + one.formatted("-3", "-1") + "," + one.formatted("-1", "-2") + "]}")
                .getFirst();
        // Chosen −3, −1 against rejected −2, −1.
        assertThat(doubles(aot.get("each")))
                .containsExactly(new double[] {Math.log1p(Math.E), Math.log(2)}, within(1e-12));
        assertThat(doubles(aot.get("gradient").get(0).get("rejected").get("policy")))
                .containsExactly(new double[] {0.25}, within(1e-12));
    }

    @Test
    void listsOfDifferentLengthsAreAnsweredInTheirShape() {
        JsonNode list = eval("{\"loss\": {\"plackett-luce-dpo\": 1}, \"lists\": [{\"completions\": [{\"policy\": [-2],"
                        + " \"reference\": [-1], \"value\": 0.1}, {\"policy\": [-1, -1], \"reference\": [-1, -2], \"value\":"
                        + " 0.7}]},{\"completions\": [{\"policy\": [-1], \"reference\": [-1], \"value\": 3}, {\"policy\": [-1],"
                        + " \"reference\": [-1], \"value\": 2}, {\"policy\": [-1], \"reference\": [-1], \"value\": 1}]}]}")
                .getFirst();
        assertThat(doubles(list.get("each")))
                .containsExactly(new double[] {Math.log1p(Math.exp(-2)), Math.log(3) + Math.log(2)}, within(1e-12));
        JsonNode gradient = list.get("gradient");
        assertThat(gradient.get(0).get("completions").size()).isEqualTo(2);
        assertThat(gradient.get(1).get("completions").size()).isEqualTo(3);
        double slope = 0.5 / (1 + Math.exp(2));
        assertThat(doubles(gradient.get(0).get("completions").get(1).get("policy")))
                .containsExactly(new double[] {-slope, -slope}, within(1e-12));
    }

    /** Every loss there is, on a random case of the kind it takes, with all that it may need in addition. */
    @Test
    void everyLossIsAnsweredWithTheSlopeOfItsValue() {
        Set<String> differing = new TreeSet<>();
        for (NamedPart part : Catalogue.installed().ofKind("loss")) {
            if (part.ofParts() || !Loss.class.isAssignableFrom(part.type())) {
                continue;
            }
            Loss loss = Recipe.parse("loss: " + part.name(), "test")
                    .bind(Holder.class, Catalogue.installed())
                    .loss();
            ExampleKind kind = loss.accepts().stream().sorted().findFirst().orElseThrow();
            double[] at =
                    new Random(part.name().hashCode()).doubles(8, -3, -0.2).toArray();
            List<String> lines = new ArrayList<>(List.of(line(loss, kind, at)));
            double step = 1e-6;
            for (int i = 0; i < at.length; i++) {
                for (double by : new double[] {step, -step}) {
                    double[] moved = at.clone();
                    moved[i] += by;
                    lines.add(line(loss, kind, moved));
                }
            }
            List<JsonNode> answers = eval(lines.toArray(String[]::new));
            List<Double> gradient = new ArrayList<>();
            answers.getFirst().get("gradient").forEach(e -> ((ObjectNode) e).remove("samples"));
            flatten(answers.getFirst().get("gradient"), gradient);
            assertThat(gradient).as(part.name()).hasSize(at.length);
            assertThat(answers.getFirst().get("each").size())
                    .isEqualTo(
                            part.name().equals("sami")
                                    ? 1
                                    : kind == ExampleKind.PAIR || kind == ExampleKind.LIST ? 2 : 4);
            for (int i = 0; i < at.length; i++) {
                double up = answers.get(1 + 2 * i).get("loss").doubleValue();
                double down = answers.get(2 + 2 * i).get("loss").doubleValue();
                double slope = (up - down) / (2 * step);
                double scale = Math.max(1, Math.abs(slope));
                if (Math.abs(gradient.get(i) - slope) > 2e-5 * scale) {
                    differing.add(part.name());
                }
            }
        }
        // Their weights depend on the policy without gradient, as published. (So does bco's shift, to which equally
        // many
        // labels of
        // each kind are insensitive.)
        assertThat(differing).containsExactly("bmc", "wpo");
    }

    record Holder(Loss loss) {}

    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isNumber()) {
            into.add(node.doubleValue());
        } else {
            node.forEach(child -> flatten(child, into));
        }
    }

    /** Four completions of 1 … 3 tokens, eight in all, whose policy's log-probabilities are these. */
    private static String line(Loss loss, ExampleKind kind, double[] policy) {
        int[] lengths = {3, 2, 1, 2};
        List<String> completions = new ArrayList<>();
        Random random = new Random(7);
        int from = 0;
        for (int length : lengths) {
            StringBuilder fields =
                    new StringBuilder("\"policy\": " + list(java.util.Arrays.stream(policy, from, from + length)));
            from += length;
            Set<Signal> given = Signal.union(Stream.of(loss.signals(), loss.optionalSignals()));
            for (TokenSignal signal : Signal.only(TokenSignal.class, given)) {
                String name = signal.equals(CriticSignal.VALUE)
                        ? "values"
                        : signal.name().replace('-', '_');
                boolean vectors = signal.equals(AdaptiveSteps.STATES) || signal.equals(DegreeAware.DEGREES);
                boolean logs = signal instanceof TableSignal;
                fields.append(", \"")
                        .append(name)
                        .append("\": ")
                        .append(
                                vectors
                                        ? vectors(random, length, signal)
                                        : list(random.doubles(length, logs ? -2 : 0.1, logs ? -0.1 : 2)));
            }
            completions.add(fields.toString());
        }
        String[] c = completions.toArray(String[]::new);
        String prompt = "\"prompt_embedding\": [0.3, 0.4], \"samples\": "
                + "[{\"policy\": [-1], \"reference\": [-2], \"forward_kl\": [0.1], ONE},"
                + " {\"policy\": [-1, -2], \"reference\": [-2, -0.5], \"forward_kl\": [0.2, 0.3], TWO},"
                + " {\"policy\": [-0.3], \"reference\": [-1], \"forward_kl\": [0.5], ONE},"
                + " {\"policy\": [-0.7], \"reference\": [-1], \"forward_kl\": [0.6], ONE},"
                + " {\"policy\": [-2], \"reference\": [-3], \"forward_kl\": [0.1], ONE},"
                + " {\"policy\": [-3], \"reference\": [-2], \"forward_kl\": [0.4], ONE}]";
        prompt = prompt.replace("ONE", "\"degrees\": " + vectors(random, 1, DegreeAware.DEGREES))
                .replace("TWO", "\"degrees\": " + vectors(random, 2, DegreeAware.DEGREES));
        String examples = switch (kind) {
            case PAIR ->
                "\"pairs\": [{\"chosen\": {%s}, \"rejected\": {%s}, PROMPT}, {\"chosen\": {%s}, \"rejected\": {%s},"
                        + " \"margin\": 1, PROMPT}]";
            case SINGLE ->
                "\"singles\": [{%s, \"label\": true, PROMPT}, {%s, \"label\": false, PROMPT}, {%s, \"label\": 1,"
                        + " PROMPT}, {%s, \"label\": 0, PROMPT}], \"mismatched\": [{\"policy\": [-1], \"reference\": [-2],"
                        + " \"second_reference\": [-1]}]";
            case LIST ->
                loss.name().equals("sami")
                        ? "\"lists\": [{\"completions\": [{%s, \"value\": 1}, {%s, \"value\": 0}, {%s, \"value\": 0},"
                                + " {%s, \"value\": 1}], PROMPT}]"
                        : "\"lists\": [{\"completions\": [{%s, \"value\": 0.3}, {%s, \"value\": 0.9}], PROMPT},"
                                + " {\"completions\": [{%s, \"value\": 1}, {%s, \"value\": 0.5}], PROMPT}]";
            case DEMONSTRATION -> "\"demonstrations\": [{%s}, {%s}, {%s}, {%s}]";
        };
        return "{\"loss\": \"" + loss.name() + "\", "
                + examples.formatted((Object[]) c).replace("PROMPT", prompt) + "}";
    }

    private static List<String> vectors(Random random, int length, TokenSignal signal) {
        int size = signal.equals(DegreeAware.DEGREES) ? DegreeAware.MOST_DEGREES : 2;
        return IntStream.range(0, length)
                .mapToObj(t -> list(random.doubles(size)))
                .toList();
    }

    private static String list(DoubleStream values) {
        return values.boxed().toList().toString();
    }

    @Test
    void extremesAreAnswered() {
        String big =
                "{\"loss\": \"dpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1e4], \"reference\": [-1]}, \"rejected\":"
                        + " {\"policy\": [-1e-9], \"reference\": [-1e4]}}]}";
        assertThat(eval(big).getFirst().get("loss").doubleValue())
                .isCloseTo(0.1 * (1e4 - 1 + 1e4 - 1e-9), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | loss is missing: a name such as \"dpo\", or an object",
                "{\"loss\": \"dop\", \"pairs\": [PAIR]} | loss: unknown loss \"dop\" (did you mean \"dpo\" or"
                        + " \"dpop\"?)",
                "{\"loss\": {\"dpo\": {\"bta\": 1}}, \"pairs\": [PAIR]} | loss: unknown key \"bta\" (did you mean"
                        + " \"beta\"?)",
                "{\"loss\": {\"dpo\": \"abc\"}, \"pairs\": [PAIR]} | loss.beta: \"abc\" stands in quotes and is text,"
                        + " not a number",
                "{\"loss\": {\"link\": \"classify\", \"offset\": {\"length\": 1}}, \"pairs\": [PAIR]} | loss: offset"
                        + " length shifts the margin of a pair, and the link classify has no margin",
                "{\"loss\": \"dpo\"} | expected one of demonstrations, lists, pairs, singles, and there is none",
                "{\"loss\": \"dpo\", \"pairs\": [PAIR], \"lists\": []} | expected one of demonstrations, lists, pairs,"
                        + " singles, and there are lists and pairs",
                "{\"loss\": \"dpo\", \"pairs\": []} | pairs is not a list of at least one {…}",
                "{\"loss\": \"dpo\", \"pairs\": [7]} | pairs[0] is 7, not an object {…}",
                "{\"loss\": \"dpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1]}}]} | pairs[0].rejected is missing",
                "{\"loss\": \"dpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1]}, \"rejected\": {\"policy\": [-1]}}]}"
                        + " | the loss dpo needs the reference policy's log-probabilities, and pairs[0].chosen has none:"
                        + " give \"reference\" in addition to \"policy\"",
                "{\"loss\": \"dpo\", \"pairs\": [PAIR, {\"chosen\": {\"policy\": [-1], \"reference\": [-1, -2]},"
                        + " \"rejected\": {\"policy\": [-1]}}]} | pairs[1].chosen.reference has 2 entries and policy 1:"
                        + " one per token",
                "{\"loss\": \"simpo\", \"pairs\": [{\"chosen\": {\"policy\": []}, \"rejected\": {\"policy\": [-1]}}]}"
                        + " | pairs[0].chosen.policy is empty: a completion has at least one token",
                "{\"loss\": \"simpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1, \"x\"]}, \"rejected\": {\"policy\":"
                        + " [-1]}}]} | pairs[0].chosen.policy[1] is \"x\", not a finite number",
                "{\"loss\": \"simpo\", \"pairs\": [{\"chosen\": {\"policy\": [\"NaN\"]}, \"rejected\": {\"policy\":"
                        + " [-1]}}]} | pairs[0].chosen.policy[0] is \"NaN\", not a finite number",
                "{\"loss\": \"simpo\", \"pairs\": [{\"chosen\": {\"policy\": -1}, \"rejected\": {\"policy\": [-1]}}]}"
                        + " | pairs[0].chosen.policy is -1, not a list of numbers",
                "{\"loss\": \"simpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1], \"referense\": [-1]}, \"rejected\":"
                        + " {\"policy\": [-1]}}]} | unknown key \"referense\" in pairs[0].chosen (did you mean"
                        + " \"reference\"?)",
                "{\"loss\": \"dpo\", \"pair\": [PAIR], \"pairs\": [PAIR]} | unknown key \"pair\" (did you mean"
                        + " \"pairs\"?)",
                "{\"loss\": \"dpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1]}, \"rejected\": {\"policy\": [-1]},"
                        + " \"probability\": 1.5}]} | pairs[0].probability 1.5 is outside 0…1",
                "{\"loss\": \"dpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1]}, \"rejected\": {\"policy\": [-1]},"
                        + " \"weight\": -1}]} | pairs[0].weight -1.0 is below 0",
                "{\"loss\": \"dpo\", \"singles\": [{\"policy\": [-1], \"label\": true}]} | the loss dpo compares pairs"
                        + " of completions, and these are single rated completions",
                "{\"loss\": \"bco\", \"singles\": [{\"policy\": [-1], \"reference\": [-1]}]} | singles[0].label is"
                        + " missing: true for a desirable completion",
                "{\"loss\": \"kto\", \"singles\": [{\"policy\": [-1], \"reference\": [-1], \"label\": true}]} | the"
                        + " loss kto needs completions paired with prompts that are not theirs: give them in addition to the"
                        + " examples, \"mismatched\"",
                "{\"loss\": \"kto\", \"singles\": [{\"policy\": [-1], \"reference\": [-1], \"label\": 7}],"
                        + " \"mismatched\": [{\"policy\": [-1], \"reference\": [-1]}]} | kto needs 1 for a desirable and 0"
                        + " for an undesirable completion",
                "{\"loss\": \"hypo\", \"pairs\": [PAIR]} | the loss hypo looks at completions that the policy drew,",
                "{\"loss\": \"info-nca\", \"lists\": [{\"completions\": [{\"policy\": [-1], \"reference\": [-1]}]}]} |"
                        + " lists[0].completions[0].value is missing: how good this completion is",
            })
    void badCasesAreRefusedWithThePathOfWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> eval(line.replace("PAIR", PAIR)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("cases.jsonl:1: " + message);
    }
}
