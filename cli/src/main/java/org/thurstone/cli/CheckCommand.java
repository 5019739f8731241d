package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
import org.thurstone.worlds.language.RunCheck;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone check}: compares the files of a run with their checksums. */
@Command(
        name = "check",
        description = {
            "Check that the files of a run are as they were written.",
            "Every file that a resumed run or its model relies on is read and compared with its checksum. Exit code 1"
                    + " if one is damaged or missing."
        },
        footerHeading = "%nExamples:%n",
        footer = "  thurstone check runs/mine")
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "Run directory.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path run;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines. */
    record Document(boolean recorded, int files, List<Fault> faults) {}

    /** A file that is not as it was written. */
    record Fault(String file, String what) {}

    @Override
    public Integer call() {
        RunCheck check = RunCheck.of(run);
        if (format.json()) {
            format.print(new Document(
                    check.recorded(),
                    check.files(),
                    check.faults().stream()
                            .map(fault -> new Fault(fault.name(), fault.what()))
                            .toList()));
        } else {
            PrintWriter out = spec.commandLine().getOut();
            if (!check.recorded()) {
                out.println(
                        run + " was begun by a version that recorded no checksums: only weights, states and lines that"
                                + " have one of their own are checked");
            }
            check.faults().forEach(fault -> out.println(run.resolve(fault.name()) + " " + fault.what()));
            out.println(Count.of(check.files(), "file") + " checked, "
                    + (check.faults().isEmpty()
                            ? "all as they were written"
                            : check.faults().size() + " damaged or missing"));
        }
        return check.faults().isEmpty() ? CommandLine.ExitCode.OK : Failures.FAILED;
    }
}
