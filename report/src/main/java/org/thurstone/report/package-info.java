/**
 * Reports: one self-contained HTML file without fonts or requests. It can be mailed, archived with the figures, and printed. A
 * {@link org.thurstone.report.SortableTable} brings one small script, {@code table.js}, which the page allows by its hash; it is complete without it.
 *
 * <p>{@link org.thurstone.report.Report} is the entry point: a title and a list of {@link org.thurstone.report.Section}s, which are
 * plain data. {@code Page} lays them out; {@code LineChart}, {@code BarChart}, {@code TableMarkup} and {@code SampleCards} draw one kind each;
 * {@code plot.css} and {@code report.css} are the whole design. All text that comes from outside goes through {@code Html.escape}. The same
 * {@link org.thurstone.report.Table} prints to a console through {@link org.thurstone.report.TerminalTable}.
 */
@NullMarked
package org.thurstone.report;

import org.jspecify.annotations.NullMarked;
