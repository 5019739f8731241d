package org.thurstone.report;

/** A part of a report. A new kind is a record here and a case in {@code Page}; the compiler names the rest. */
public sealed interface Section
        permits Bars, Code, Facts, Headline, Lines, Note, Panels, Samples, SortableTable, Table {}
