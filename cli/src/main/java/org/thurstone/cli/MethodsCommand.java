package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thurstone.data.Count;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Rename;
import org.thurstone.worlds.methods.MethodDescription;
import org.thurstone.worlds.methods.MethodsPage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone methods}: lists the methods that recipes can name, by kind, or documents one of them. */
@Command(
        name = "methods",
        description = {
            "List the methods that recipes can name.",
            "Methods are losses, judges, pairings, ranking methods and others. They are listed by kind, with their"
                    + " sources."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone methods                  list all",
            "  thurstone methods --kind loss      list losses, with formulas",
            "  thurstone methods sppo             document one method",
            "  thurstone methods --kind loss,link --format markdown > losses.md"
        })
final class MethodsCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    private final Supplier<Catalogue> installed;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Method to show in full.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--kind",
            paramLabel = "KIND,…",
            split = ",",
            hideParamSyntax = true,
            description = "Kinds to list, such as loss, judge or pairing (default: all).")
    private List<String> kinds = new ArrayList<>();

    @Mixin
    private final Format.OfLists format = new Format.OfLists();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    MethodsCommand() {
        this(Catalogue::installed);
    }

    /** Nothing is read before it is asked for: the command is made also where another one is called. */
    MethodsCommand(Supplier<Catalogue> installed) {
        this.installed = installed;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = installed.get();
        List<MethodDescription> chosen = chosen(catalogue).stream()
                .map(part -> MethodDescription.of(part, catalogue))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format.json()) {
            format.print(chosen);
        } else if (format.form() == Format.OfLists.ListForm.MARKDOWN) {
            out.print(MethodsPage.of(commandLine(), chosen));
        } else if (name.isPresent()) {
            chosen.forEach(part -> printInFull(part, out));
        } else {
            printTables(chosen, out);
        }
        return CommandLine.ExitCode.OK;
    }

    private String commandLine() {
        String kind = kinds.isEmpty() ? "" : " --kind " + String.join(",", kinds);
        return "`./thurstone methods" + kind + name.map(n -> " " + n).orElse("") + " --format markdown`";
    }

    private List<NamedPart> chosen(Catalogue catalogue) {
        for (String kind : kinds) {
            if (!catalogue.kinds().contains(kind)) {
                throw new ParameterException(
                        spec.commandLine(),
                        Rename.ofKind(kind)
                                .map(r -> "kind " + r.message())
                                .orElse("There is no kind \"" + kind + "\"; there are: "
                                        + String.join(", ", catalogue.kinds())));
            }
        }
        Optional<String> wanted =
                name.map(word -> catalogue.named(word).isEmpty() ? word.toLowerCase(Locale.ROOT) : word);
        if (wanted.isPresent() && catalogue.named(wanted.get()).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no method \"" + name.get() + "\""
                            + (name.get().matches("[0-9]+")
                                    ? ": methods have names, and papers a title and an arXiv id, such as dpo"
                                            + " (arXiv:2305.18290)"
                                    : catalogue.hint(wanted.get())));
        }
        List<String> order = kinds.isEmpty() ? catalogue.kinds() : kinds;
        return catalogue.parts().stream()
                .filter(p -> order.contains(p.kind()))
                .filter(p -> wanted.isEmpty() || p.name().equals(wanted.get()))
                .sorted(Comparator.comparingInt((NamedPart p) -> order.indexOf(p.kind()))
                        .thenComparing(NamedPart::name))
                .toList();
    }

    private void printTables(List<MethodDescription> methods, PrintWriter out) {
        methods.stream().map(MethodDescription::kind).distinct().forEach(kind -> {
            List<MethodDescription> some =
                    methods.stream().filter(m -> m.kind().equals(kind)).toList();
            out.println(kind);
            (kinds.isEmpty() ? brief(some) : full(some)).print(out);
            out.println();
        });
        out.println(Count.of(methods.size(), "method"));
    }

    private static Table brief(List<MethodDescription> methods) {
        Table table = new Table(List.of("name", "what it does", "source"));
        methods.forEach(m -> table.add(List.of(m.name(), m.summary(), m.source())));
        return table;
    }

    private static Table full(List<MethodDescription> methods) {
        Table table = new Table(List.of("name", "data and needs", "defaults", "formula", "source"));
        methods.forEach(m -> table.add(List.of(
                m.name(),
                m.asksLine(),
                m.defaultLine(),
                m.formula().isEmpty() ? m.summary() : m.formula(),
                m.source())));
        return table;
    }

    private static void printInFull(MethodDescription method, PrintWriter out) {
        out.println(method.name() + " (" + method.kind() + ")");
        line(out, "", method.summary());
        line(out, "formula  ", method.formula());
        line(out, "source   ", method.source());
        line(out, "data     ", method.asksLine());
        if (!method.doc().isEmpty()) {
            out.println();
            method.doc().lines().flatMap(MethodsCommand::wrapped).forEach(l -> out.println(("  " + l).stripTrailing()));
        }
        if (!method.parameters().isEmpty()) {
            out.println();
            Table table = new Table(List.of("parameter", "default", "is"));
            method.parameters()
                    .forEach(p ->
                            table.add(List.of(p.name(), p.byDefault(), p.doc().isEmpty() ? p.type() : p.doc())));
            table.print(out);
        }
        out.println();
        out.println("In a recipe: " + method.inRecipe());
    }

    /** Lines of at most {@value #WIDTH} characters, where words allow it. */
    private static Stream<String> wrapped(String paragraph) {
        List<String> lines = new ArrayList<>(List.of(""));
        for (String word : paragraph.split(" ")) {
            String last = lines.getLast();
            if (!last.isEmpty() && last.length() + 1 + word.length() > WIDTH) {
                lines.add(word);
            } else {
                lines.set(lines.size() - 1, last.isEmpty() ? word : last + " " + word);
            }
        }
        return lines.stream();
    }

    private static void line(PrintWriter out, String label, String text) {
        if (!text.isEmpty()) {
            out.println("  " + label + text);
        }
    }
}
