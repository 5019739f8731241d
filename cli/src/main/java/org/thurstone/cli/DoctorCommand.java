package org.thurstone.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.thurstone.model.diagnosis.Diagnosis;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone doctor}: checks Java, native libraries, devices and memory, and suggests remedies. */
@Command(
        name = "doctor",
        description = {
            "Check what this machine provides and what is missing.",
            "Covers Java, native libraries, BLAS and threads, devices, memory and caches, with a remedy for each problem. Exit code 1 if something that is needed does not work."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone doctor", "  thurstone doctor --format json"})
final class DoctorCommand implements Callable<Integer> {

    private final Supplier<Diagnosis> diagnosis;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    DoctorCommand() {
        this(Diagnosis::make);
    }

    DoctorCommand(Supplier<Diagnosis> diagnosis) {
        this.diagnosis = diagnosis;
    }

    @Override
    public Integer call() {
        Diagnosis made = diagnosis.get();
        if (format.json()) {
            format.print(made);
        } else {
            spec.commandLine().getOut().print(made.text());
        }
        return made.well() ? CommandLine.ExitCode.OK : Failures.FAILED;
    }
}
