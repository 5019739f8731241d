package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.thurstone.report.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The option {@code --format} for commands to mix in: the format of standard output. Subclasses differ in the formats that they offer. A
 * command that is asked for a document, which is any form but text, prints exactly one, at its end; whatever it says on the way goes to
 * {@link #progress}, so that standard output can be piped.
 *
 * @param <F> the formats that a command offers; {@code TEXT} and {@code JSON} are among them
 */
abstract sealed class Format<F extends Enum<F>> {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    /** The format that was requested. */
    abstract F form();

    boolean json() {
        return is("json");
    }

    private boolean is(String name) {
        return form().name().toLowerCase(Locale.ROOT).equals(name);
    }

    /** The stream for progress: standard error if standard output is for a document. */
    PrintWriter progress() {
        return is("text") ? out() : command.commandLine().getErr();
    }

    /** Prints the document: records, lists, maps and single values, as {@link JsonText} writes them. */
    void print(Object document) {
        out().println(JsonText.of(document));
    }

    /** Prints figures: as JSON, or one per line after its name. */
    void printFigures(Object figures) {
        if (json()) {
            print(figures);
        } else {
            lines("", JsonMapper.shared().readTree(JsonText.of(figures)));
        }
    }

    private void lines(String name, JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(e -> lines(name.isEmpty() ? e.getKey() : name + "." + e.getKey(), e.getValue()));
        } else if (value.isArray() && !value.isEmpty() && value.get(0).isContainer()) {
            for (int i = 0; i < value.size(); i++) {
                lines(name + "." + i, value.get(i));
            }
        } else {
            out().println(name + ": " + value.toString());
        }
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Formats of most commands. */
    static final class TextOrJson extends Format<TextOrJson.Form> {

        enum Form {
            TEXT,
            JSON
        }

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "Format of standard output: text or json (default: ${DEFAULT-VALUE}).")
        private Form form = Form.TEXT;

        @Override
        Form form() {
            return form;
        }
    }

    /** Formats of boards. */
    static final class OfBoards extends Format<OfBoards.BoardForm> {

        enum BoardForm {
            TEXT,
            JSON,
            CSV,
            HTML
        }

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "Format of standard output: text, json, csv or html (default: ${DEFAULT-VALUE}).")
        private BoardForm form = BoardForm.TEXT;

        @Override
        BoardForm form() {
            return form;
        }
    }

    /** Formats of curves. */
    static final class OfCurves extends Format<OfCurves.CurveForm> {

        enum CurveForm {
            TEXT,
            JSON,
            HTML
        }

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "Format of standard output: text, json or html (default: ${DEFAULT-VALUE}).")
        private CurveForm form = CurveForm.TEXT;

        @Override
        CurveForm form() {
            return form;
        }
    }

    /** Formats of lists that are also pages of the documentation. */
    static final class OfLists extends Format<OfLists.ListForm> {

        enum ListForm {
            TEXT,
            JSON,
            MARKDOWN
        }

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "Format of standard output: text, json or markdown (default: ${DEFAULT-VALUE}).")
        private ListForm form = ListForm.TEXT;

        @Override
        ListForm form() {
            return form;
        }
    }
}
