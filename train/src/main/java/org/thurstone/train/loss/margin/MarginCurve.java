package org.thurstone.train.loss.margin;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.score.WeightedLogRatio;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.train.signal.TokenSignal;

/**
 * A loss along the margin h = Δ_w − Δ_l of pairs of one token, Δ the log-ratio to the reference (without a reference, the log-probability). Whether
 * it is a function of h at all is tried, not known: the same margins are asked about at two heights of both log-probabilities.
 *
 * @param name as it was asked for
 * @param loss at each margin
 * @param gradient d loss / d h at each margin
 * @param leftOut names of terms that are not functions of the margin
 */
public record MarginCurve(String name, double[] loss, double[] gradient, List<String> leftOut) {

    private static final int POINTS = 401;
    private static final String LINK = "link";

    /** Margins from one to another in equal steps. */
    public static double[] margins(double from, double to) {
        return IntStream.range(0, POINTS)
                .mapToDouble(i -> (from * (POINTS - 1 - i) + to * i) / (POINTS - 1))
                .toArray();
    }

    /** Throws a {@link UserError} that says why not where a loss has no margin. */
    public static MarginCurve of(String name, Loss loss, double[] margins) {
        if (!loss.accepts().contains(ExampleKind.PAIR)) {
            String kinds = String.join(
                    " or ",
                    loss.accepts().stream().map(ExampleKind::words).sorted().toList());
            throw new UserError(
                    name + " compares " + kinds + ": there is no pair, and so no margin to plot it against");
        }
        if (loss.couples()) {
            throw new UserError(name + " looks at all pairs of a batch together: one margin on its own has no loss");
        }
        loss.draws().ifPresent(draws -> {
            throw new UserError(
                    name + " looks at " + draws.from().completions() + ", which a margin alone does not determine");
        });
        for (Signal signal : loss.signals()) {
            boolean known =
                    signal.equals(WeightedLogRatio.TOKEN_WEIGHTS) || (signal instanceof TableSignal t && t.ofPolicy());
            if (!known) {
                throw new UserError(name + " needs " + signal.words() + ", which a margin alone does not determine");
            }
        }
        Curve here = curve(loss, margins, 0);
        Curve there = curve(loss, margins, -1.7);
        for (int i = 0; i < margins.length; i++) {
            if (!same(here.loss[i], there.loss[i]) || !same(here.gradient[i], there.gradient[i])) {
                throw new UserError(
                        name + " is not a function of the margin: two pairs with the same margin cost different"
                                + " amounts by how probable the completions are themselves");
            }
        }
        return new MarginCurve(name, here.loss, here.gradient, here.leftOut);
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
    }

    private record Curve(double[] loss, double[] gradient, List<String> leftOut) {}

    /** With both log-probabilities of each pair raised by the same amount over their references. */
    private static Curve curve(Loss loss, double[] margins, double raised) {
        double most = Arrays.stream(margins).map(Math::abs).max().orElse(0);
        try (Scope scope = Scope.open()) {
            double reference = -3 - most; // far enough down that no log-probability is above 0
            Sequences chosen = tokens(margins, 0.5, reference, raised);
            Sequences rejected = tokens(margins, -0.5, reference, raised);
            SequencedMap<String, Tensor> parts = loss.parts(PairBatch.of(chosen, rejected));
            Tensor each = parts.containsKey(LINK)
                    ? parts.get(LINK)
                    : parts.values().stream().reduce(Tensor::add).orElseThrow();
            if (each.requiresGrad()) {
                each.sum().backward();
            }
            double[] gradient =
                    chosen.policy().grad().map(Tensor::toDoubles).orElseGet(() -> new double[margins.length]);
            List<String> leftOut = parts.containsKey(LINK)
                    ? parts.keySet().stream().filter(p -> !p.equals(LINK)).toList()
                    : List.of();
            return new Curve(each.toDoubles(), gradient, leftOut);
        }
    }

    private static Sequences tokens(double[] margins, double share, double reference, double raised) {
        int n = margins.length;
        double[] policy =
                Arrays.stream(margins).map(h -> reference + raised + share * h).toArray();
        Tensor ones = Tensor.of(Arrays.stream(margins).map(h -> 1).toArray(), n, 1);
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        extras.put(FrozenLogProbs.REFERENCE, ones.mul(reference));
        extras.put(FrozenLogProbs.SECOND_REFERENCE, ones.mul(reference));
        extras.put(WeightedLogRatio.TOKEN_WEIGHTS, ones);
        return new Sequences(Tensor.of(policy, n, 1).requiresGrad(true), ones, extras, 1);
    }

    /** Divided by the size of its slope at the margin nearest to 0 of the middle; as it is where that is flat. */
    public MarginCurve relativeAt(int middle) {
        double size = Math.abs(gradient[middle]);
        double scale = size > 1e-12 ? 1 / size : 1;
        return new MarginCurve(
                name,
                Arrays.stream(loss).map(v -> v * scale).toArray(),
                Arrays.stream(gradient).map(v -> v * scale).toArray(),
                leftOut);
    }

    /** Notes for the reader of the curve. */
    public Optional<String> note() {
        return leftOut.isEmpty()
                ? Optional.empty()
                : Optional.of(name + " is drawn without its " + String.join(", ", leftOut)
                        + ", which is not a function of the margin");
    }
}
