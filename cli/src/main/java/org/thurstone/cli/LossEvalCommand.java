package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Catalogue;
import org.thurstone.worlds.loss.Losses;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone loss eval}: numbers in, numbers out. */
@Command(
        name = "eval",
        description = {
            "Answer each line of a file, a case with log-probabilities, with the value of its loss and the gradient,"
                    + " in double.",
            "A case has \"loss\", a name or an object as in a recipe, and one of",
            "  \"pairs\": [{\"chosen\": {\"policy\": [a log-probability a token, …], \"reference\": […]},"
                    + " \"rejected\": {…}}, …]",
            "  \"singles\": [{\"policy\": […], \"reference\": […], \"label\": true}, …]",
            "  \"lists\": [{\"completions\": [{\"policy\": […], \"reference\": […], \"value\": 0.7}, …]}, …]",
            "  \"demonstrations\": [{\"policy\": […]}, …]",
            "What else a loss needs stands beside \"policy\" by the name that methods gives, a value or a vector a"
                    + " token:",
            "second_reference, token_weights, …; \"probability\", \"margin\" and \"weight\" beside a pair;"
                    + " \"mismatched\" (completions",
            "of other prompts, for kto) and \"memory\" (what a loss remembers) beside the examples; \"samples\""
                    + " (completions that were",
            "drawn for its prompt), \"prompt_embedding\" and \"desirability\" in an example. The answer:",
            "  {\"loss\": mean with weights, \"each\": [a value an example], \"gradient\": [as the examples, d loss /"
                    + " d policy]}"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone loss eval cases.jsonl",
            "  echo '{\"loss\": \"simpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1]}, \"rejected\": {\"policy\":"
                    + " [-2]}}]}' |",
            "    thurstone loss eval -"
        })
final class LossEvalCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Cases, a line each; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--out",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "Where the answers go, a line each; - for standard output (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("-");

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines, where the answers go to a file. */
    record Document(long cases) {}

    @Override
    public Integer call() {
        if (json.wanted() && Pipe.standard(out)) {
            throw new ParameterException(
                    spec.commandLine(), "--json and --out - both want standard output: name a file for --out");
        }
        String name = Pipe.standard(file) ? "standard input" : file.toString();
        Losses losses = new Losses(Catalogue.installed());
        long cases = Pipe.reading(
                file,
                System.in,
                in -> Pipe.writing(out, spec.commandLine().getOut(), to -> losses.answer(in, name, to)));
        if (json.wanted()) {
            json.print(new Document(cases));
        } else {
            PrintWriter told = Pipe.standard(out)
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            told.println(cases + (cases == 1 ? " case" : " cases"));
        }
        return CommandLine.ExitCode.OK;
    }
}
