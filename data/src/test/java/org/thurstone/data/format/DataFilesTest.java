package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;

class DataFilesTest {

    @TempDir
    Path directory;

    private Path file(String name) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "");
    }

    private DataFiles of(String... names) {
        return DataFiles.of(
                List.of(names).stream().map(n -> directory + "/" + n).toList());
    }

    private List<String> names(DataFiles files) {
        return files.files().stream()
                .map(f -> directory.relativize(f).toString())
                .toList();
    }

    @Test
    void severalFilesAreReadInTheGivenOrder() throws IOException {
        file("b.jsonl");
        file("a.jsonl");
        assertThat(names(of("b.jsonl", "a.jsonl"))).containsExactly("b.jsonl", "a.jsonl");
        assertThatThrownBy(() -> of("a.jsonl", "./a.jsonl"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("named twice");
    }

    @Test
    void aPatternTakesWhatMatchesByName() throws IOException {
        file("c.jsonl");
        file("a.jsonl");
        file("x.csv");
        file(".hidden.jsonl");
        file("deep/er/d.jsonl");
        assertThat(names(of("*.jsonl"))).containsExactly("a.jsonl", "c.jsonl");
        assertThat(names(of("[ab].jsonl", "x.*"))).containsExactly("a.jsonl", "x.csv");
        assertThat(names(of("**.jsonl"))).containsExactly("a.jsonl", "c.jsonl", "deep/er/d.jsonl");
        assertThat(names(of("deep/*/d.jsonl"))).containsExactly("deep/er/d.jsonl");
        assertThatThrownBy(() -> of("*.parquet")).isInstanceOf(UserError.class).hasMessageContaining("no file matches");
        assertThatThrownBy(() -> of("nowhere/*.parquet"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no directory");
    }

    @Test
    void existingFileWhoseNameLooksLikeAPatternIsRead() throws IOException {
        file("pairs [1].jsonl");
        assertThat(names(of("pairs [1].jsonl"))).containsExactly("pairs [1].jsonl");
    }

    @Test
    void singleShardIsReported() throws IOException {
        for (int i = 0; i < 3; i++) {
            file("train-0000" + i + "-of-00003.parquet");
        }
        DataFiles one = of("train-00001-of-00003.parquet");
        assertThat(names(one)).containsExactly("train-00001-of-00003.parquet");
        assertThat(one.remarks())
                .singleElement()
                .asString()
                .contains("is one of 3 shards")
                .contains("train-*.parquet takes all");
        assertThat(of("train-00000-of-00003.parquet", "train-00001-of-00003.parquet", "train-00002-of-00003.parquet")
                        .remarks())
                .isEmpty();
        assertThat(of("train-*.parquet").files()).hasSize(3);
        Files.delete(directory.resolve("train-00001-of-00003.parquet"));
        assertThatThrownBy(() -> of("train-*.parquet"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the shard 00001 of the 3 shards of ")
                .hasMessageContaining("is missing");
    }

    @Test
    void huggingFaceFolderProvidesItsTrainingSplit() throws IOException {
        file("set/README.md");
        file("set/dataset_infos.json");
        file("set/data/train-00000-of-00002.parquet");
        file("set/data/train-00001-of-00002.parquet");
        file("set/data/test-00000-of-00001.parquet");
        DataFiles set = of("set");
        assertThat(names(set))
                .containsExactly("set/data/train-00000-of-00002.parquet", "set/data/train-00001-of-00002.parquet");
        assertThat(set.remarks())
                .singleElement()
                .asString()
                .contains("the split train, 2 files; not taken, but can be held out: test (")
                .contains("test-00000-of-00001.parquet");
        file("flat/train.jsonl");
        file("flat/validation.jsonl");
        assertThat(names(of("flat"))).containsExactly("flat/train.jsonl");
        file("named/data/train_prefs-00000-of-00001.parquet");
        file("named/data/test_prefs-00000-of-00001.parquet");
        assertThat(names(of("named"))).containsExactly("named/data/train_prefs-00000-of-00001.parquet");
        file("named/data/train_sft-00000-of-00001.parquet");
        assertThatThrownBy(() -> of("named"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("several splits for training, train_prefs, train_sft");
    }

    @Test
    void folderProvidesItsHeldOutSplit() throws IOException {
        file("set/train-00000-of-00001-6ef3991c06080e14.parquet");
        file("set/test-00000-of-00001-0a1b2c3d4e5f6a7b.parquet");
        assertThat(names(of("set"))).containsExactly("set/train-00000-of-00001-6ef3991c06080e14.parquet");
        assertThat(names(DataFiles.heldOut(directory + "/set")))
                .containsExactly("set/test-00000-of-00001-0a1b2c3d4e5f6a7b.parquet");
        file("set/validation.jsonl");
        assertThatThrownBy(() -> DataFiles.heldOut(directory + "/set"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("several splits to hold out, test, validation");
        file("arrow/train/data-00000-of-00001.arrow");
        assertThatThrownBy(() -> of("arrow"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Arrow files are not read");
    }

    @Test
    void otherFolderProvidesAllItsFiles() throws IOException {
        file("plain/b.jsonl");
        file("plain/a.jsonl");
        assertThat(names(of("plain"))).containsExactly("plain/a.jsonl", "plain/b.jsonl");
        file("only/test.jsonl");
        assertThatThrownBy(() -> of("only"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no split for training, only test");
        Files.createDirectories(directory.resolve("none"));
        assertThatThrownBy(() -> of("none")).isInstanceOf(UserError.class).hasMessageContaining("has no files of rows");
    }

    @Test
    void filesOfOneNameAreDistinguishedByTheirFolders() throws IOException {
        Path a = file("a/rows.jsonl");
        Path b = file("b/rows.jsonl");
        Path c = file("b/more.jsonl");
        assertThat(DataFiles.of(List.of(a.toString(), b.toString(), c.toString()))
                        .names()
                        .values())
                .containsExactlyInAnyOrder(a.toString(), b.toString(), "more.jsonl");
    }
}
