// Prompts, completions and preferences, and files of them.
open module org.thurstone.data {
    requires transitive org.thurstone.recipe;
    requires transitive tools.jackson.databind;
    requires tools.jackson.dataformat.csv;
    requires static transitive org.jspecify;

    exports org.thurstone.data;
    exports org.thurstone.data.container;
    exports org.thurstone.data.content;
    exports org.thurstone.data.format;
    exports org.thurstone.data.inspect;

    uses org.thurstone.data.container.BinaryContainer;
}
