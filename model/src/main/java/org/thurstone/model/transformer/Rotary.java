package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;

/**
 * Rotary positions (arXiv:2104.09864) in the half-split layout of Hugging Face checkpoints: element i of a head turns together with
 * element i + frequencies.size(), by position · frequencies[i]. Elements of a head beyond twice that many are left alone.
 *
 * @param frequencies radians a position
 * @param scale multiplies cosines and sines; 1 but for scalings that sharpen attention
 */
public record Rotary(List<Double> frequencies, double scale) {

    public Rotary {
        frequencies = List.copyOf(frequencies);
    }

    /** theta^(−2i/width) for i below width/2. */
    public static Rotary plain(int width, double theta) {
        List<Double> frequencies = new ArrayList<>();
        for (int i = 0; i < width / 2; i++) {
            frequencies.add(Math.pow(theta, -2.0 * i / width));
        }
        return new Rotary(frequencies, 1);
    }

    /** Cosines and sines, (positions, 1, frequencies) each. */
    record Table(Tensor cos, Tensor sin) {

        Table at(Tensor positions) {
            return new Table(cos.indexSelect(0, positions), sin.indexSelect(0, positions));
        }

        /** Turns the heads of x, (tokens, heads, width). */
        Tensor turn(Tensor x) {
            long half = cos.size(-1);
            long rest = x.size(-1) - 2 * half;
            Tensor a = x.narrow(-1, 0, half);
            Tensor b = x.narrow(-1, half, half);
            Tensor turnedA = a.mul(cos).addcmul(b, sin, -1);
            Tensor turnedB = b.mul(cos).addcmul(a, sin, 1);
            return rest == 0
                    ? Tensor.cat(List.of(turnedA, turnedB), -1)
                    : Tensor.cat(List.of(turnedA, turnedB, x.narrow(-1, 2 * half, rest)), -1);
        }
    }

    /** The table of positions 0 to {@code count} − 1. */
    Table table(int count, DType type, Device device) {
        int half = frequencies.size();
        double[] cos = new double[count * half];
        double[] sin = new double[count * half];
        for (int p = 0; p < count; p++) {
            for (int i = 0; i < half; i++) {
                double angle = p * frequencies.get(i);
                cos[p * half + i] = scale * Math.cos(angle);
                sin[p * half + i] = scale * Math.sin(angle);
            }
        }
        return new Table(
                Tensor.of(cos, count, 1, half).to(type).to(device),
                Tensor.of(sin, count, 1, half).to(type).to(device));
    }
}
