package org.thurstone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.thurstone.rank.board.PairingForecast;
import org.thurstone.rank.board.SavedBoard;
import org.thurstone.report.TerminalTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone board predict}: predicts a battle of two items. */
@Command(
        name = "predict",
        description = {
            "Predict a battle of two items on a kept board.",
            "Prints the probability that the first wins, ties or loses, by each method of the board. The first is the left (home) item."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone board predict board.json espresso filter",
            "  thurstone board predict board.json espresso filter --format json"
        })
final class BoardPredictCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BOARD", description = "Board that thurstone rank --save kept.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path board;

    @Parameters(index = "1", paramLabel = "ITEM", description = "Left or home item.")
    private String left = "";

    @Parameters(index = "2", paramLabel = "ITEM", description = "Right item.")
    private String right = "";

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        SavedBoard kept = SavedBoard.read(board);
        List<PairingForecast> forecasts = kept.predict(left, right);
        if (format.json()) {
            format.print(forecasts);
        } else {
            spec.commandLine()
                    .getOut()
                    .print(TerminalTable.of(
                            PairingForecast.table(forecasts, kept.inference().level()), false));
        }
        return CommandLine.ExitCode.OK;
    }
}
