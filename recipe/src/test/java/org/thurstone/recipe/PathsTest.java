package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathsTest {

    @TempDir
    Path directory;

    record Inner(Optional<Path> file) {}

    record Outer(Path data, List<Path> more, Inner inner) {}

    private Recipe written() throws IOException {
        Path file = Files.createDirectories(directory.resolve("recipes")).resolve("mine.yaml");
        return Recipe.parse(Files.writeString(file, """
            data: ../data/a.jsonl
            more: [b.jsonl, /elsewhere/c.jsonl]
            inner: {file: sub/d.jsonl}
            """));
    }

    @Test
    void pathsInARecipeAreRelativeToItsFile() throws IOException {
        assertThat(written().bind(Outer.class))
                .isEqualTo(new Outer(
                        directory.resolve("data/a.jsonl").toAbsolutePath(),
                        List.of(
                                directory.resolve("recipes/b.jsonl").toAbsolutePath(),
                                Path.of("/elsewhere/c.jsonl").toAbsolutePath()),
                        new Inner(Optional.of(
                                directory.resolve("recipes/sub/d.jsonl").toAbsolutePath()))));
    }

    @Test
    void pathsOfSettingsAreRelativeToTheCurrentDirectory() throws IOException {
        Outer outer = written()
                .with("data=x/../y.jsonl")
                .with("inner={file: z.jsonl}")
                .bind(Outer.class);
        assertThat(outer.data()).isEqualTo(Path.of("y.jsonl").toAbsolutePath());
        assertThat(outer.inner().file()).contains(Path.of("z.jsonl").toAbsolutePath());
        assertThat(outer.more().getFirst())
                .isEqualTo(directory.resolve("recipes/b.jsonl").toAbsolutePath());
    }

    @Test
    void defaultsFromAnotherFileKeepTheirOwnDirectory() throws IOException {
        Path other = Files.createDirectories(directory.resolve("other")).resolve("base.yaml");
        Recipe base = Recipe.parse(Files.writeString(other, "data: o.jsonl\nmore: []\ninner: {file: i.jsonl}\n"));
        Path mine = Files.writeString(directory.resolve("mine.yaml"), "data: m.jsonl\n");
        Outer outer = Recipe.parse(mine).withDefaults(base).bind(Outer.class);
        assertThat(outer.data()).isEqualTo(directory.resolve("m.jsonl").toAbsolutePath());
        assertThat(outer.inner().file())
                .contains(directory.resolve("other/i.jsonl").toAbsolutePath());
    }

    @Test
    void aRenderedRecipeIsTheSameFromAnyDirectory() throws IOException {
        Outer outer = written().bind(Outer.class);
        assertThat(Recipe.parse(Recipe.render(outer), "recipe.yaml").bind(Outer.class))
                .isEqualTo(outer);
    }
}
