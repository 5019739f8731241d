package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {

    @TempDir
    Path directory;

    private List<String> parts(PartFile file) {
        return IntStream.range(0, file.finished()).mapToObj(file::part).toList();
    }

    @Test
    void finishedPartsComeBackAndTheRestIsCutOff() throws IOException {
        Path path = directory.resolve("parts");
        try (PartFile file = PartFile.open(path)) {
            file.append("one\nänd\n");
            file.append("");
            file.append("three\n");
        }
        byte[] whole = Files.readAllBytes(path);
        Files.writeString(path, "half", StandardOpenOption.APPEND);
        try (PartFile file = PartFile.open(path)) {
            assertThat(parts(file)).containsExactly("one\nänd\n", "", "three\n");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(whole);
    }

    @Test
    void aDamagedPartIsNamed() throws IOException {
        Path path = directory.resolve("parts");
        try (PartFile file = PartFile.open(path)) {
            file.append("one\n");
            file.append("two\n");
        }
        Files.writeString(path, Files.readString(path).replace("two", "twO"));
        assertThatThrownBy(() -> PartFile.open(path)).hasMessageContaining("part 1 in " + path + " is damaged");
    }

    @Test
    void aFileIsWrittenByOneProcessAtATime() {
        Path path = directory.resolve("parts");
        try (PartFile file = PartFile.open(path)) {
            file.append("one\n");
            assertThatThrownBy(() -> PartFile.open(path)).hasMessageContaining("is being written by another process");
            assertThat(file.part(0)).isEqualTo("one\n");
        }
    }

    @Test
    void rowsAreResumedOnlyIfTheyAreTheSame() throws IOException {
        Path target = directory.resolve("rows.jsonl");
        SequencedMap<String, String> of = new LinkedHashMap<>(Map.of("seed", "1"));
        try (RowsInParts rows = RowsInParts.open(target, of)) {
            assertThat(RowsInParts.begun(target)).isTrue();
        }
        assertThat(RowsInParts.begun(target)).as("nothing was finished").isFalse();
        try (RowsInParts rows = RowsInParts.open(target, of)) {
            rows.append("first", "{\"a\":1}\n");
        }
        assertThat(target).doesNotExist();
        try (RowsInParts rows = RowsInParts.open(target, of)) {
            assertThat(rows.restarted()).isEmpty();
            assertThat(rows.finished()).isEqualTo(1);
            assertThat(rows.note(0)).isEqualTo("first");
            rows.append("second", "{\"a\":2}\n");
            rows.commit();
        }
        assertThat(target).hasContent("{\"a\":1}\n{\"a\":2}\n");
        assertThat(RowsInParts.begun(target)).isFalse();
        try (RowsInParts rows = RowsInParts.open(target, of)) {
            rows.append("first", "{\"a\":1}\n");
        }
        of.put("seed", "2");
        try (RowsInParts rows = RowsInParts.open(target, of)) {
            assertThat(rows.restarted()).isEqualTo("seed");
            assertThat(rows.finished()).isZero();
        }
    }
}
