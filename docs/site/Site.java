import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;

/**
 * Makes the site: every page of {@code docs} as HTML, and one with all methods of the catalogue. Fails if a link between pages leads nowhere.
 * Arguments: the directory {@code docs}, the directory to write, and the address of the repository, for links to its other files.
 */
public final class Site {

    /** In the order in which one reads them; what is not named here is reached by links. */
    private static final Map<String, String> NAVIGATION = new LinkedHashMap<>();

    static {
        NAVIGATION.put("index", "Thurstone");
        NAVIGATION.put("quickstart", "Quickstart");
        NAVIGATION.put("own-data", "Your own data");
        NAVIGATION.put("own-model", "Your own model");
        NAVIGATION.put("serve", "Serve a model");
        NAVIGATION.put("judges", "Judges and people");
        NAVIGATION.put("ranking", "Ranking");
        NAVIGATION.put("recipes", "Recipes");
        NAVIGATION.put("library", "Java");
        NAVIGATION.put("methods", "Methods");
        NAVIGATION.put("papers", "Papers");
        NAVIGATION.put("replications/README", "Replications");
        NAVIGATION.put("architecture", "Architecture");
    }

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();

    private final Path docs;
    private final Path site;
    private final String repository;
    private final List<String> dangling = new ArrayList<>();

    private Site(Path docs, Path site, String repository) {
        this.docs = docs;
        this.site = site;
        this.repository = repository;
    }

    public static void main(String[] args) throws IOException {
        new Site(Path.of(args[0]).toRealPath(), Path.of(args[1]), args[2]).make();
    }

    private void make() throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(docs)) {
            files = walked.filter(Files::isRegularFile)
                    .map(docs::relativize)
                    .filter(f -> !f.startsWith("target") && !f.startsWith("site"))
                    .sorted()
                    .toList();
        }
        int pages = 1;
        for (Path file : files) {
            String name = file.toString().replace('\\', '/');
            if (name.endsWith(".md")) {
                page(name.substring(0, name.length() - 3), Files.readString(docs.resolve(file)));
                pages++;
            } else if (name.matches(".*\\.(png|svg|jpg|html)")) {
                Path to = site.resolve(file);
                Files.createDirectories(to.getParent());
                Files.copy(docs.resolve(file), to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        page("methods", methods());
        if (!dangling.isEmpty()) {
            System.err.println("links that lead nowhere:\n  " + String.join("\n  ", dangling));
            System.exit(1);
        }
        System.out.println(pages + " pages in " + site);
    }

    private void page(String name, String markdown) throws IOException {
        Node document = PARSER.parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(target(name, link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(target(name, image.getDestination()));
                visitChildren(image);
            }
        });
        String up = "../".repeat(name.split("/").length - 1);
        String navigation = NAVIGATION.entrySet().stream()
                .filter(e -> e.getKey().equals("methods") || Files.exists(docs.resolve(e.getKey() + ".md")))
                .map(e -> "<a%s href=\"%s%s.html\">%s</a>"
                        .formatted(e.getKey().equals(name) ? " class=here" : "", up, e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n"));
        String title = markdown.lines()
                .filter(l -> l.startsWith("# "))
                .findFirst()
                .map(l -> l.substring(2))
                .orElse(name);
        String html = """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%s</title>
                <style>%s</style>
                <nav>
                %s
                </nav>
                <main>
                %s</main>
                </html>
                """.formatted(escaped(title), STYLE, navigation, RENDERER.render(document));
        Path file = site.resolve(name + ".html");
        Files.createDirectories(file.getParent());
        Files.writeString(file, html);
    }

    /** Where a link of a page leads on the site, or in the repository if it is a file elsewhere. */
    private String target(String page, String link) {
        if (link.matches("(?:[a-z][a-z+.-]*:|#|//).*")) {
            return link;
        }
        String path = link.replaceFirst("[#?].*", "");
        String rest = link.substring(path.length());
        Path file = docs.resolve(page + ".md").resolveSibling(path).normalize();
        if (!Files.exists(file)) {
            dangling.add(page + ".md: " + link);
            return link;
        }
        if (!file.startsWith(docs)) {
            return repository + "/blob/main/" + docs.getParent().relativize(file).toString().replace('\\', '/') + rest;
        }
        return path.replaceFirst("\\.md$", ".html") + rest;
    }

    /** All methods, by kind, as Markdown. */
    private static String methods() {
        Catalogue catalogue = Catalogue.installed();
        StringBuilder out = new StringBuilder("# Methods\n\nEverything that a recipe can name. `thurstone methods NAME` shows one in full.\n");
        for (String kind : catalogue.kinds()) {
            out.append("\n## ").append(kind).append("\n\n| name | what it does | formula | parameters | source |\n|---|---|---|---|---|\n");
            for (NamedPart part : catalogue.ofKind(kind)) {
                String parameters = part.parameters().stream()
                        .map(p -> "`" + p.name() + "`")
                        .collect(Collectors.joining(", "));
                out.append("| `").append(part.name()).append("` | ")
                        .append(cell(part.summary())).append(" | ")
                        .append(part.formula().isBlank() ? "" : "`" + cell(part.formula()) + "`").append(" | ")
                        .append(parameters).append(" | ")
                        .append(cell(part.source())).append(" |\n");
            }
        }
        return out.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: flex; flex-wrap: wrap; }
            nav { padding: 1.5rem; min-width: 11rem; display: flex; flex-direction: column; gap: .4rem; }
            nav a { text-decoration: none; } nav a.here { font-weight: 600; }
            main { padding: 0 1.5rem 4rem; flex: 1 1 36rem; min-width: 0; max-width: 60rem; overflow-wrap: break-word; }
            pre { overflow-x: auto; padding: .8rem; background: color-mix(in srgb, currentColor 7%, transparent); border-radius: 6px; }
            code { font: .88em ui-monospace, monospace; }
            table { border-collapse: collapse; display: block; overflow-x: auto; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
            img { max-width: 100%; }
            @media (max-width: 700px) { nav { flex-direction: row; flex-wrap: wrap; padding-bottom: 0; } }
            """;
}
