package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.data.AtomicFile;
import org.thurstone.recipe.Catalogue;
import org.thurstone.report.TerminalTable;
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

/** {@code thurstone loss plot}: what a loss makes of a margin. */
@Command(
        name = "plot",
        description = {
            "Draw losses and their gradients against the margin of a pair: how much more the policy has moved towards"
                    + " the chosen",
            "completion than towards the rejected one, in nats (without a reference: how much more probable it is)."
                    + " Completions",
            "have one token. What is added beside the margin, such as a likelihood, is left out, and said to be.",
            "A loss is a name, or an object as in a recipe."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone loss plot dpo ipo simpo discopop --out losses.html",
            "  thurstone loss plot dpo '{dpo: 0.5}' '{link: hinge, beta: 0.1}' --from -20 --to 20 --out betas.svg",
            "  thurstone loss plot dpo exo rdpo --relative"
        })
final class LossPlotCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "LOSS", description = "Losses to draw together.")
    private List<String> losses = List.of();

    @Option(names = "--from", defaultValue = "-10", description = "The lowest margin (default: ${DEFAULT-VALUE}).")
    private double from = -10;

    @Option(names = "--to", defaultValue = "10", description = "The highest margin (default: ${DEFAULT-VALUE}).")
    private double to = 10;

    @Option(
            names = "--relative",
            description = "Divide each loss by its slope at margin 0, so that shapes of different size compare.")
    private boolean relative;

    @Option(names = "--out", paramLabel = "FILE", description = "An .html page or an .svg drawing, by itself.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!(from < to) || !Double.isFinite(from) || !Double.isFinite(to)) {
            throw new ParameterException(
                    spec.commandLine(), "--from " + from + " is not below --to " + to + ", or one is not finite");
        }
        String format = out.map(LossPlotCommand::ending).orElse("");
        if (out.isPresent() && !format.equals("html") && !format.equals("svg")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--out " + out.get() + " says neither .html nor .svg: the ending is the format");
        }
        MarginPlot plot = new Losses(Catalogue.installed()).plot(losses, "thurstone loss plot", from, to, relative);
        out.ifPresent(file -> {
            if (format.equals("svg")) {
                AtomicFile.write(file, plot.svg());
            } else {
                plot.page(Main.version()).write(file);
            }
        });
        if (json.wanted()) {
            json.print(plot.document());
        } else {
            PrintWriter told = spec.commandLine().getOut();
            told.print(TerminalTable.of(plot.table(), false));
            plot.notes().forEach(told::println);
            out.ifPresent(file -> told.println("drawn in " + file));
        }
        return CommandLine.ExitCode.OK;
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
