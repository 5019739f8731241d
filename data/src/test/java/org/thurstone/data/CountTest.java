package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {

    @Test
    void oneIsSingularAndAllElseIsPlural() {
        assertThat(Count.of(1, "row")).isEqualTo("1 row");
        assertThat(Count.of(0, "row")).isEqualTo("0 rows");
        assertThat(Count.of(2400, "battle")).isEqualTo("2,400 battles");
        assertThat(Count.of(1, "question waits", "questions wait")).isEqualTo("1 question waits");
        assertThat(Count.of(2, "question waits", "questions wait")).isEqualTo("2 questions wait");
    }
}
