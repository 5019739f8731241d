package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    record Document(String modelName, double logLoss, List<Double> all, Optional<String> note) {}

    @Test
    void namesAreSnakeCaseAndUnknownValuesAreNull() {
        assertThat(JsonText.of(new Document(
                        "dpo", Double.NaN, List.of(0.5, Double.NaN, Double.POSITIVE_INFINITY), Optional.empty())))
                .isEqualToNormalizingNewlines("""
                    {
                      "model_name" : "dpo",
                      "log_loss" : null,
                      "all" : [ 0.5, null, null ],
                      "note" : null
                    }\
                    """);
    }
}
