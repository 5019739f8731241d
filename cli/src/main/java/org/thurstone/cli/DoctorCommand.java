package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.thurstone.cli.doctor.Checkup;
import org.thurstone.cli.doctor.Finding;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone doctor}: what this machine has, what is missing, and what to do about it. */
@Command(
        name = "doctor",
        description = {
            "Check this machine: Java, native libraries, BLAS and threads, devices, memory, caches; and what to do about each.",
            "Ends with 1 if something that is needed does not work."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone doctor", "  thurstone doctor --json"})
final class DoctorCommand implements Callable<Integer> {

    private final Supplier<List<Finding>> checkup;

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    DoctorCommand() {
        this(Checkup::findings);
    }

    DoctorCommand(Supplier<List<Finding>> checkup) {
        this.checkup = checkup;
    }

    /** The document for machines. */
    record Document(boolean well, List<Finding> findings) {}

    @Override
    public Integer call() {
        List<Finding> findings = checkup.get();
        boolean well = findings.stream().noneMatch(f -> f.state() == Finding.State.FAILS);
        if (json.wanted()) {
            json.print(new Document(well, findings));
        } else {
            print(findings, spec.commandLine().getOut());
        }
        return well ? CommandLine.ExitCode.OK : Failures.FAILED;
    }

    private static void print(List<Finding> findings, PrintWriter out) {
        for (Finding f : findings) {
            String mark = switch (f.state()) {
                case FINE -> "ok  ";
                case COULD_BE_BETTER -> "hint";
                case FAILS -> "FAIL";
            };
            out.printf("%s  %-11s %s%n", mark, f.part(), f.found());
            f.advice().ifPresent(advice -> out.printf("%18s→ %s%n", "", advice));
        }
    }
}
