// Questions, answers, respondents and the ledger.
open module org.thurstone.elicit {
    requires transitive org.thurstone.recipe;
    requires transitive org.thurstone.data;
    requires static transitive org.jspecify;

    exports org.thurstone.elicit;
    exports org.thurstone.elicit.exchange;
    exports org.thurstone.elicit.ledger;
    exports org.thurstone.elicit.respondent;
}
