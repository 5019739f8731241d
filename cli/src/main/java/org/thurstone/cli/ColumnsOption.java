package org.thurstone.cli;

import java.util.Map;
import java.util.Optional;
import org.thurstone.data.format.ReadOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code --columns chosen=good,rejected=bad} says. */
final class ColumnsOption {

    private ColumnsOption() {}

    /** The column in the file by the name that formats know; nothing where the option is not given. */
    static Map<String, String> parse(CommandSpec spec, Optional<String> text) {
        try {
            return text.map(ReadOptions::parseColumns).orElse(Map.of());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--columns: " + e.getMessage());
        }
    }

    static ReadOptions on(CommandSpec spec, ReadOptions options, Optional<String> text) {
        return options.withColumns(parse(spec, text));
    }
}
