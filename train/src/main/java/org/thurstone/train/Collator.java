package org.thurstone.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.Layout;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Context;
import org.thurstone.train.loss.DemonstrationBatch;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.ExampleSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.train.signal.TokenSignal;

/**
 * Converts flat log-probabilities to the batch that a loss receives. Everything here is in double on the CPU: the data are small, and sums over
 * thousands of tokens and differences of nearly equal sums would lose precision in float32.
 *
 * @param frozen log-probabilities of policies that are not trained
 * @param signals of the loss, and what else there is of frozen log-probabilities, for the figures
 * @param features of prompts, as far as they are needed
 */
record Collator(Map<TableSignal, FrozenLogProbs> frozen, Set<Signal> signals, PromptFeatures features, Memory memory) {

    /**
     * Mean number of scored tokens over a whole batch, of which passes are parts: of the first completions (of lists, the best), and of the
     * others.
     */
    record Lengths(double first, double others) {
        static Lengths of(List<? extends TrainingExample> batch) {
            Layout layout = Layout.of(batch);
            List<Integer> first = new ArrayList<>();
            List<Integer> others = new ArrayList<>();
            int row = 0;
            for (TrainingExample e : batch) {
                int foremost = e instanceof TrainingList list ? list.best() : 0;
                for (int k = 0; k < e.judged(); k++) {
                    (k == foremost ? first : others).add(layout.rows().get(row + k).length);
                }
                row += e.leaves();
            }
            return new Lengths(mean(first), mean(others));
        }

        private static double mean(List<Integer> lengths) {
            return lengths.stream().mapToInt(l -> l).average().orElse(0);
        }
    }

    /**
     * What there is of the scored tokens of some examples, in order.
     *
     * @param starts the row in the layout of each example's first completion
     * @param flat what passes gave, the gradient flowing to it
     * @param extras signals
     */
    record Scored(
            List<? extends TrainingExample> examples,
            Layout layout,
            int[] starts,
            TokenOutputs flat,
            Map<TokenSignal, Tensor> extras) {

        /** Sequences of the completions in some rows of the layout. */
        Sequences sequences(int[] rows, double meanLength) {
            Tensor places = layout.places(rows);
            Map<TokenSignal, Tensor> gathered = new HashMap<>();
            extras.forEach((signal, values) -> gathered.put(signal, Layout.gather(values, places)));
            return new Sequences(
                    Layout.gather(flat.logProbs(), places),
                    places.lt(layout.scored()).to(DType.FLOAT64),
                    gathered,
                    meanLength);
        }

        /** Sequences of the completions in the same place of each example. */
        Sequences nth(int place, double meanLength) {
            int[] rows = starts.clone();
            for (int i = 0; i < rows.length; i++) {
                rows[i] += place;
            }
            return sequences(rows, meanLength);
        }

        /** Sequences of single examples of any kind: one row for each judged completion. */
        Sequences judged() {
            int[] rows = IntStream.range(0, starts.length)
                    .flatMap(i -> IntStream.range(
                            starts[i], starts[i] + examples.get(i).judged()))
                    .toArray();
            return sequences(rows, 1);
        }
    }

    /** @param flat what passes gave for the scored tokens of these, the gradient flowing to it */
    Scored scored(List<? extends TrainingExample> examples, TokenOutputs flat) {
        return new Scored(examples, Layout.of(examples), starts(examples), flat, extras(examples, flat));
    }

    /**
     * The batch of some examples.
     *
     * @param scored of examples of one kind, at least one
     * @param further completions, for losses that need such
     */
    Batch batch(Scored scored, Lengths lengths, Map<CompletionSignal, Sequences> further) {
        List<? extends TrainingExample> examples = scored.examples();
        Tensor weight = column(examples, TrainingExample::weight);
        Context context = new Context(
                examples.stream().map(TrainingExample::id).toList(),
                memory,
                samples(scored),
                features(examples),
                further);
        ExampleKind kind = examples.getFirst().kind();
        return switch (kind) {
            case PAIR ->
                new PairBatch(
                        scored.nth(0, lengths.first()),
                        scored.nth(1, lengths.others()),
                        column(examples, e -> ((TrainingPair) e).probability()),
                        weight,
                        column(examples, e -> ((TrainingPair) e).margin().orElse(0)),
                        context);
            case SINGLE ->
                new SingleBatch(
                        scored.nth(0, lengths.first()),
                        column(examples, e -> ((TrainingSingle) e).value()),
                        weight,
                        context);
            case DEMONSTRATION -> new DemonstrationBatch(scored.nth(0, lengths.first()), weight, context);
            case LIST -> list(scored, weight, context, lengths);
        };
    }

    private static Optional<Samples> samples(Scored scored) {
        List<? extends TrainingExample> examples = scored.examples();
        int each = examples.getFirst().samples();
        if (each == 0) {
            return Optional.empty();
        }
        int[] rows = new int[examples.size() * each];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = scored.starts()[i / each] + examples.get(i / each).judged() + i % each;
        }
        return Optional.of(new Samples(scored.sequences(rows, 1), each));
    }

    private Map<PromptSignal, Tensor> features(List<? extends TrainingExample> examples) {
        Map<PromptSignal, Tensor> known = new HashMap<>();
        for (PromptSignal signal : Signal.only(PromptSignal.class, signals)) {
            List<double[]> rows =
                    examples.stream().map(e -> features.of(signal, e)).toList();
            double[] flat = rows.stream().flatMapToDouble(Arrays::stream).toArray();
            known.put(signal, Tensor.of(flat, rows.size(), rows.getFirst().length));
        }
        return known;
    }

    private static ListBatch list(Scored scored, Tensor weight, Context context, Lengths lengths) {
        List<? extends TrainingExample> examples = scored.examples();
        int n = examples.size();
        int width = examples.stream().mapToInt(TrainingExample::judged).max().orElseThrow();
        int[] rows = new int[n * width];
        double[] values = new double[n * width];
        double[] present = new double[n * width];
        Arrays.fill(rows, -1);
        for (int i = 0; i < n; i++) {
            List<Double> given = ((TrainingList) examples.get(i)).values();
            for (int k = 0; k < given.size(); k++) {
                rows[i * width + k] = scored.starts()[i] + k;
                values[i * width + k] = given.get(k);
                present[i * width + k] = 1;
            }
        }
        return new ListBatch(
                scored.sequences(rows, lengths.first()),
                Tensor.of(values, n, width),
                Tensor.of(present, n, width),
                weight,
                context);
    }

    private Map<TokenSignal, Tensor> extras(List<? extends TrainingExample> examples, TokenOutputs flat) {
        Map<TokenSignal, Tensor> extras = new HashMap<>(flat.more());
        frozen.forEach((signal, logProbs) -> extras.computeIfAbsent(signal, s -> flat(examples, logProbs::of)));
        Signal.only(ExampleSignal.class, signals)
                .forEach(signal -> extras.put(signal, flat(examples, signal.provider())));
        return extras;
    }

    private static Tensor flat(List<? extends TrainingExample> examples, ExampleSignal.Provider values) {
        double[] flat = new double[16];
        int count = 0;
        for (TrainingExample example : examples) {
            double[] own = values.of(example);
            if (count + own.length > flat.length) {
                flat = Arrays.copyOf(flat, 2 * (count + own.length));
            }
            System.arraycopy(own, 0, flat, count, own.length);
            count += own.length;
        }
        return Tensor.of(Arrays.copyOf(flat, count), count);
    }

    /** The row of each example's first completion. */
    private static int[] starts(List<? extends TrainingExample> examples) {
        int[] starts = new int[examples.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + examples.get(i - 1).leaves();
        }
        return starts;
    }

    private static Tensor column(List<? extends TrainingExample> examples, ToDoubleFunction<TrainingExample> value) {
        double[] column = examples.stream().mapToDouble(value).toArray();
        return Tensor.of(column, column.length).to(Device.CPU);
    }
}
