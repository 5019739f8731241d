package org.thurstone.train.loss.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.ListLoss;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.Signal;

/**
 * SAMI: the mutual information between principles and the completions that were written under them, maximised through a lower bound. For k prompts
 * that differ in their principle, and a completion sampled under each, A_ij is the mean log-probability of a token of completion j after prompt i;
 * the loss is half the cross-entropy of each row of A, by softmax, plus half that of each column, both with the diagonal as target, and averaged over
 * k. It is log k if completions do not depend on the principles. There are no labels, no reference and no β. Data are contrasts: {@code prompts} and
 * {@code completions}, lists of one length. arXiv:2404.14313.
 *
 * <p>A contrast is a list of k·k completions, row by row, of which those on the diagonal have the value 1 and the others 0.
 */
@Method(
        name = "sami",
        kind = "loss",
        papers = "2404.14313",
        source = "arXiv:2404.14313",
        summary = "mutual information between principles and completions",
        formula = "½·CE(rows of A) + ½·CE(columns of A), A_ij = mean log π(y_j | x_i)")
public record Sami() implements ListLoss {

    @Override
    public Tensor each(ListBatch batch) {
        Tensor means = batch.asLists(batch.completions().mean());
        double[] counts = batch.present().sum(1).toDoubles();
        double[] values = batch.value().toDoubles();
        List<Tensor> losses = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int size = (int) Math.round(Math.sqrt(counts[i]));
            Tensor diagonal = diagonal(values, i * (int) batch.width(), size, (int) Math.round(counts[i]))
                    .to(means.type())
                    .to(means.device());
            Tensor matrix = means.select(0, i).narrow(0, 0, (long) size * size).reshape(size, size);
            Tensor both = matrix.logSoftmax(1).add(matrix.logSoftmax(0));
            losses.add(both.mul(diagonal).sum().mul(-0.5 / size));
        }
        return Tensor.stack(losses, 0);
    }

    /** (k, k): what the values say, which has to be the unit matrix. */
    private static Tensor diagonal(double[] values, int from, int size, int count) {
        double[] unit = new double[size * size];
        boolean contrast = size * size == count;
        for (int cell = 0; contrast && cell < count; cell++) {
            unit[cell] = cell % (size + 1) == 0 ? 1 : 0;
            contrast = values[from + cell] == unit[cell];
        }
        if (!contrast) {
            throw new UserError("the loss sami compares contrasts, and this is a list of " + count
                    + " completions: give rows with 'prompts' and as many 'completions', each made for its own prompt");
        }
        return Tensor.of(unit, size, size);
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("completions contrasted over several prompts", "sft"));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }
}
