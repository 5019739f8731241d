package org.thurstone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;
import org.thurstone.model.diagnosis.NativeMemory;
import org.thurstone.recipe.RecipeError;
import org.thurstone.recipe.Rename;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports errors to the user: the message alone if the user can correct the error, one line for internal errors, and a stack trace only with {@code
 * --debug}.
 */
final class Failures {

    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private final BooleanSupplier debug;

    Failures(BooleanSupplier debug) {
        this.debug = debug;
    }

    /** Says what went wrong while a command ran; returns the exit code. */
    int report(Throwable failure, PrintWriter err) {
        if (debug.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        return switch (failure) {
            case RecipeError e -> say(err, String.valueOf(e.getMessage()), WRONG_USAGE);
            case UserError e -> say(err, String.valueOf(e.getMessage()), FAILED);
            case IOException e -> say(err, file(e), FAILED);
            // A class of its own has words of its own, such as those of a file of weights.
            case UncheckedIOException e
            when e.getClass() != UncheckedIOException.class -> say(err, String.valueOf(e.getMessage()), FAILED);
            case UncheckedIOException e when e.getCause() != null -> say(err, file(e.getCause()), FAILED);
            case OutOfMemoryError e ->
                say(
                        err,
                        "out of memory (" + e.getMessage() + "); give Java more with THURSTONE_JAVA_OPTIONS=-Xmx8g",
                        FAILED);
            case RuntimeException e
            when NativeMemory.refused(e).isPresent() ->
                say(
                        err,
                        "out of memory: " + NativeMemory.refused(e).orElseThrow()
                                + "; make the computation smaller (batch size, max-length, the adapter's"
                                + " rank), or use a machine with more",
                        FAILED);
            default ->
                say(
                        err,
                        "internal error: " + oneLine(failure) + "; run again with --debug for the stack trace",
                        FAILED);
        };
    }

    /**
     * What is made of a command's options.
     *
     * @throws ParameterException if they are refused with an {@link IllegalArgumentException}: that is wrong usage
     */
    static <T> T usage(CommandLine command, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    /** What is made of one option, which the message names first. */
    static <T> T usage(CommandLine command, String option, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, option + ": " + e.getMessage(), e);
        }
    }

    /** Says which option or argument was wrong, and what was perhaps meant. */
    int reportUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (debug.getAsBoolean()) {
            e.printStackTrace(err);
        }
        String renamed = renamed(command, args);
        if (!renamed.isEmpty()) {
            err.println(renamed);
        } else {
            err.println(message(e));
            rowFormat(command, e).ifPresent(err::println);
            UnmatchedArgumentException.printSuggestions(e, err);
        }
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_USAGE;
    }

    /** The message about an invalid value of an option, which lists the valid ones in the spelling of the help. */
    private static String message(ParameterException e) {
        if (e.getValue() != null
                && e.getArgSpec() instanceof OptionSpec option
                && option.type().isEnum()) {
            return option.longestName() + " " + e.getValue() + " is not one of: "
                    + Arrays.stream(option.type().getEnumConstants())
                            .map(word -> word.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return String.valueOf(e.getMessage());
    }

    /** The formats of standard output are not formats of rows, which {@code data inspect --format} once took. */
    private static Optional<String> rowFormat(CommandLine command, ParameterException e) {
        boolean inspecting = command.getCommand() instanceof InspectCommand;
        return Optional.ofNullable(e.getValue())
                .filter(value ->
                        inspecting && e.getArgSpec() instanceof OptionSpec o && o.names()[0].equals("--format"))
                .map(value -> "For the format of rows: --row-format " + value);
    }

    /** What is said of options that have another name now, whatever else is wrong because of them. */
    private static String renamed(CommandLine command, String[] args) {
        String name = command.getCommandSpec().qualifiedName().replaceFirst("^thurstone ?", "");
        return Arrays.stream(args)
                .filter(arg -> arg.startsWith("--"))
                .map(arg -> arg.replaceFirst("=.*", ""))
                .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option))
                .flatMap(option -> Rename.ofOption(name, option).stream())
                .map(Rename::message)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static int say(PrintWriter err, String message, int code) {
        err.println(message);
        return code;
    }

    /** Java's file exceptions often carry nothing but the path. */
    private static String file(IOException e) {
        return switch (e) {
            case NoSuchFileException f -> f.getFile() + ": no such file";
            case AccessDeniedException f -> f.getFile() + ": no permission";
            case FileAlreadyExistsException f -> f.getFile() + ": already exists";
            case FileSystemException f ->
                f.getFile() + ": " + Optional.ofNullable(f.getReason()).orElse("cannot be read or written");
            default -> "input or output failed: " + oneLine(e);
        };
    }

    private static String oneLine(Throwable failure) {
        String message = Optional.ofNullable(failure.getMessage())
                .map(m -> ": " + m.lines().findFirst().orElse(""))
                .orElse("");
        return failure.getClass().getSimpleName() + message;
    }
}
