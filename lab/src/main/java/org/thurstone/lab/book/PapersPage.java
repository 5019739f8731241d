package org.thurstone.lab.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.ReadyRecipes;
import org.thurstone.worlds.language.RunRecipe;

/** The page of all papers in Markdown: title, arXiv id, what is implemented, which ready recipes use it, how it is replicated, and the verdict. */
public final class PapersPage {

    private PapersPage() {}

    /**
     * The page, by title.
     *
     * @param notebook the directory of results, which lies next to the page
     */
    public static String of(Catalogue catalogue, Notebook notebook) {
        Map<String, List<NamedPart>> methods = new TreeMap<>();
        for (NamedPart part : catalogue.parts()) {
            if (!part.kind().equals("replication")) {
                part.papers()
                        .forEach(id -> methods.computeIfAbsent(id, k -> new ArrayList<>())
                                .add(part));
            }
        }
        Map<String, List<Notebook.Line>> replications = new TreeMap<>();
        for (Notebook.Line line : notebook.lines(Entry.all(catalogue))) {
            line.entry()
                    .papers()
                    .forEach(p -> replications
                            .computeIfAbsent(p.arxiv(), k -> new ArrayList<>())
                            .add(line));
        }
        Map<String, List<String>> recipes = recipes(catalogue);
        StringBuilder page = new StringBuilder("""
            <!-- generated; see PapersPageTest -->

            # Papers

            Papers whose methods are implemented or whose claims are replicated. `thurstone methods NAME` documents a method,
            `thurstone recipe show NAME` prints a ready recipe that uses one, and `thurstone replicate NAME` runs a replication. A dash
            means that there is none.

            | paper | arXiv | methods, by kind | recipe | replication | verdict |
            |---|---|---|---|---|---|
            """);
        Paper.known().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(e -> line(
                        new Paper(e.getKey(), e.getValue()),
                        methods.getOrDefault(e.getKey(), List.of()),
                        recipes.getOrDefault(e.getKey(), List.of()),
                        replications.getOrDefault(e.getKey(), List.of())))
                .forEach(page::append);
        return page.toString();
    }

    /** The names of ready recipes by the papers whose methods they use, in baselines and by default included. */
    private static Map<String, List<String>> recipes(Catalogue catalogue) {
        Map<String, List<String>> recipes = new TreeMap<>();
        for (String name : ReadyRecipes.names()) {
            Record bound = (Record) RunRecipe.bind(Recipe.parse(ReadyRecipes.text(name), name), catalogue);
            catalogue.partsOf(bound).stream()
                    .flatMap(part -> part.papers().stream())
                    .distinct()
                    .forEach(paper -> recipes.computeIfAbsent(paper, k -> new ArrayList<>())
                            .add(name));
        }
        return recipes;
    }

    private static String line(
            Paper paper, List<NamedPart> methods, List<String> recipes, List<Notebook.Line> replications) {
        return "| %s | [%s](https://arxiv.org/abs/%s) | %s | %s | %s | %s |\n"
                .formatted(
                        paper.title(),
                        paper.arxiv(),
                        paper.arxiv(),
                        methods(methods),
                        recipes.isEmpty()
                                ? "–"
                                : recipes.stream()
                                        .map(name -> "[%s](../recipes/%s.yaml)".formatted(name, name))
                                        .collect(Collectors.joining(", ")),
                        replications.isEmpty()
                                ? "–"
                                : replications.stream()
                                        .map(l -> "[%s](replications/%s.md)"
                                                .formatted(
                                                        l.entry().name(),
                                                        l.entry().name()))
                                        .collect(Collectors.joining(", ")),
                        replications.isEmpty()
                                ? "–"
                                : replications.stream()
                                        .map(Notebook.Line::verdict)
                                        .collect(Collectors.joining(", ")));
    }

    /** {@code loss: ipo; link: squared}. */
    private static String methods(List<NamedPart> methods) {
        Map<String, String> byKind = methods.stream()
                .collect(Collectors.groupingBy(
                        NamedPart::kind,
                        TreeMap::new,
                        Collectors.mapping(p -> "`" + p.name() + "`", Collectors.joining(", "))));
        return byKind.isEmpty()
                ? "–"
                : byKind.entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .collect(Collectors.joining("; "));
    }
}
