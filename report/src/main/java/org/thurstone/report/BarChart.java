package org.thurstone.report;

import java.util.stream.DoubleStream;

/** Draws bars as an HTML grid, in which long names wrap, as SVG text would not. */
final class BarChart {

    private BarChart() {}

    static String of(Bars bars) {
        Scale scale = Scale.tight(
                bars.bars().stream().flatMapToDouble(BarChart::ends).filter(end -> Math.abs(end) < 1e300), 0, 100);
        StringBuilder out = new StringBuilder();
        out.append(Html.element("p", "measure", bars.value().label())).append("<div class=\"rows\">\n");
        for (Bars.Bar bar : bars.bars()) {
            out.append("<div class=\"row")
                    .append(bar.highlighted() ? " highlighted" : "")
                    .append("\">");
            out.append("<div class=\"of\">").append(Html.escape(bar.name())).append("</div><div class=\"track\">");
            if (Math.abs(bar.value()) < 1e300) {
                out.append(span("bar", scale.at(Math.min(0, bar.value())), scale.at(Math.max(0, bar.value()))));
                if (interval(bar)) out.append(span("whisker", scale.at(bar.low()), scale.at(bar.high())));
            }
            out.append("</div><div class=\"value\">").append(Html.escape(Numbers.on(bars.value(), bar.value())));
            if (interval(bar)) {
                String low = Numbers.on(bars.value(), bar.low());
                String high = Numbers.on(bars.value(), bar.high());
                out.append("<small>")
                        .append(Html.escape(Numbers.between(low.replace("\u00a0%", ""), high.replace("\u00a0%", ""))))
                        .append("</small>");
            }
            out.append("</div></div>\n");
        }
        return out.append("</div>\n").toString();
    }

    private static boolean interval(Bars.Bar bar) {
        return Math.abs(bar.low()) < 1e300 && Math.abs(bar.high()) < 1e300;
    }

    private static DoubleStream ends(Bars.Bar bar) {
        DoubleStream always = DoubleStream.of(0, bar.value());
        return interval(bar) ? DoubleStream.concat(always, DoubleStream.of(bar.low(), bar.high())) : always;
    }

    private static String span(String kind, double left, double right) {
        return "<i class=\"" + kind + "\" style=\"left:" + Ticks.at(left) + "%;width:" + Ticks.at(right - left)
                + "%\"></i>";
    }
}
