package org.thurstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Output files whose format is given by their extension. */
final class OutputFiles {

    /** The options whose files are written. */
    private static final List<String> WRITTEN = List.of("--output", "--save");

    /** The labels of files and directories in the help. */
    private static final Pattern PATH = Pattern.compile("FILE|DIR|RUN");

    private OutputFiles() {}

    /** The lower-case ending of a file's name with its point, or nothing. */
    static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    }

    /**
     * Refuses to write where a command reads: an output that is one of the files or directories that its other options name, under whatever
     * name.
     */
    static void refuseInputs(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            List<ArgSpec> paths = command.getCommandSpec().args().stream()
                    .filter(arg -> PATH.matcher(arg.paramLabel()).find())
                    .toList();
            for (ArgSpec output : paths) {
                if (output instanceof OptionSpec option && WRITTEN.contains(option.longestName())) {
                    output.stringValues()
                            .forEach(file -> paths.stream()
                                    .filter(input -> !input.equals(output))
                                    .forEach(input -> refuse(command, option.longestName(), file, input)));
                }
            }
        }
    }

    private static void refuse(CommandLine command, String option, String output, ArgSpec input) {
        for (String file : input.stringValues()) {
            if (same(output, file)) {
                throw new ParameterException(
                        command,
                        option + " " + output + " is "
                                + (output.equals(file)
                                        ? "what is read"
                                        : "the same file as " + file + ", which is read")
                                + ": name another file");
            }
        }
    }

    private static boolean same(String output, String input) {
        try {
            Path one = Path.of(output);
            Path other = Path.of(input);
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** Refuses files of other endings, before anything is computed. */
    static void check(CommandSpec command, List<Path> files, List<String> endings) {
        check(command, "--output", files, endings);
    }

    /** Refuses files of an option that have other endings. */
    static void check(CommandSpec command, String option, List<Path> files, List<String> endings) {
        for (Path file : files) {
            if (!endings.contains(ending(file))) {
                throw new ParameterException(
                        command.commandLine(),
                        option + " " + file + " has to end in one of: " + String.join(", ", endings));
            }
        }
    }
}
