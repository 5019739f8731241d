package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of every command at 80 columns. */
class HelpTest {

    private static final int COLUMNS = 80;
    private static final int FIRST_LINE = 60;

    private static final Map<String, CommandLine> COMMANDS = commands();

    private static Map<String, CommandLine> commands() {
        Map<String, CommandLine> all = new LinkedHashMap<>();
        List<CommandLine> open = new ArrayList<>(List.of(Main.command()));
        for (int i = 0; i < open.size(); i++) {
            CommandLine command = open.get(i);
            all.put(command.getCommandSpec().qualifiedName(), command);
            open.addAll(command.getSubcommands().values());
        }
        return all;
    }

    private static String help(CommandLine command) {
        return command.setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(COLUMNS)
                .getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    @Test
    void nothingIsPrintedToSystemErr() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
            COMMANDS.values().forEach(HelpTest::help);
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        COMMANDS.forEach((name, command) -> assertThat(help(command).lines())
                .as(name)
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThan(COLUMNS + 1)));
    }

    /** No line ends within a word such as {@code loss.beta=0.2}, or within the label of an option. */
    @Test
    void wordsAreNotBroken() {
        COMMANDS.forEach((name, command) -> assertThat(help(command).lines())
                .as(name)
                .allSatisfy(line -> assertThat(line).doesNotMatch(".*(<\\w+>|[\\[=]$).*")));
        COMMANDS.forEach((name, command) -> {
            List<String> words = Arrays.stream(help(command).split("\\s+"))
                    .map(HelpTest::bare)
                    .toList();
            Stream<String> said = Stream.concat(
                    Arrays.stream(command.getCommandSpec().usageMessage().description()),
                    Stream.concat(
                                    command.getCommandSpec().options().stream(),
                                    command.getCommandSpec().positionalParameters().stream())
                            .flatMap(o -> Arrays.stream(o.description())));
            assertThat(said.flatMap(d -> Arrays.stream(d.split("\\s+")))
                            .map(WholeWords::restored)
                            .map(HelpTest::bare)
                            .filter(word -> word.matches("[\\w.=,]+[.,][\\w.=,]+")))
                    .as(name)
                    .allSatisfy(word -> assertThat(words).contains(word));
        });
    }

    private static String bare(String word) {
        return word.replaceAll("^\\(|[;:,.)]+$", "");
    }

    @Test
    void firstLineOfEveryDescriptionIsOneShortSentence() {
        COMMANDS.forEach((name, command) -> {
            String first = command.getCommandSpec().usageMessage().description()[0];
            assertThat(first).as(name).endsWith(".").hasSizeLessThanOrEqualTo(FIRST_LINE);
            assertThat(first.substring(0, first.length() - 1)).as(name).doesNotContain(". ");
        });
    }

    @Test
    void commandListsHoldWholeDescriptions() {
        COMMANDS.forEach((name, command) -> {
            String joined = help(command).replaceAll("\\s+", " ");
            command.getSubcommands()
                    .forEach((word, sub) -> assertThat(joined)
                            .as(name)
                            .contains(" " + word + " "
                                    + sub.getCommandSpec().usageMessage().description()[0]));
        });
    }

    @Test
    void everyDescriptionIsWholeSentences() {
        COMMANDS.forEach((name, command) -> {
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description())
                    .as(name)
                    .allSatisfy(line -> assertThat(line)
                            .matches(l -> l.startsWith(" ") || l.endsWith(".") || l.endsWith(":") || l.endsWith("of")));
            for (OptionSpec option : command.getCommandSpec().options()) {
                said(name + " " + option.longestName(), option.description());
            }
            for (PositionalParamSpec positional : command.getCommandSpec().positionalParameters()) {
                said(name + " " + positional.paramLabel(), positional.description());
            }
        });
    }

    private static void said(String where, String[] description) {
        assertThat(description).as(where).hasSize(1);
        assertThat(description[0])
                .as(where)
                .matches(d -> d.endsWith(".") || d.matches("(?s).*: thurstone [a-z -]+"))
                .doesNotContain("unless said")
                .doesNotContain("COMPLETION-CANDIDATES");
    }

    /** One wording for one option, but for what names the command's own files, methods and forms. */
    @Test
    void sharedOptionsHaveOneWording() {
        for (String shared : List.of("--seed", "--device", "--model")) {
            assertThat(COMMANDS.values().stream()
                            .filter(c -> !c.getCommandSpec().qualifiedName().startsWith("thurstone bench"))
                            .map(c -> c.getCommandSpec().optionsMap().get(shared))
                            .filter(o -> o != null)
                            .map(o -> o.description()[0])
                            .distinct())
                    .as(shared)
                    .hasSize(1);
        }
    }

    @Test
    void everyExampleParses() {
        COMMANDS.forEach((name, command) -> {
            String footer =
                    String.join("\n", command.getCommandSpec().usageMessage().footer());
            for (String example : footer.replaceAll("\\\\\n\\s+", "").split("\n")) {
                String line = example.strip().replaceAll("\\s{2,}.*", "").replaceAll(" [<>|] .*", "");
                assertThat(example).as(name).startsWith("  ");
                if (line.startsWith("thurstone ") && !line.contains("--help") && !line.contains("'")) {
                    String[] args = line.replace("\"Once upon a time\"", "Once").split(" ");
                    new CommandLine(new Main())
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .parseArgs(Arrays.copyOfRange(args, 1, args.length));
                }
            }
        });
    }
}
