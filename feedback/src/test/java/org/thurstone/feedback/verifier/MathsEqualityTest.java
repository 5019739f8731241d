package org.thurstone.feedback.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathsEqualityTest {

    private static final MathsEquality EQUALITY = new MathsEquality(1e-6);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234 | 1234",
                "1{,}000 | 1000",
                "1,\\!000,\\!000 | 1000000",
                "1\\,000 | 1000",
                "$18.00 | 18",
                "\\$0.50 | 1/2",
                "\\dfrac{1}{2} | 0.5",
                "\\tfrac12 | \\frac{1}{2}",
                "-\\frac{2}{3} | \\frac{-2}{3}",
                "3\\frac{1}{2} | 3.5",
                "2 1/2 | 2.5",
                "50\\% | 50",
                "50% | 0.5",
                "90^\\circ | 90",
                "90^{\\circ} | 90°",
                "5\\text{ cm}^2 | 5",
                "18. | 18",
                ".5 | 0.5",
                "0.333333333 | 1/3",
                "x = 5 | 5",
                "\\frac{\\sqrt{12}}{2} | \\sqrt3",
                "2\\pi | 6.283185307",
                "2^{10} | 1024",
                "-2^2 | -4",
                "\\sqrt[3]{8} | 2",
                "x^2+2x+1 | (x+1)^2",
                "\\frac{a}{b} | a/b",
                "(1, 2) | \\left(1,2\\right)",
                "(\\frac12, 3) | (0.5, 3)",
                "1, -2 | -2, 1",
                "\\{1,2\\} | \\{2,1\\}",
                "[0,\\infty) | \\left[0, \\infty\\right)",
                "\\text{(C)} | C",
                "\\text{Monday} | monday",
                "−7 | -7",
                "3 × 4 | 12",
            })
    void theseAreEqual(String answer, String expected) {
        assertThat(EQUALITY.equal(answer, expected)).isTrue();
        assertThat(EQUALITY.equal(expected, answer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 2",
                "123456789 | 123456788",
                "0.33 | 1/3",
                "(1,2) | (2,1)",
                "(1,2) | [1,2]",
                "(0,1] | (0,1)",
                "1,2 | 1,2,3",
                "1,1,2 | 1,2,2",
                "1,234 | (1,234)",
                "x+1 | x+2",
                "xy | x+y",
                "red | der",
                "A | B",
                "\\text{north} | \\text{south}",
                "-5 | 5",
                "1/0 | 1/0.0",
                "12 | 1 2",
                "\\frac{1}{2 | 0.5",
                "'' | 0",
                "''| ''",
                "5\\% | 0.5",
            })
    void theseAreNot(String answer, String expected) {
        assertThat(EQUALITY.equal(answer, expected)).isFalse();
        assertThat(EQUALITY.equal(expected, answer)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10^{10^{8}}",
                "9^9^9^9^9",
                "(((((((((((((((((((((((((((((((",
                "1e400",
                "\\sqrt{-1}",
                "((2^9999)^9999)^9999"
            })
    void intractableExpressionsStopEarlyAndEqualNothing(String answer) {
        Effort effort = new Effort();
        assertThat(EQUALITY.equal(answer, "1", effort)).isFalse();
        assertThat(effort.spent()).isLessThan(1_000);
    }

    @Test
    void veryLongAnswerNeedsFewOperations() {
        Effort effort = new Effort();
        assertThat(EQUALITY.equal("(".repeat(20_000) + "1", "1", effort)).isFalse();
        assertThat(EQUALITY.equal("1" + "0".repeat(20_000), "1", effort)).isFalse();
        assertThat(EQUALITY.equal("\\frac".repeat(5_000), "1", effort)).isFalse();
        assertThat(EQUALITY.equal("3^6000*".repeat(57) + "1", "1", effort)).isFalse();
        assertThat(effort.spent()).isLessThan(50_000);
    }

    @Test
    void listsTakeAtMostOneComparisonForEachTwoMembers() {
        Effort unlike = new Effort();
        assertThat(EQUALITY.equal("1,".repeat(2_000), "2,".repeat(2_000), unlike))
                .isFalse();
        assertThat(unlike.spent()).isLessThan(10 * 2_000);
        Effort reversed = new Effort();
        assertThat(EQUALITY.equal(numbers(300, 1), numbers(300, -1), reversed)).isTrue();
        assertThat(reversed.spent()).isLessThan(10 * 300 * 300 / 2);
    }

    @Test
    void anAnswerThatTakesTooManyOperationsIsNotEqual() {
        Effort effort = new Effort();
        assertThat(EQUALITY.equal(numbers(2_000, 1), numbers(2_000, -1), effort))
                .isFalse();
        assertThat(effort.spent()).isGreaterThan(Effort.LIMIT);
    }

    /** 0, 1, 2, …, upwards or downwards. */
    private static String numbers(int count, int direction) {
        return IntStream.range(0, count)
                .mapToObj(i -> Integer.toString(direction > 0 ? i : count - 1 - i))
                .collect(Collectors.joining(","));
    }
}
