package org.thurstone.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Keeps words such as {@code loss.beta=0.2} and {@code chosen=good,rejected=bad} on one line of the help. picocli may break a line after any full stop
 * or comma, also within a word. Those are replaced by characters that allow no break, and restored when the lines are made.
 */
final class WholeWords {

    // Private-use characters, which no text contains.
    private static final char STOP = '\uE000';
    private static final char COMMA = '\uE001';
    private static final Pattern INNER_STOP = Pattern.compile("\\.(?=[\\p{L}\\p{N}])");
    private static final Pattern INNER_COMMA = Pattern.compile(",(?=[\\p{L}\\p{N}])");

    private WholeWords() {}

    /** Prepares the help of a command and of all its subcommands. @return the same command */
    static CommandLine inHelpOf(CommandLine command) {
        command.setHelpFactory(WithWholeWords::new);
        prepare(command);
        return command;
    }

    private static void prepare(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.description(
                Arrays.stream(usage.description()).map(WholeWords::joined).toArray(String[]::new));
        Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(command.getHelpSectionMap());
        sections.replaceAll((name, section) -> help -> restored(section.render(help)));
        command.setHelpSectionMap(sections);
        command.getSubcommands().values().forEach(WholeWords::prepare);
    }

    private static String joined(String text) {
        return INNER_COMMA
                .matcher(INNER_STOP.matcher(text).replaceAll(String.valueOf(STOP)))
                .replaceAll(String.valueOf(COMMA));
    }

    /** The text with its full stops and commas. */
    static String restored(String text) {
        return text.replace(STOP, '.').replace(COMMA, ',');
    }

    /** Descriptions of options and parameters are read-only in their specification, so they are changed as they are rendered. */
    private static final class WithWholeWords extends Help {

        WithWholeWords(CommandSpec command, ColorScheme colours) {
            super(command, colours);
        }

        @Override
        public IOptionRenderer createDefaultOptionRenderer() {
            IOptionRenderer usual = super.createDefaultOptionRenderer();
            return (option, label, colours) -> joined(usual.render(option, label, colours), colours);
        }

        @Override
        public IParameterRenderer createDefaultParameterRenderer() {
            IParameterRenderer usual = super.createDefaultParameterRenderer();
            return (parameter, label, colours) -> joined(usual.render(parameter, label, colours), colours);
        }

        /** The description is in the last column, without colours. */
        private static Text[][] joined(Text[][] rows, ColorScheme colours) {
            for (Text[] row : rows) {
                row[row.length - 1] = colours.text(WholeWords.joined(row[row.length - 1].plainString()));
            }
            return rows;
        }
    }
}
