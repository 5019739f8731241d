package org.thurstone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thurstone.rank.audit.AuditSettings;
import org.thurstone.rank.bench.AuditBench;
import org.thurstone.rank.bench.PlantedBoard;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thurstone bench audit}: audits boards with planted defects. */
@Command(
        name = "audit",
        description = {
            "Audit boards with planted defects, and count the flags.",
            "Fails if a planted defect is flagged in less than 90 %% of its boards, or if significantly more than 5 %% of"
                    + " the boards without a defect raise a flag."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone bench audit", "  thurstone bench audit --boards 20 --seed 1001"})
final class BenchAuditCommand implements Callable<Integer> {

    @Option(
            names = "--boards",
            defaultValue = "200",
            paramLabel = "N",
            description = "Boards of each kind, with seeds one after the other (default: ${DEFAULT-VALUE}).")
    private int boards = 200;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        AuditBench bench =
                Failures.usage(spec.commandLine(), () -> new AuditBench(seed.seed(), boards, AuditSettings.DEFAULT));
        List<AuditBench.Row> rows = new ArrayList<>();
        for (PlantedBoard board : PlantedBoard.values()) {
            AuditBench.Row row = bench.run(board);
            rows.add(row);
            format.progress().println(line(row));
            format.progress().flush();
        }
        if (format.json()) {
            format.print(rows);
        }
        boolean passed = rows.stream().allMatch(row -> row.missed().isEmpty());
        return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static String line(AuditBench.Row row) {
        String flags = row.flags().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.1f %%", e.getKey(), 100.0 * e.getValue() / row.boards()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%-20s any %.1f %%%s%s",
                row.board(),
                100.0 * row.any() / row.boards(),
                flags.isEmpty() ? "" : "; " + flags,
                row.missed().isEmpty() ? "" : "  MISSED: " + String.join(", ", row.missed()));
    }
}
