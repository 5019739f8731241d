package org.thurstone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Files of which the ending says the form. */
final class OutputFiles {

    private OutputFiles() {}

    /** The lower-case ending of a file's name with its point, or nothing. */
    static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    }

    /** Refuses files of other endings, before anything is computed. */
    static void check(CommandSpec command, List<Path> files, List<String> endings) {
        for (Path file : files) {
            if (!endings.contains(ending(file))) {
                throw new ParameterException(
                        command.commandLine(),
                        "--output " + file + " has to end in one of: " + String.join(", ", endings));
            }
        }
    }
}
