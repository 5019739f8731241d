package org.thurstone.loop.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CodecTest {

    record State(double klToStart, OptionalDouble lucky, int labels) {}

    private static final Codec.Text<State> CODEC = Codec.json(State.class);

    @Test
    void namesAreSnakeCaseAndNaNIsNull() {
        State state = new State(Double.NaN, OptionalDouble.empty(), 3);
        String text = CODEC.write(state);
        assertThat(text).contains("\"kl_to_start\" : null", "\"labels\" : 3");
        assertThat(CODEC.read(text)).isEqualTo(state);
        State known = new State(0.1, OptionalDouble.of(0.2), 1);
        assertThat(CODEC.read(CODEC.write(known))).isEqualTo(known);
    }

    @Test
    void filesOfEarlierVersionsAreRead() {
        assertThat(CODEC.read("{\"klToStart\": \"NaN\", \"lucky\": null, \"labels\": 3}"))
                .isEqualTo(new State(Double.NaN, OptionalDouble.empty(), 3));
    }
}
