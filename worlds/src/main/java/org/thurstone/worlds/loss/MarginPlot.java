package org.thurstone.worlds.loss;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.report.Report;
import org.thurstone.report.Table;
import org.thurstone.train.loss.margin.MarginCurve;
import org.thurstone.train.loss.margin.MarginReport;

/** Plots of losses against the margin, in several formats. */
public final class MarginPlot {

    private final MarginReport report;

    MarginPlot(MarginReport report) {
        this.report = report;
    }

    /**
     * For machines.
     *
     * @param margin the margins, in nats
     * @param losses each with its values and gradients at the margins
     */
    public record Document(double[] margin, List<MarginCurve> losses) {}

    public Document document() {
        return new Document(report.margins(), report.curves());
    }

    /** Each loss at both ends and in the middle, and where it is lowest. */
    public Table table() {
        return report.table();
    }

    /** What a reader has to know, a sentence each: terms that were left out, and losses that look flat. */
    public List<String> notes() {
        return Stream.concat(
                        report.curves().stream().map(MarginCurve::note).flatMap(Optional::stream),
                        report.flattened().stream())
                .toList();
    }

    /** A self-contained drawing. */
    public String svg() {
        return report.svg();
    }

    /**
     * A self-contained page.
     *
     * @param version of the program, for its foot
     */
    public Report page(String version) {
        return report.page(version);
    }
}
