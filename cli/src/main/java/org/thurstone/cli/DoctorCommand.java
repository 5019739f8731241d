package org.thurstone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.thurstone.endpoint.http.Proxies;
import org.thurstone.model.diagnosis.Diagnosis;
import org.thurstone.model.diagnosis.Finding;
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
            "Covers Java, native libraries, BLAS and threads, devices, memory, caches and proxies, with a remedy for each problem. Exit code 1 if something that is needed does not work."
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
        this(() -> withProxies(Diagnosis.make(), Proxies.ofEnvironment()));
    }

    DoctorCommand(Supplier<Diagnosis> diagnosis) {
        this.diagnosis = diagnosis;
    }

    /** The same diagnosis with a finding for each proxy that the environment names. */
    static Diagnosis withProxies(Diagnosis diagnosis, Proxies proxies) {
        List<Finding> findings = new ArrayList<>(diagnosis.findings());
        for (Proxies.Described proxy : proxies.describe()) {
            findings.add(new Finding(
                    "proxy",
                    proxy.usable() ? Finding.State.FINE : Finding.State.COULD_BE_BETTER,
                    proxy.shown(),
                    proxy.usable() ? Optional.empty() : Optional.of("set it to an address such as http://proxy:8080")));
        }
        return Diagnosis.of(findings);
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
