package org.thurstone.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.model.Decoder;
import org.thurstone.model.Decoding;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.tensor.Scope;

/** Policies joined token by token, against arithmetic on their probabilities. */
class PolicyMixtureTest {

    private static final double[] P = {.2, .3, .5};
    private static final double[] Q = {.6, .3, .1};

    private static TabularPolicy policy(double... p) {
        return TabularPolicy.of(new double[][] {{Math.log(p[0]) + 7, Math.log(p[1]) + 7, Math.log(p[2]) + 7}, {0, 0, 0}
        });
    }

    private static double[] distribution(Decoder decoder) {
        try (Scope scope = Scope.open();
                Decoding decoding = decoder.decode(2, 2)) {
            return decoding.start(List.of(new int[] {1}, new int[] {0}), List.of(new int[] {0}, new int[] {1}))
                    .softmax(-1)
                    .select(0, 1)
                    .toDoubles();
        }
    }

    private static double[] product(double ofP, double ofQ) {
        double[] r = new double[3];
        double sum = 0;
        for (int y = 0; y < 3; y++) {
            r[y] = Math.pow(P[y], ofP) * Math.pow(Q[y], ofQ);
            sum += r[y];
        }
        for (int y = 0; y < 3; y++) {
            r[y] /= sum;
        }
        return r;
    }

    @Test
    void aMixtureIsGeometric() {
        try (TabularPolicy p = policy(P);
                TabularPolicy q = policy(Q)) {
            assertThat(distribution(PolicyMixture.mixture(p, q, 0.3))).containsExactly(product(0.7, 0.3), within(1e-6));
            assertThat(PolicyMixture.mixture(p, q, 0)).isSameAs(p);
            assertThat(PolicyMixture.mixture(p, q, 1)).isSameAs(q);
        }
    }

    @Test
    void tiltMovesBeyondThePolicyOrTowardsTheReference() {
        try (TabularPolicy p = policy(P);
                TabularPolicy q = policy(Q)) {
            assertThat(distribution(PolicyMixture.tilted(p, q, 0.5))).containsExactly(product(1.5, -0.5), within(1e-6));
            assertThat(distribution(PolicyMixture.tilted(p, q, -0.5))).containsExactly(product(0.5, 0.5), within(1e-6));
        }
    }

    @Test
    void forbiddenTokensStayForbidden() {
        double never = Double.NEGATIVE_INFINITY;
        try (TabularPolicy p = TabularPolicy.of(new double[][] {{0, never, 1}, {0, 0, 0}});
                TabularPolicy q = TabularPolicy.of(new double[][] {{0, never, 0}, {0, 0, 0}})) {
            for (double by : new double[] {0.5, -0.5}) {
                double[] d = distribution(PolicyMixture.tilted(p, q, by));
                assertThat(d[1]).isZero();
                assertThat(d[0] + d[2]).isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void incompatiblePoliciesCannotBeMixed() {
        try (TabularPolicy p = policy(P);
                TabularPolicy other = TabularPolicy.uniform(2, 4)) {
            assertThatThrownBy(() -> distribution(PolicyMixture.mixture(p, other, 0.5)))
                    .hasMessageContaining("3")
                    .hasMessageContaining("4");
            assertThatThrownBy(() -> PolicyMixture.mixture(p, p, 1.5)).hasMessageContaining("1.5");
            assertThatThrownBy(() -> new PolicyMixture(List.of())).hasMessageContaining("no policies");
        }
    }
}
