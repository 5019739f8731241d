package org.thurstone.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

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

    /** The document: records, lists, maps and single values; optionals are their value or null. */
    void print(Object document) {
        PrintWriter out = command.commandLine().getOut();
        out.println(JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(document));
    }
}
