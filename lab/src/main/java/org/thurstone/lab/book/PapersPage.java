package org.thurstone.lab.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;

/** The page of all papers in Markdown: title, arXiv id, what is implemented, how it is replicated, and the verdict. */
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
        StringBuilder page = new StringBuilder("""
                <!-- generated; see PapersPageTest -->

                # Papers

                Papers whose methods are implemented or whose claims are replicated. `thurstone methods NAME` documents a method, and
                `thurstone replicate NAME` runs a replication. A dash means that there is no replication.

                | paper | arXiv | methods, by kind | replication | verdict |
                |---|---|---|---|---|
                """);
        Paper.known().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(e -> line(
                        new Paper(e.getKey(), e.getValue()),
                        methods.getOrDefault(e.getKey(), List.of()),
                        replications.getOrDefault(e.getKey(), List.of())))
                .forEach(page::append);
        return page.toString();
    }

    private static String line(Paper paper, List<NamedPart> methods, List<Notebook.Line> replications) {
        return "| %s | [%s](https://arxiv.org/abs/%s) | %s | %s | %s |\n"
                .formatted(
                        paper.title(),
                        paper.arxiv(),
                        paper.arxiv(),
                        methods(methods),
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
