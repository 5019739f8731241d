package org.thurstone.model.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    @Test
    void everyPartOfThisMachineIsCheckedAndWorks() {
        Diagnosis diagnosis = Diagnosis.make();
        assertThat(diagnosis.well()).as(diagnosis.text()).isTrue();
        assertThat(diagnosis.findings())
                .extracting(Finding::part)
                .contains("java", "heap", "libtorch", "blas", "threads", "devices", "tokenizers", "memory", "cache");
    }

    @Test
    void adviceIsGivenExactlyWhereAPartIsNotFine() {
        assertThat(Diagnosis.make().findings())
                .allSatisfy(f -> assertThat(f.state() == Finding.State.FINE)
                        .as(f.toString())
                        .isEqualTo(f.advice().isEmpty()));
    }

    @Test
    void singleFailureMakesTheDiagnosisFail() {
        Diagnosis diagnosis = Diagnosis.of(List.of(
                new Finding("java", Finding.State.FINE, "25", Optional.empty()),
                new Finding("libtorch", Finding.State.FAILS, "cannot be loaded", Optional.of("make room"))));
        assertThat(diagnosis.well()).isFalse();
        assertThat(diagnosis.text()).isEqualTo("""
                ok    java        25
                FAIL  libtorch    cannot be loaded
                                  → make room
                """);
    }

    @Test
    void hintsAloneAreWell() {
        assertThat(Diagnosis.of(List.of(
                                new Finding("blas", Finding.State.COULD_BE_BETTER, "slow", Optional.of("install"))))
                        .well())
                .isTrue();
    }
}
