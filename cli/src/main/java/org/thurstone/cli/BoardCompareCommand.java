package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurstone.rank.board.BoardChange;
import org.thurstone.rank.board.SavedBoard;
import org.thurstone.report.TerminalTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone board compare}: which items moved from one kept board to another. */
@Command(
        name = "compare",
        description = {
            "Compare two kept boards, and list the items that moved.",
            "An item moved if the interval of the change of its rating excludes zero, all items considered together. Ratings are taken about the mean"
                    + " of the items that both boards have."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone board compare march.json april.json",
            "  thurstone board compare march.json april.json --format json"
        })
final class BoardCompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BOARD", description = "Earlier board, which thurstone rank --save kept.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path earlier;

    @Parameters(index = "1", paramLabel = "BOARD", description = "Later board.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path later;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        BoardChange change = BoardChange.between(SavedBoard.read(earlier), SavedBoard.read(later));
        if (format.json()) {
            format.print(change);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            out.print(TerminalTable.of(change.table(), false));
            change.sentences().forEach(out::println);
        }
        return CommandLine.ExitCode.OK;
    }
}
