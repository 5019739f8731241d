package org.thurstone.rank.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.rank.agreement.LabelOrder.Source;

class LabelOrderTest {

    /** Each line is a scale in its order; the direction of a scale changes no coefficient. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "strongly disagree, disagree, neutral, agree, strongly agree",
                "Strongly Disagree, Somewhat Disagree, Neither Agree nor Disagree, Somewhat Agree, Strongly Agree",
                "completely disagree, mostly disagree, slightly disagree, undecided, slightly agree, mostly agree, completely agree",
                "disagree_strongly, disagree_a_little, neither, agree_a_little, agree_strongly",
                "very dissatisfied, dissatisfied, neutral, satisfied, very satisfied",
                "extremely unlikely, unlikely, neutral, likely, extremely likely",
                "not at all likely, slightly likely, moderately likely, very likely, extremely likely",
                "not important, slightly important, fairly important, important, very important",
                "much worse, worse, slightly worse, about the same, slightly better, better, much better",
                "not helpful, somewhat helpful, helpful, very helpful",
                "not relevant, partially relevant, relevant, highly relevant",
                "irrelevant, marginally relevant, relevant, perfectly relevant",
                "definitely not, probably not, maybe, probably, definitely",
                "very negative, negative, neutral, positive, very positive",
                "inaccurate, mostly accurate, accurate",
                "low, medium, high",
                "Low, Moderate, High",
                "very low, low, medium, high, very high",
                "none, low, medium, high",
                "small, medium, large",
                "XS, S, M, L, XL",
                "F, D, C, B, A",
                "C-, C, C+, B-, B, B+, A-, A, A+",
                "never, rarely, sometimes, often, always",
                "Never, Almost never, Occasionally, Frequently, Almost always, Always",
                "terrible, poor, fair, good, excellent",
                "bad, ok, good",
                "none, mild, moderate, severe",
                "minor, major, critical",
                "zero, one, two, three",
                "first, second, third",
                "I, II, III, IV",
                "no, partly, yes",
                "incorrect, partially correct, correct",
                "contradiction, neutral, entailment",
                "A>>B, A>B, A=B, B>A, B>>A",
                "model_a, tie, model_b",
                "loss, draw, win",
                "fail, pass, merit, distinction",
                "beginner, intermediate, advanced, expert",
                "1 - poor, 2 - fair, 3 - good, 10 - perfect",
                "1 star, 2 stars, 3 stars",
                "0-9, 10-19, 20-29, 100+",
                "level 1, level 2, level 10",
                "bronze, silver, gold",
                "none, a little, some, a lot",
                "1, 2, 10"
            })
    void scalesInCommonUseAreRecognised(String scale) {
        List<String> order = Arrays.stream(scale.split(", ")).toList();
        List<String> shuffled = new ArrayList<>(order);
        Collections.shuffle(shuffled, new Random(4));
        LabelOrder found = LabelOrder.of(shuffled);
        assertThat(found.source()).isIn(Source.RECOGNISED, Source.NUMBERS);
        assertThat(found.labels()).isIn(order, order.reversed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat, dog, bird",
                "red, amber, blue",
                "low, medium, purple",
                "Low, low, high",
                "good, solid, bad",
                "toxic, funny, neutral",
                "strongly agree, disagree, other",
                "alpha, beta, gamma",
                "agree, likely, important",
                "a, b, tie, z",
                "1, two, many"
            })
    void otherLabelsHaveNoOrder(String labels) {
        LabelOrder found = LabelOrder.of(List.of(labels.split(", ")));
        assertThat(found.source()).isEqualTo(Source.UNKNOWN);
        assertThat(found.isKnown()).isFalse();
    }

    @Test
    void twoLabelsNeedNoOrder() {
        assertThat(LabelOrder.of(List.of("cat", "dog")).source()).isEqualTo(Source.TRIVIAL);
        assertThat(LabelOrder.of(List.of("cat")).isKnown()).isTrue();
    }

    @Test
    void aGivenOrderNamesEachLabelOnce() {
        assertThat(LabelOrder.given(List.of("cat", "dog", "bird")).text()).isEqualTo("cat < dog < bird");
        assertThatThrownBy(() -> LabelOrder.given(List.of("cat", "dog", "cat"))).hasMessageContaining("named twice");
    }
}
