// Tables, charts and self-contained pages.
open module org.thurstone.report {
    requires transitive org.thurstone.statistics;
    requires transitive org.thurstone.data;
    requires tools.jackson.databind;
    requires static transitive org.jspecify;

    exports org.thurstone.report;
}
