package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.LearningRate.Constant;
import org.thurstone.train.LearningRate.Cosine;
import org.thurstone.train.LearningRate.Linear;
import org.thurstone.train.LearningRate.Warmup.Share;
import org.thurstone.train.LearningRate.Warmup.Steps;

class SchedulesTest {

    private static LearningRate bound(String schedule) {
        return Recipe.parse("schedule: " + schedule, "test")
                .bind(TrainingSettings.class, Catalogue.installed())
                .schedule();
    }

    @Test
    void nameAloneHasDefaults() {
        assertThat(bound("cosine")).isEqualTo(new Cosine(new Share(0.1), 0.1));
        assertThat(bound("linear")).isEqualTo(new Linear(new Share(0.1)));
        assertThat(bound("constant")).isEqualTo(new Constant(new Steps(0)));
        assertThat(Recipe.parse("{}", "test")
                        .bind(TrainingSettings.class, Catalogue.installed())
                        .schedule())
                .isEqualTo(bound("cosine"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {cosine: {floor: 0}}                                            | 0.1   | 0
            {cosine: {warmup: {share: 0.2}}}                                | 0.2   | 0.1
            {name: cosine, warmup: {share: {share: 0.3}}, floor: 0.5}       | 0.3   | 0.5
            """)
    void longFormsBind(String written, double share, double floor) {
        assertThat(bound(written)).isEqualTo(new Cosine(new Share(share), floor));
    }

    @Test
    void warmupMayBeSteps() {
        assertThat(bound("{linear: {warmup: {steps: 50}}}")).isEqualTo(new Linear(new Steps(50)));
        assertThat(bound("{constant: {warmup: {steps: {count: 3}}}}")).isEqualTo(new Constant(new Steps(3)));
    }

    @Test
    void schedulesAreListed() {
        assertThat(Catalogue.installed().ofKind("schedule"))
                .extracting(NamedPart::name)
                .containsExactly("constant", "cosine", "linear");
    }
}
