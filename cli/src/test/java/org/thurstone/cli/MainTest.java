package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    @Test
    void everyCommandHasHelpWithAnExample() {
        List<CommandLine> commands = new ArrayList<>(List.of(new CommandLine(new Main())));
        for (int i = 0; i < commands.size(); i++) {
            commands.addAll(commands.get(i).getSubcommands().values());
        }
        assertThat(commands).hasSizeGreaterThan(1).allSatisfy(c -> {
            String name = c.getCommandSpec().qualifiedName();
            String[] args = (name + " --help").split(" ");
            Shell help = Shell.run(java.util.Arrays.copyOfRange(args, 1, args.length));
            assertThat(help.code()).as(name).isZero();
            assertThat(help.err()).as(name).isEmpty();
            assertThat(help.out())
                    .as(name)
                    .contains("Example")
                    .containsPattern("  " + name + "[ \n]")
                    .contains("--debug");
        });
    }

    @Test
    void withoutACommandTheHelpIsPrinted() {
        Shell shell = Shell.run();
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("Usage: thurstone").contains("methods");
    }

    @Test
    void theVersionNamesJavaToo() {
        Shell shell = Shell.run("--version");
        assertThat(shell.code()).isZero();
        assertThat(shell.out()).startsWith("thurstone ").contains("Java 2");
    }
}
