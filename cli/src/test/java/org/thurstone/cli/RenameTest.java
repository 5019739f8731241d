package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.recipe.Rename;
import org.thurstone.worlds.language.RunRecipe;
import picocli.CommandLine;

class RenameTest {

    private static final Path CHANGELOG = Path.of(System.getProperty("thurstone.root", ".."), "CHANGELOG.md");

    private static List<Rename> all(Rename.What what) {
        return Rename.ALL.stream().filter(r -> r.what() == what).toList();
    }

    @Test
    void oldOptionIsRefusedWithItsNewName() {
        for (Rename rename : all(Rename.What.OPTION)) {
            List<String> args =
                    new ArrayList<>(List.of((rename.where().isEmpty() ? "train" : rename.where()).split(" ")));
            args.addAll(List.of(rename.old(), "value"));
            Shell shell = Shell.run(args.toArray(String[]::new));
            assertThat(shell.code()).as(rename.toString()).isEqualTo(2);
            assertThat(shell.err()).startsWith(rename.message()).contains(rename.old(), rename.now(), "Try: ");
        }
        Shell two = Shell.run("sample", "--policy=m", "--prompt=a", "--out=b");
        assertThat(two.err()).startsWith("--policy is no longer an option: use --model\n--out is no longer");
        assertThat(Shell.run("data", "inspect", "none.jsonl", "--format", "explicit-prompt")
                        .err())
                .startsWith("--format explicit-prompt is not one of: text, json\n")
                .contains("--row-format explicit-prompt");
    }

    @Test
    void oldKeyIsRefusedWithItsNewName() {
        for (Rename rename : all(Rename.What.KEY)) {
            assertThatThrownBy(() -> RunRecipe.bind(
                            Recipe.parse("task: arithmetic\n" + rename.old() + ": 1\n", "r.yaml"),
                            Catalogue.installed()))
                    .hasMessage("r.yaml:2: " + rename.message());
        }
        assertThat(Shell.run("train", "--set", "policy=m", "--data", "d", "--output", "o")
                        .err())
                .isEqualTo("--set policy=m: \"policy\" is now \"model\"\n");
    }

    @Test
    void oldKindIsRefusedWithItsNewName() {
        for (Rename rename : all(Rename.What.KIND)) {
            Shell shell = Shell.run("methods", "--kind", rename.old());
            assertThat(shell.code()).isEqualTo(2);
            assertThat(shell.err()).startsWith("kind " + rename.message());
        }
    }

    @Test
    void newOptionsExist() {
        for (Rename rename : all(Rename.What.OPTION)) {
            if (!rename.where().isEmpty() && rename.now().startsWith("--")) {
                CommandLine command = new CommandLine(new Main());
                for (String word : rename.where().split(" ")) {
                    command = command.getSubcommands().get(word);
                }
                assertThat(command.getCommandSpec().optionsMap())
                        .containsKey(rename.now().split(" ")[0]);
            }
        }
    }

    @Test
    void changelogHasTheTable() throws IOException {
        String changelog = Files.readString(CHANGELOG);
        for (Rename rename : Rename.ALL) {
            assertThat(changelog)
                    .contains("| " + rename.what().name().toLowerCase(java.util.Locale.ROOT)
                            + (rename.where().isEmpty() ? "" : " of `" + rename.where() + "`")
                            + " | `" + rename.old() + "` | "
                            + (rename.now().startsWith("the ") ? rename.now() : "`" + rename.now() + "`") + " |");
        }
    }
}
