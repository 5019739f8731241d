package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
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

/** {@code thurstone loss eval}: evaluates losses and their gradients on given log-probabilities. */
@Command(
        name = "eval",
        description = {
            "Evaluate losses on given log-probabilities.",
            "Each line of FILE is a case: a JSON object with \"loss\", a name or an object as in a recipe, and one of",
            "  \"pairs\": [{\"chosen\": {\"policy\": [log-probability per token, …],",
            "             \"reference\": […]}, \"rejected\": {…}}, …]",
            "  \"singles\": [{\"policy\": […], \"reference\": […], \"label\": true}, …]",
            "  \"lists\": [{\"completions\": [{\"policy\": […], \"value\": 0.7}, …]}, …]",
            "  \"demonstrations\": [{\"policy\": […]}, …]",
            "Other inputs of a loss, such as second_reference or token_weights, stand next to \"policy\" under the"
                    + " name that `thurstone methods` lists, as one value or one vector per token.",
            "A pair may have \"probability\", \"margin\" and \"weight\"; an example may have \"samples\" (completions"
                    + " drawn for its prompt), \"prompt_embedding\" and \"desirability\".",
            "A case may have \"mismatched\" (completions of other prompts, for kto) and \"memory\" (the state of a"
                    + " loss).",
            "Each line of the output is in double precision:",
            "  {\"loss\": weighted mean, \"each\": [value per example],",
            "   \"gradient\": [like the examples, d loss / d policy]}"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone loss eval cases.jsonl --output values.jsonl",
            "  echo '{\"loss\": \"simpo\", \"pairs\": [{\"chosen\": {\"policy\": [-1]},' \\",
            "      '\"rejected\": {\"policy\": [-2]}}]}' | thurstone loss eval -"
        })
final class LossEvalCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Cases, one per line; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--output",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "File to write: .jsonl or .jsonl.gz; - for standard output (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("-");

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines, where the answers go to a file. */
    record Document(long cases) {}

    @Override
    public Integer call() {
        if (format.json() && Pipe.standard(output)) {
            throw new ParameterException(spec.commandLine(), Pipe.BOTH);
        }
        String name = Pipe.standard(file) ? "standard input" : file.toString();
        Losses losses = new Losses(Catalogue.installed());
        long cases = Pipe.reading(
                file,
                System.in,
                in -> Pipe.writing(output, spec.commandLine().getOut(), to -> losses.answer(in, name, to)));
        if (format.json()) {
            format.print(new Document(cases));
        } else {
            PrintWriter told = Pipe.standard(output)
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            told.println(Count.of(cases, "case"));
        }
        return CommandLine.ExitCode.OK;
    }
}
