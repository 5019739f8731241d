package org.thurstone.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Context;
import org.thurstone.train.loss.DemonstrationBatch;
import org.thurstone.train.loss.ExampleKind;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.Need;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SingleBatch;

/**
 * From flat log-probabilities to the batch that a loss sees. Everything here is in double on the CPU: it is small, and sums over thousands of
 * tokens and differences of near-equal sums are where float32 would show.
 *
 * @param frozen log-probabilities of policies that are not trained
 * @param needs of the loss, and what else there is of frozen log-probabilities, for the figures
 */
record Assembly(Map<Need, FrozenLogProbs> frozen, Set<Need> needs, Memory memory) {

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
                int completions = completions(e);
                int foremost = e instanceof TrainingList list ? list.best() : 0;
                for (int k = 0; k < completions; k++) {
                    (k == foremost ? first : others).add(layout.rows().get(row++).length);
                }
            }
            return new Lengths(mean(first), mean(others));
        }

        private static double mean(List<Integer> lengths) {
            return lengths.stream().mapToInt(l -> l).average().orElse(0);
        }
    }

    static int completions(TrainingExample example) {
        return switch (example) {
            case TrainingPair p -> 2;
            case TrainingList l -> l.values().size();
            case TrainingSingle s -> 1;
            case TrainingDemonstration d -> 1;
        };
    }

    /**
     * The batch of some examples.
     *
     * @param examples all of one kind, at least one
     * @param flat what passes gave for the scored tokens of these, the gradient flowing to it
     * @param mismatched for losses that need it
     */
    Batch batch(List<? extends TrainingExample> examples, Flat flat, Lengths lengths, Optional<Sequences> mismatched) {
        Layout layout = Layout.of(examples);
        Map<Need, Tensor> extras = extras(examples, flat);
        Tensor weight = column(examples, TrainingExample::weight);
        int n = examples.size();
        Context context = new Context(examples.stream().map(TrainingExample::id).toList(), memory);
        ExampleKind kind = examples.getFirst().kind();
        return switch (kind) {
            case PAIR ->
                new PairBatch(
                        sequences(layout, flat, extras, every(n, 2, 0), lengths.first()),
                        sequences(layout, flat, extras, every(n, 2, 1), lengths.others()),
                        column(examples, e -> ((TrainingPair) e).probability()),
                        weight,
                        column(examples, e -> ((TrainingPair) e).margin().orElse(0)),
                        context);
            case SINGLE ->
                new SingleBatch(
                        sequences(layout, flat, extras, every(n, 1, 0), lengths.first()),
                        column(examples, e -> ((TrainingSingle) e).value()),
                        weight,
                        mismatched,
                        context);
            case DEMONSTRATION ->
                new DemonstrationBatch(
                        sequences(layout, flat, extras, every(n, 1, 0), lengths.first()), weight, context);
            case LIST -> list(examples, layout, flat, extras, weight, context, lengths);
        };
    }

    /** Sequences of examples by themselves, whatever their kind: each completion a row. */
    Sequences rows(List<? extends TrainingExample> examples, Flat flat) {
        Layout layout = Layout.of(examples);
        return sequences(
                layout, flat, extras(examples, flat), every(layout.rows().size(), 1, 0), 1);
    }

    private static Sequences sequences(
            Layout layout, Flat flat, Map<Need, Tensor> extras, int[] rows, double meanLength) {
        Tensor places = layout.places(rows);
        Map<Need, Tensor> gathered = new EnumMap<>(Need.class);
        extras.forEach((need, values) -> gathered.put(need, Layout.gather(values, places)));
        return new Sequences(
                Layout.gather(flat.logProbs(), places),
                places.lt(layout.scored()).to(DType.FLOAT64),
                gathered,
                meanLength);
    }

    private ListBatch list(
            List<? extends TrainingExample> examples,
            Layout layout,
            Flat flat,
            Map<Need, Tensor> extras,
            Tensor weight,
            Context context,
            Lengths lengths) {
        int n = examples.size();
        int width = examples.stream().mapToInt(Assembly::completions).max().orElseThrow();
        int[] rows = new int[n * width];
        double[] values = new double[n * width];
        double[] present = new double[n * width];
        Arrays.fill(rows, -1);
        int row = 0;
        for (int i = 0; i < n; i++) {
            List<Double> given = ((TrainingList) examples.get(i)).values();
            for (int k = 0; k < given.size(); k++) {
                rows[i * width + k] = row++;
                values[i * width + k] = given.get(k);
                present[i * width + k] = 1;
            }
        }
        return new ListBatch(
                sequences(layout, flat, extras, rows, lengths.first()),
                Tensor.of(values, n, width),
                Tensor.of(present, n, width),
                weight,
                context);
    }

    private Map<Need, Tensor> extras(List<? extends TrainingExample> examples, Flat flat) {
        Map<Need, Tensor> extras = new EnumMap<>(Need.class);
        extras.putAll(flat.more());
        frozen.forEach((need, logProbs) -> extras.put(need, flat(examples, logProbs::of)));
        if (needs.contains(Need.TOKEN_WEIGHTS)) {
            extras.put(Need.TOKEN_WEIGHTS, flat(examples, Assembly::tokenWeights));
        }
        return extras;
    }

    private static double[] tokenWeights(TrainingExample example) {
        if (example instanceof TrainingPair p && p.tokenWeights().isPresent()) {
            float[] weights = p.tokenWeights().get();
            return IntStream.range(0, weights.length)
                    .mapToDouble(t -> weights[t])
                    .toArray();
        }
        double[] ones = new double[example.scoredCount()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private interface PerToken {
        double[] of(TrainingExample example);
    }

    private static Tensor flat(List<? extends TrainingExample> examples, PerToken values) {
        double[] flat = examples.stream()
                .flatMapToDouble(e -> Arrays.stream(values.of(e)))
                .toArray();
        return Tensor.of(flat, flat.length);
    }

    private static int[] every(int n, int step, int from) {
        return IntStream.range(0, n).map(i -> i * step + from).toArray();
    }

    private static Tensor column(List<? extends TrainingExample> examples, ToDoubleFunction<TrainingExample> value) {
        double[] column = examples.stream().mapToDouble(value).toArray();
        return Tensor.of(column, column.length).to(Device.CPU);
    }
}
