package org.thurstone.cli;

import java.io.PrintWriter;
import org.thurstone.report.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The option {@code --json} for commands to mix in. A command that is asked for JSON prints exactly one document, at its end; whatever it
 * says on the way goes to {@link #progress}, so that standard output can be piped.
 */
final class Json {

    @Option(names = "--json", description = "Print one JSON document on standard output, all else on standard error.")
    private boolean wanted;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    boolean wanted() {
        return wanted;
    }

    /** Where people are told how it goes: standard error where standard output is kept for the document. */
    PrintWriter progress() {
        return wanted ? command.commandLine().getErr() : command.commandLine().getOut();
    }

    /** Prints the document: records, lists, maps and single values, as {@link JsonText} writes them. */
    void print(Object document) {
        command.commandLine().getOut().println(JsonText.of(document));
    }
}
