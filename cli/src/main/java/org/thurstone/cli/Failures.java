package org.thurstone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.thurstone.data.UserError;
import org.thurstone.recipe.RecipeError;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a user sees when something goes wrong: the message alone where the user can put it right, one line where it is our mistake, a stack
 * trace only with {@code --debug}.
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
            default ->
                say(
                        err,
                        "internal error: " + oneLine(failure) + "; run again with --debug for the stack trace",
                        FAILED);
        };
    }

    /** Says which option or argument was wrong, and what was perhaps meant. */
    int reportUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (debug.getAsBoolean()) {
            e.printStackTrace(err);
        }
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_USAGE;
    }

    private static int say(PrintWriter err, String message, int code) {
        err.println(message);
        return code;
    }

    /** Java's file exceptions often carry nothing but the path. */
    private static String file(IOException e) {
        return switch (e) {
            case NoSuchFileException f -> f.getFile() + ": there is no such file";
            case AccessDeniedException f -> f.getFile() + ": no permission";
            case FileAlreadyExistsException f -> f.getFile() + ": is there already";
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
