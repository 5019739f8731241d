package org.thurstone.loop.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityTest {

    @Test
    void distinctPairsAreCountedByHand() {
        // a b, b a, a b | a b, b c: three different of five
        assertThat(Diversity.distinct2(List.of("a b a b", "a b c"))).isEqualTo(0.6);
        assertThat(Diversity.distinct2(List.of("", "one"))).isNaN();
    }
}
