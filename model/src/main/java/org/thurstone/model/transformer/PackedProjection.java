package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.tensor.PackedMatrix;
import org.thurstone.tensor.Tensor;

/**
 * A linear map by a packed copy of frozen weights, without gradients. Rows are multiplied in numbers at which the kernels give a row the same
 * bits, so that a row's result does not depend on which others it is computed with.
 *
 * @param rows the numbers of rows at a time
 */
record PackedProjection(PackedMatrix matrix, RowCounts rows) implements Projection {

    /**
     * A packed copy of weights that are applied to the same input, one below the other.
     *
     * @param in numbers of an input row; zeros are added to the weights that have fewer
     * @param out numbers of each weight's result; zero rows are added to those that have fewer
     */
    static PackedMatrix pack(List<DenseProjection> parts, long in, long out, int batch) {
        boolean biased = parts.stream().anyMatch(p -> p.bias().isPresent());
        List<Tensor> weights = new ArrayList<>();
        List<Tensor> biases = new ArrayList<>();
        for (DenseProjection part : parts) {
            Tensor weight = part.merged();
            long rows = Math.max(out, weight.size(0));
            Tensor wide = widened(weight, in);
            weights.add(RowCounts.padded(wide, (int) rows));
            Tensor bias = part.bias()
                    .map(b -> b.to(weight.type()))
                    .orElseGet(() -> Tensor.zeros(weight.type(), weight.device(), rows));
            biases.add(widened(bias.unsqueeze(0), rows).squeeze(0));
        }
        return PackedMatrix.of(
                weights.size() == 1 ? weights.getFirst() : Tensor.cat(weights, 0),
                biased ? Optional.of(Tensor.cat(biases, 0)) : Optional.empty(),
                batch);
    }

    /** (n, columns): the rows, filled up with zeros. */
    private static Tensor widened(Tensor rows, long columns) {
        long missing = columns - rows.size(1);
        return missing <= 0
                ? rows
                : Tensor.cat(List.of(rows, Tensor.zeros(rows.type(), rows.device(), rows.size(0), missing)), 1);
    }

    @Override
    public Tensor apply(Tensor x) {
        return inPieces(x.to(matrix.type()), (piece, start, room) -> matrix.times(piece))
                .to(x.type());
    }

    @Override
    public Tensor addedTo(Tensor stream, Tensor x) {
        if (stream.type() != matrix.type()) {
            return stream.add(apply(x));
        }
        return inPieces(x, (piece, start, room) -> {
            long real = Math.min(room, x.size(0) - start);
            return matrix.timesPlus(piece, RowCounts.padded(stream.narrow(0, start, real), room));
        });
    }

    private interface Product {
        Tensor of(Tensor piece, long start, int room);
    }

    private Tensor inPieces(Tensor x, Product product) {
        long total = x.size(0);
        List<Tensor> parts = new ArrayList<>();
        for (long start = 0; start < total; ) {
            int room = rows.next(total - start);
            long real = Math.min(room, total - start);
            Tensor y = product.of(RowCounts.padded(x.narrow(0, start, real), room), start, room);
            parts.add(real == room ? y : y.narrow(0, 0, real));
            start += real;
        }
        return parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0);
    }
}
