package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

    @TempDir
    Path directory;

    @BeforeEach
    void recorded() throws IOException {
        Path aside = Files.createDirectories(directory.resolve(".policy/deep")).getParent();
        Files.writeString(aside.resolve("config.json"), "{}");
        Files.writeString(aside.resolve("deep/weights"), "1234");
        Files.writeString(directory.resolve("metrics.jsonl"), "row\nrow\n");
        try (Manifest manifest = Manifest.open(directory)) {
            manifest.add("data.json", Fingerprint.ofText("[]"));
            Files.writeString(directory.resolve("data.json"), "[]");
            manifest.addDirectory("policy", aside);
            Files.move(aside, directory.resolve("policy"));
            manifest.grown("metrics.jsonl", 8);
        }
    }

    private void check() {
        try (Manifest manifest = Manifest.open(directory)) {
            manifest.check();
        }
    }

    @Test
    void whatIsAsItWasIsNoFault() throws IOException {
        check();
        Files.writeString(directory.resolve("metrics.jsonl"), "row\n", StandardOpenOption.APPEND);
        check();
    }

    @Test
    void changedAndMissingFilesAreNamed() throws IOException {
        Files.writeString(directory.resolve("policy/deep/weights"), "1235");
        Files.delete(directory.resolve("policy/config.json"));
        Files.writeString(directory.resolve("data.json"), "[1]");
        Files.writeString(directory.resolve("metrics.jsonl"), "row\n");
        assertThatThrownBy(this::check)
                .hasMessageContaining(directory.resolve("policy/deep/weights") + " is damaged: its bytes are not those")
                .hasMessageContaining(directory.resolve("policy/config.json") + " is missing")
                .hasMessageContaining(directory.resolve("data.json") + " is damaged: it has 3 bytes")
                .hasMessageContaining(directory.resolve("metrics.jsonl") + " has lost its end: it has 4 of 8 bytes");
    }

    @Test
    void anOutputThatIsGoneAsAWholeIsComputedAgain() throws IOException {
        Files.delete(directory.resolve("data.json"));
        Disk.deleteTree(directory.resolve("policy"));
        check();
        assertThat(Manifest.read(directory).orElseThrow().faults())
                .containsExactlyInAnyOrder(
                        new Manifest.Fault("data.json", true, "is missing"),
                        new Manifest.Fault("policy/config.json", true, "is missing"),
                        new Manifest.Fault("policy/deep/weights", true, "is missing"));
        try (Manifest manifest = Manifest.open(directory)) {
            manifest.gone("policy");
            assertThat(manifest.knows("policy")).isFalse();
        }
        assertThat(Manifest.read(directory).orElseThrow().names()).containsExactly("data.json", "metrics.jsonl");
    }

    @Test
    void aLineThatAKillCutOffIsDroppedAndADamagedOneIsNamed() throws IOException {
        Path file = directory.resolve(Manifest.FILE);
        byte[] whole = Files.readAllBytes(file);
        Files.writeString(file, "{\"file\":\"hal", StandardOpenOption.APPEND);
        check();
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        Files.writeString(file, new String(whole, StandardCharsets.UTF_8).replaceFirst("data", "date"));
        assertThatThrownBy(this::check).hasMessageContaining(file + ":1: the line is damaged");
    }
}
