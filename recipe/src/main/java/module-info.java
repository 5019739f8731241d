// Recipes: YAML bound to records, and the catalogue of methods that recipes can name. Modules whose records a recipe
// names or fills open their
// packages to this one.
module org.thurstone.recipe {
    requires java.compiler;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    exports org.thurstone.recipe;
    exports org.thurstone.recipe.index;

    provides javax.annotation.processing.Processor with
            org.thurstone.recipe.index.MethodProcessor;
}
