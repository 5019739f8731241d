package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thurstone.data.AtomicFile;
import org.thurstone.recipe.Catalogue;
import org.thurstone.report.JsonText;
import org.thurstone.report.TerminalTable;
import org.thurstone.report.Version;
import org.thurstone.worlds.loss.Losses;
import org.thurstone.worlds.loss.MarginPlot;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone loss plot}: plots losses and their gradients as functions of the margin. */
@Command(
        name = "plot",
        description = {
            "Plot losses and their gradients against the margin.",
            "The margin of a pair is how much more the policy has moved towards the chosen completion than towards the rejected one, in nats; without a reference, how much more probable the chosen one is. Completions have one token. Terms that do not depend on the margin, such as a likelihood, are left out, and named.",
            "A loss is a name, or an object as in a recipe."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone loss plot dpo ipo simpo discopop --output losses.html",
            "  thurstone loss plot dpo '{dpo: 0.5}' '{link: hinge, beta: 0.1}' \\",
            "      --from -20 --to 20 --output betas.svg --output betas.html",
            "  thurstone loss plot dpo exo rdpo --relative"
        })
final class LossPlotCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "LOSS", description = "Losses to plot together.")
    private List<String> losses = List.of();

    @Option(
            names = "--from",
            paramLabel = "NATS",
            defaultValue = "-10",
            description = "Lowest margin (default: ${DEFAULT-VALUE}).")
    private double from = -10;

    @Option(
            names = "--to",
            paramLabel = "NATS",
            defaultValue = "10",
            description = "Highest margin (default: ${DEFAULT-VALUE}).")
    private double to = 10;

    @Option(
            names = "--relative",
            description =
                    "Divide each loss by its slope at margin 0, so that losses of different size can be compared.")
    private boolean relative;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write: .html, .svg or .json; may be repeated.")
    private List<Path> outputs = new ArrayList<>();

    @Mixin
    private final Format.OfCurves format = new Format.OfCurves();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!(from < to) || !Double.isFinite(from) || !Double.isFinite(to)) {
            throw new ParameterException(
                    spec.commandLine(), "--from " + from + " is not below --to " + to + ", or one is not finite");
        }
        OutputFiles.check(spec, outputs, List.of(".html", ".svg", ".json"));
        MarginPlot plot = new Losses(Catalogue.installed()).plot(losses, "thurstone loss plot", from, to, relative);
        outputs.forEach(file -> write(plot, file));
        PrintWriter out = spec.commandLine().getOut();
        switch (format.form()) {
            case JSON -> format.print(plot.document());
            case HTML -> out.print(plot.page(Version.current()).html());
            case TEXT -> {
                out.print(TerminalTable.of(plot.table(), false));
                plot.notes().forEach(out::println);
            }
        }
        outputs.forEach(file -> format.progress().println("written: " + file));
        return CommandLine.ExitCode.OK;
    }

    private static void write(MarginPlot plot, Path file) {
        switch (OutputFiles.ending(file)) {
            case ".svg" -> AtomicFile.write(file, plot.svg());
            case ".json" -> AtomicFile.write(file, JsonText.of(plot.document()) + "\n");
            default -> plot.page(Version.current()).write(file);
        }
    }
}
