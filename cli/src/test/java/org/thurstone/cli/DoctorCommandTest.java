package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurstone.cli.doctor.Finding;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {

    @Test
    void thisMachineIsWellEnoughToRunTheTests() {
        Shell shell = Shell.run("doctor", "--json");
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(shell.code()).isZero();
        assertThat(document.get("well").asBoolean()).isTrue();
        assertThat(document.get("findings").findValuesAsString("part"))
                .contains("java", "libtorch", "blas", "threads", "devices", "tokenizers", "memory", "cache");
        assertThat(document.get("findings"))
                .allSatisfy(f -> assertThat(f.get("state").asString().equals("FINE"))
                        .as(f.toString())
                        .isEqualTo(f.get("advice").isNull()));
    }

    @Test
    void whatIsNeededAndFailsEndsWithOneAndWithAdvice() {
        StringWriter out = new StringWriter();
        CommandLine doctor = new CommandLine(new DoctorCommand(() -> List.of(
                        new Finding("java", Finding.State.FINE, "25", Optional.empty()),
                        new Finding("libtorch", Finding.State.FAILS, "cannot be loaded", Optional.of("make room")))))
                .setOut(new PrintWriter(out));
        assertThat(doctor.execute()).isEqualTo(1);
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        ok    java        25
                        FAIL  libtorch    cannot be loaded
                                          → make room
                        """);
    }

    @Test
    void hintsAloneAreFine() {
        CommandLine doctor = new CommandLine(new DoctorCommand(() ->
                        List.of(new Finding("blas", Finding.State.COULD_BE_BETTER, "slow", Optional.of("install")))))
                .setOut(new PrintWriter(new StringWriter()));
        assertThat(doctor.execute()).isZero();
    }
}
