package org.thurstone.train.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.bench.RandomModel;
import org.thurstone.statistics.Quantiles;
import org.thurstone.tensor.Torch;
import org.thurstone.train.Epochs;
import org.thurstone.train.LossTerm;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.score.WeightedLogRatio;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;

/**
 * Times a training step of each loss over pairs as a ratio to DPO's step on the same batch. The two are stepped in turn, A B A B, so that other
 * load on the machine affects both, and the median of the rounds' ratios is reported. The first round is not counted. Log-probabilities of
 * frozen policies are computed beforehand, as in a training.
 *
 * @param batch pairs per step
 * @param prompt tokens per prompt
 * @param completion tokens per completion
 * @param rounds at least 2
 */
public record LossBench(int batch, int prompt, int completion, int rounds) {

    /**
     * @param ratio median of the rounds' ratios to DPO's step
     * @param seconds median of the loss's own steps
     */
    public record Figure(String loss, double ratio, double seconds) {}

    /**
     * @param losses the slowest first
     * @param leftOut losses over pairs that need more than frozen log-probabilities, and so other forwards
     */
    public record Figures(
            int batch,
            int prompt,
            int completion,
            int rounds,
            int threads,
            List<Figure> losses,
            List<String> leftOut) {}

    public LossBench {
        if (batch < 1 || prompt < 1 || completion < 1 || rounds < 2) {
            throw new IllegalArgumentException(
                    "batch, prompt and completion tokens are at least 1, and there are at least two rounds");
        }
    }

    /** Losses that are not over pairs are passed over. */
    public Figures run(Policy policy, List<Loss> losses, RandomGenerator random, Consumer<Figure> told) {
        List<TrainingExample> pairs = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            pairs.add(TrainingPair.of(
                    Integer.toString(i),
                    TokenTree.of(
                            RandomModel.tokens(prompt, policy.vocabulary(), random),
                            RandomModel.tokens(completion, policy.vocabulary(), random),
                            RandomModel.tokens(completion, policy.vocabulary(), random))));
        }
        TrainingSettings settings = TrainingSettings.of(rounds, batch, 1e-7, 0);
        FrozenLogProbs reference = FrozenLogProbs.compute(policy, "start", pairs, settings.tokensPerPass());
        List<Figure> figures = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Loss loss : losses) {
            if (!loss.accepts().contains(ExampleKind.PAIR)) {
                continue;
            }
            boolean sameForwards =
                    loss.draws().isEmpty() && loss.signals().stream().allMatch(LossBench::known);
            if (sameForwards) {
                Figure figure = figure(policy, loss, pairs, reference, settings);
                told.accept(figure);
                figures.add(figure);
            } else {
                leftOut.add(loss.name());
            }
        }
        figures.sort(Comparator.comparingDouble(Figure::ratio).reversed());
        return new Figures(batch, prompt, completion, rounds, Torch.threads(), figures, leftOut);
    }

    private static boolean known(Signal signal) {
        return signal.equals(WeightedLogRatio.TOKEN_WEIGHTS) || (signal instanceof TableSignal t && t.ofPolicy());
    }

    private Figure figure(
            Policy policy,
            Loss loss,
            List<TrainingExample> pairs,
            FrozenLogProbs reference,
            TrainingSettings settings) {
        double[] ratios = new double[rounds - 1];
        double[] seconds = new double[rounds - 1];
        LossTerm base = term(new Dpo(0.1, 0), pairs, reference);
        LossTerm own = term(loss, pairs, reference);
        Epochs ofBase = new Epochs(base, settings);
        Epochs ofOwn = new Epochs(own, settings);
        try (Trainer dpo = Trainer.of(policy, base, settings);
                Trainer other = Trainer.of(policy, own, settings)) {
            for (int round = 0; round < rounds; round++) {
                double baseSeconds = dpo.step(ofBase, round, Optional.empty()).seconds();
                double ownSeconds = other.step(ofOwn, round, Optional.empty()).seconds();
                if (round > 0) {
                    ratios[round - 1] = ownSeconds / baseSeconds;
                    seconds[round - 1] = ownSeconds;
                }
            }
        }
        return new Figure(loss.name(), Quantiles.median(ratios), Quantiles.median(seconds));
    }

    private static LossTerm term(Loss loss, List<TrainingExample> pairs, FrozenLogProbs reference) {
        TrainingInputs inputs = TrainingInputs.NONE;
        for (TableSignal signal : Signal.only(TableSignal.class, loss.signals())) {
            inputs = inputs.with(signal, reference);
        }
        return new LossTerm(loss, pairs, inputs);
    }
}
