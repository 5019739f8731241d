package org.thurstone.rank.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlgebraTest {

    /** Below, at and beyond the edges of a block, and where it goes parallel. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 130, 300})
    void aMatrixTimesItsInverseIsOne(int n) {
        double[][] a = definite(n);
        Cholesky cholesky = Cholesky.of(a);
        double[][] one = Matrices.product(a, cholesky.inverse());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(one[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-8));
            }
        }
        double[] b = new SplittableRandom(2).doubles(n).toArray();
        double[] x = cholesky.solve(b);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += a[i][j] * x[j];
            }
            assertThat(sum).isCloseTo(b[i], within(1e-9));
        }
    }

    @Test
    void aFactorTimesItsTransposeIsTheMatrix() {
        double[][] a = definite(5);
        Cholesky cholesky = Cholesky.of(a);
        double sum = 0;
        for (int k = 0; k < 5; k++) {
            double[] unit = new double[5];
            unit[k] = 1;
            double[] column = cholesky.times(unit);
            sum += column[3] * column[1];
        }
        assertThat(sum).isCloseTo(a[3][1], within(1e-12));
    }

    @Test
    void indefiniteMatrixIsRejected() {
        assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 0}, {1, 1}})).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Cholesky.of(new double[][] {{Double.NaN}})).isInstanceOf(ArithmeticException.class);
    }

    private static double[][] definite(int n) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = random.nextDouble() - 0.5;
                a[j][i] = a[i][j];
            }
            a[i][i] += n;
        }
        return a;
    }
}
