package org.thurstone.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

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

    /**
     * The document: records, lists, maps and single values. Names are in snake_case; optionals are their value or null, and so are numbers
     * that there are none of.
     */
    void print(Object document) {
        PrintWriter out = command.commandLine().getOut();
        Figure figures = new Figure();
        out.println(JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModule(
                        new SimpleModule().addSerializer(Double.class, figures).addSerializer(Double.TYPE, figures))
                .build()
                .writeValueAsString(document));
    }

    /** JSON has no NaN, and a string in a number's place is a trap for whoever reads it. */
    private static final class Figure extends StdSerializer<Double> {
        Figure() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator to, SerializationContext context) {
            if (value.isNaN()) {
                to.writeNull();
            } else {
                to.writeNumber(value);
            }
        }
    }
}
