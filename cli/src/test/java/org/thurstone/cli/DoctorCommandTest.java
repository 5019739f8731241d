package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurstone.endpoint.http.Proxies;
import org.thurstone.model.diagnosis.Diagnosis;
import org.thurstone.model.diagnosis.Finding;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {

    @Test
    void thisMachineIsWellEnoughToRunTheTests() {
        Shell shell = Shell.run("doctor", "--format", "json");
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(shell.code()).isZero();
        assertThat(document.propertyNames()).containsExactly("well", "findings");
        assertThat(document.get("well").asBoolean()).isTrue();
        // The command alone has the reader of Parquet on its class path.
        assertThat(document.get("findings").findValuesAsString("found")).contains("can be read");
    }

    @Test
    void requiredFailureExitsWithOneAndAdvice() {
        StringWriter out = new StringWriter();
        Finding failing = new Finding("libtorch", Finding.State.FAILS, "cannot be loaded", Optional.of("make room"));
        CommandLine doctor = new CommandLine(new DoctorCommand(() -> Diagnosis.of(List.of(failing))))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out));
        assertThat(doctor.execute()).isEqualTo(1);
        assertThat(out.toString()).contains("FAIL  libtorch    cannot be loaded", "→ make room");
    }

    @Test
    void proxiesOfTheEnvironmentAreShownWithoutPasswords() {
        Proxies proxies =
                new Proxies(Map.of("https_proxy", "http://proxy:3128", "HTTP_PROXY", "http://me:secret@proxy:1"));
        Diagnosis diagnosis = DoctorCommand.withProxies(Diagnosis.of(List.of()), proxies);
        assertThat(diagnosis.well()).isTrue();
        assertThat(diagnosis.text())
                .contains("ok    proxy       https_proxy: proxy:3128", "hint  proxy       HTTP_PROXY has a user name")
                .doesNotContain("secret");
    }
}
