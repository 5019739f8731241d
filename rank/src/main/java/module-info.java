// Rankings with intervals, agreement and evaluation. No native code.
open module org.thurstone.rank {
    requires transitive org.thurstone.statistics;
    requires transitive org.thurstone.recipe;
    requires transitive org.thurstone.data;
    requires transitive org.thurstone.report;
    requires transitive org.thurstone.elicit;
    requires static transitive org.jspecify;

    exports org.thurstone.rank;
    exports org.thurstone.rank.agreement;
    exports org.thurstone.rank.audit;
    exports org.thurstone.rank.bench;
    exports org.thurstone.rank.board;
    exports org.thurstone.rank.certainty;
    exports org.thurstone.rank.choice;
    exports org.thurstone.rank.cycle;
    exports org.thurstone.rank.evaluation;
    exports org.thurstone.rank.file;
    exports org.thurstone.rank.linear;
    exports org.thurstone.rank.online;
    exports org.thurstone.rank.orders;
    exports org.thurstone.rank.pairs;
    exports org.thurstone.rank.posterior;
    exports org.thurstone.rank.prediction;
    exports org.thurstone.rank.robust;
    exports org.thurstone.rank.runtime;
    exports org.thurstone.rank.search;
    exports org.thurstone.rank.summary;
}
