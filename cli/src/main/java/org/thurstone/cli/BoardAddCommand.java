package org.thurstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.rank.board.BoardReport;
import org.thurstone.rank.board.SavedBoard;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.file.VoteFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone board add}: adds votes to a kept board. */
@Command(
        name = "add",
        description = {
            "Add votes to a kept board.",
            "The board is fitted again to all votes, as if all had been read at once. Columns are found as by thurstone rank."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone board add board.json more.csv",
            "  thurstone board add march.json april.csv --save april.json"
        })
final class BoardAddCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BOARD", description = "Board that thurstone rank --save kept.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path board;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Votes to add: files, patterns, or - for standard input.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private final VoteOptions votes = new VoteOptions();

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "File to keep the board in, .json (default: the one that was read).")
    private Optional<Path> save = Optional.empty();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        save.ifPresent(to -> OutputFiles.check(spec, "--save", List.of(to), List.of(".json")));
        SavedBoard kept = SavedBoard.read(board);
        Path to = save.orElse(board);
        try (VoteInput input = VoteInput.of(files, System.in)) {
            input.remarks().forEach(remark -> format.progress().println(remark));
            VoteFile more = input.read(() -> VoteFiles.read(input.files(), votes.reading(false)));
            SavedBoard grown = kept.with(more.votes());
            BoardReport report = grown.report(String.valueOf(to.getFileName()), more.remarks());
            grown.write(to, report);
            if (format.json()) {
                format.print(report.document());
            } else {
                spec.commandLine().getOut().print(input.named(report.text()));
            }
        }
        format.progress().println("written: " + to);
        return CommandLine.ExitCode.OK;
    }
}
