package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.rank.OutcomeProbabilities;

class ResponseTest {

    static Stream<Response> all() {
        return Stream.of(
                new Response.Logistic(),
                new Response.Davidson(),
                new Response.Threshold(Response.Noise.LOGISTIC),
                new Response.Threshold(Response.Noise.NORMAL),
                new Response.Probit());
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesAreThoseOfFiniteDifferences(Response response) {
        double h = 1e-5;
        for (double delta : List.of(-3.0, -0.4, 0.0, 0.7, 2.5)) {
            for (double tie : List.of(0.2, 1.0)) {
                for (int outcome = 0; outcome < 3; outcome++) {
                    double[] at = at(response, delta, tie, outcome);
                    double[] right = at(response, delta + h, tie, outcome);
                    double[] left = at(response, delta - h, tie, outcome);
                    assertThat(at[1]).isCloseTo((right[0] - left[0]) / 2 / h, within(1e-7));
                    assertThat(at[3]).isCloseTo((right[1] - left[1]) / 2 / h, within(1e-7));
                    assertThat(at[4]).isCloseTo((right[2] - left[2]) / 2 / h, within(1e-7));
                    double[] up = at(response, delta, tie + h, outcome);
                    double[] down = at(response, delta, tie - h, outcome);
                    assertThat(at[2]).isCloseTo((up[0] - down[0]) / 2 / h, within(1e-7));
                    assertThat(at[4]).isCloseTo((up[1] - down[1]) / 2 / h, within(1e-7));
                    assertThat(at[5]).isCloseTo((up[2] - down[2]) / 2 / h, within(1e-7));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void outcomeProbabilitiesSumToOneAndEqualItemsTieAtTheParametersRate(Response response) {
        for (double share : List.of(0.05, 0.3, 0.8)) {
            OutcomeProbabilities even = response.chances(0, response.tieParameter(share));
            assertThat(even.tie()).isCloseTo(response.ties() ? share : 0, within(1e-12));
            assertThat(even.left()).isCloseTo(even.right(), within(1e-12));
        }
        if (response.ties()) {
            double sum = 0;
            for (int outcome = 0; outcome < 3; outcome++) {
                sum += Math.exp(at(response, 1.3, 0.6, outcome)[0]);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void worksByHand() {
        // Davidson with ν = 1 and worths 4 : 1 has 4 : 2 : 1.
        OutcomeProbabilities davidson = new Response.Davidson().chances(Math.log(4), 0);
        assertThat(davidson.left()).isCloseTo(4 / 7.0, within(1e-12));
        assertThat(davidson.tie()).isCloseTo(2 / 7.0, within(1e-12));
        // Rao and Kupper with θ = 2 and worths 4 : 1: 4/(4+2), 1/(1+8).
        OutcomeProbabilities raoKupper =
                new Response.Threshold(Response.Noise.LOGISTIC).chances(Math.log(4), Math.log(2));
        assertThat(raoKupper.left()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(raoKupper.right()).isCloseTo(1 / 9.0, within(1e-12));
        // Φ(1.96) from a table.
        assertThat(new Response.Probit().chances(1.959963984540054, 0).left()).isCloseTo(0.975, within(1e-12));
    }

    private static double[] at(Response response, double delta, double tie, int outcome) {
        double[] out = new double[Response.SIZE];
        response.at(delta, tie, outcome, out);
        return out;
    }
}
