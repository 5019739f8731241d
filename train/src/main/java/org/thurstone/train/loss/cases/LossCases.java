package org.thurstone.train.loss.cases;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Parameter;
import org.thurstone.recipe.Recipe;
import org.thurstone.recipe.RecipeError;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Context;
import org.thurstone.train.loss.DemonstrationBatch;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.cases.Case.Completion;
import org.thurstone.train.loss.cases.Case.Example;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.train.signal.TokenSignal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Losses on given log-probabilities, in double, as a training computes them: the loss is the mean over the examples with their weights, and
 * examples that depend on one another are seen together. What a loss remembers comes in with a case and goes out with its answer.
 */
public final class LossCases {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Catalogue catalogue;
    private final Set<Signal> ofCatalogue;
    private final Map<JsonNode, Loss> known = new HashMap<>();

    record Holder(Loss loss) {}

    public LossCases(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.ofCatalogue = ofCatalogue();
    }

    /**
     * The answer to one line.
     *
     * @param where it was, for messages: {@code cases.jsonl:3}
     * @throws UserError if the line cannot be answered, naming the path of what is wrong
     */
    public ObjectNode answer(ObjectNode line, String where) {
        try (Scope scope = Scope.open()) {
            Loss loss = known.computeIfAbsent(Case.loss(line), this::loss);
            return answer(Case.read(line, signals(loss)), loss);
        } catch (IllegalArgumentException e) {
            throw new UserError(where + ": " + e.getMessage(), e);
        } catch (RecipeError e) {
            throw new UserError(
                    e.problems().stream()
                            .map(p -> where + ": " + (p.path().isEmpty() ? "" : p.path() + ": ") + p.message())
                            .collect(Collectors.joining("\n")),
                    e);
        } catch (UserError e) {
            throw new UserError(where + ": " + e.getMessage(), e);
        }
    }

    /** What a line may give: the signals of its loss, and of others, so that one line serves many losses. */
    private Set<Signal> signals(Loss loss) {
        return Signal.union(Stream.of(ofCatalogue, loss.signals(), loss.optionalSignals()));
    }

    private Set<Signal> ofCatalogue() {
        return Signal.union(catalogue.ofKind("loss").stream()
                .filter(part -> part.parameters().stream().noneMatch(Parameter::required))
                .map(part -> loss(JSON.stringNode(part.name())))
                .flatMap(loss -> Stream.of(loss.signals(), loss.optionalSignals())));
    }

    private Loss loss(JsonNode written) {
        return Recipe.parse("loss: " + written, "loss")
                .bind(Holder.class, catalogue)
                .loss();
    }

    private static ObjectNode answer(Case asked, Loss loss) {
        if (!loss.accepts().contains(asked.kind())) {
            throw loss.refusal(asked.kind());
        }
        check(asked, loss);
        Memory memory = Memory.of(asked.memory());
        List<Rows> rows = rows(asked);
        Optional<Rows> samples = samples(asked);
        Batch batch = batch(asked, rows, context(asked, memory, samples));
        double[] weights =
                asked.examples().stream().mapToDouble(Example::weight).toArray();
        Tensor each = loss.on(batch);
        Tensor total = each.mul(Tensor.of(weights)).sum().div(weights.length);
        if (total.requiresGrad()) {
            total.backward();
        }
        ObjectNode answer = JSON.objectNode();
        asked.id().ifPresent(id -> answer.set("id", id));
        answer.put("loss", finite("loss", total.item()));
        answer.set("each", numbers("each", each.toDoubles()));
        answer.set("gradient", gradient(asked, rows, samples));
        if (!memory.numbers().isEmpty()) {
            ObjectNode kept = answer.putObject("memory");
            memory.numbers().forEach((name, values) -> kept.set(name, numbers("memory", values)));
        }
        return answer;
    }

    private static void check(Case asked, Loss loss) {
        for (CompletionSignal signal : Signal.only(CompletionSignal.class, loss.signals())) {
            if (!asked.completions().containsKey(signal)) {
                throw new UserError("the loss " + loss.name() + " needs " + signal.words()
                        + ": give them in addition to the examples, \"" + Case.name(signal)
                        + "\": [{\"policy\": […], \"reference\": […]}, …]");
            }
        }
        loss.draws().ifPresent(draws -> {
            if (asked.examples().getFirst().samples().size() < draws.each()) {
                throw new UserError("the loss " + loss.name() + " looks at "
                        + draws.from().completions() + ", " + draws.each()
                        + " or more for each example: give \"samples\": [{\"policy\": […], \"reference\": […]}, …]");
            }
        });
        for (PromptSignal signal : Signal.only(PromptSignal.class, loss.signals())) {
            if (asked.examples().stream().anyMatch(e -> !e.features().containsKey(signal))) {
                throw new UserError("the loss " + loss.name() + " needs " + signal.words() + ": give each example \""
                        + Case.name(signal) + "\"");
            }
        }
        for (TokenSignal signal : Signal.only(TokenSignal.class, loss.signals())) {
            Stream<Completion> completions = asked.examples().stream().flatMap(e -> e.completions().stream());
            Stream<Completion> having = signal instanceof TableSignal t && t.ofPolicy()
                    ? Stream.concat(
                            completions, asked.completions().values().stream().flatMap(List::stream))
                    : completions;
            having.filter(c -> !c.has(signal)).findFirst().ifPresent(c -> {
                throw new UserError("the loss " + loss.name() + " needs " + signal.words() + ", and " + c.path()
                        + " has none: give \"" + Case.name(signal) + "\" in addition to \"policy\"");
            });
        }
    }

    /** One block of rows, or two for pairs: the chosen, the rejected. */
    private static List<Rows> rows(Case asked) {
        int longest = asked.examples().stream()
                .mapToInt(e -> e.completions().size())
                .max()
                .orElseThrow();
        if (asked.kind() == ExampleKind.PAIR) {
            return List.of(side(asked, 0), side(asked, 1));
        }
        return List.of(
                Rows.of(asked.examples().stream().map(Example::completions).toList(), longest));
    }

    private static Optional<Rows> samples(Case asked) {
        int each = asked.examples().getFirst().samples().size();
        if (asked.examples().stream().anyMatch(e -> e.samples().size() != each)) {
            throw new UserError("the examples have different numbers of samples: give each as many");
        }
        return each == 0
                ? Optional.empty()
                : Optional.of(
                        Rows.of(asked.examples().stream().map(Example::samples).toList(), each));
    }

    private static Context context(Case asked, Memory memory, Optional<Rows> samples) {
        int n = asked.examples().size();
        Map<PromptSignal, Tensor> features = new HashMap<>();
        for (PromptSignal signal : asked.examples().getFirst().features().keySet()) {
            double[][] vectors = asked.examples().stream()
                    .map(e -> e.features().getOrDefault(signal, new double[0]))
                    .toArray(double[][]::new);
            int size = vectors[0].length;
            if (Arrays.stream(vectors).anyMatch(v -> v.length != size)) {
                throw new UserError(Case.name(signal) + " is not as long for each example");
            }
            features.put(
                    signal,
                    Tensor.of(
                            Arrays.stream(vectors)
                                    .flatMapToDouble(Arrays::stream)
                                    .toArray(),
                            n,
                            size));
        }
        return new Context(
                Context.alone(n).ids(),
                memory,
                samples.map(s -> new Samples(s.sequences(), (int) s.sequences().count() / n)),
                features,
                completions(asked));
    }

    private static Rows side(Case asked, int which) {
        return Rows.of(
                asked.examples().stream()
                        .map(e -> List.of(e.completions().get(which)))
                        .toList(),
                1);
    }

    private static Batch batch(Case asked, List<Rows> rows, Context context) {
        Sequences first = rows.getFirst().sequences();
        Tensor weight = column(asked, Example::weight);
        return switch (asked.kind()) {
            case PAIR ->
                PairBatch.of(first, rows.getLast().sequences())
                        .withProbability(column(asked, e -> e.values()[0]))
                        .withMargin(column(asked, Example::margin))
                        .withWeight(weight)
                        .withContext(context);
            case SINGLE -> new SingleBatch(first, column(asked, e -> e.values()[0]), weight, context);
            case DEMONSTRATION -> new DemonstrationBatch(first, weight, context);
            case LIST -> lists(asked, first, weight, context);
        };
    }

    private static Map<CompletionSignal, Sequences> completions(Case asked) {
        Map<CompletionSignal, Sequences> further = new HashMap<>();
        asked.completions()
                .forEach((signal, given) -> further.put(
                        signal,
                        Rows.of(given.stream().map(List::of).toList(), 1).sequences()));
        return further;
    }

    private static ListBatch lists(Case asked, Sequences completions, Tensor weight, Context context) {
        int n = asked.examples().size();
        int width = (int) completions.count() / n;
        double[] values = new double[n * width];
        double[] present = new double[n * width];
        for (int i = 0; i < n; i++) {
            double[] given = asked.examples().get(i).values();
            System.arraycopy(given, 0, values, i * width, given.length);
            Arrays.fill(present, i * width, i * width + given.length, 1);
        }
        return new ListBatch(completions, Tensor.of(values, n, width), Tensor.of(present, n, width), weight, context);
    }

    private static Tensor column(Case asked, ToDoubleFunction<Example> value) {
        return Tensor.of(asked.examples().stream().mapToDouble(value).toArray());
    }

    /** In the shape of the examples, with the gradient where the policy's log-probabilities stood. */
    private static ArrayNode gradient(Case asked, List<Rows> rows, Optional<Rows> samples) {
        ArrayNode all = JSON.arrayNode();
        int perExample =
                (int) rows.getFirst().sequences().count() / asked.examples().size();
        for (int i = 0; i < asked.examples().size(); i++) {
            List<Completion> completions = asked.examples().get(i).completions();
            ObjectNode example = all.addObject();
            List<Completion> drawn = asked.examples().get(i).samples();
            int first = i * drawn.size();
            samples.ifPresent(s -> {
                ArrayNode slopes = example.putArray("samples");
                for (int k = 0; k < drawn.size(); k++) {
                    slopes.add(slope(s, first + k, drawn.get(k)));
                }
            });
            switch (asked.kind()) {
                case PAIR -> {
                    example.set("chosen", slope(rows.getFirst(), i, completions.getFirst()));
                    example.set("rejected", slope(rows.getLast(), i, completions.getLast()));
                }
                case SINGLE, DEMONSTRATION -> example.setAll(slope(rows.getFirst(), i, completions.getFirst()));
                case LIST -> {
                    ArrayNode list = example.putArray("completions");
                    for (int k = 0; k < completions.size(); k++) {
                        list.add(slope(rows.getFirst(), i * perExample + k, completions.get(k)));
                    }
                }
            }
        }
        return all;
    }

    private static ObjectNode slope(Rows rows, int row, Completion completion) {
        ObjectNode slope = JSON.objectNode();
        slope.set("policy", numbers("gradient", rows.gradient(row, completion.policy().length)));
        return slope;
    }

    private static ArrayNode numbers(String what, double[] values) {
        ArrayNode array = JSON.arrayNode();
        for (double value : values) {
            array.add(finite(what, value));
        }
        return array;
    }

    private static double finite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new UserError(what + " is " + value
                    + " here, which JSON cannot express: these log-probabilities are too far apart");
        }
        return value == 0 ? 0 : value;
    }
}
