// Distributions, intervals, quantiles and correlations.
module org.thurstone.statistics {
    requires static transitive org.jspecify;

    exports org.thurstone.statistics;
}
