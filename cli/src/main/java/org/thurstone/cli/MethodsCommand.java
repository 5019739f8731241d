package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Parameter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone methods}: what there is, by kind and catalogue number, with its source; one method in full by its name. */
@Command(
        name = "methods",
        description = "List what recipes can name: losses, judges, pairings and the rest, with their sources.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone methods                  all, by kind and catalogue number",
            "  thurstone methods --kind loss      those of one kind",
            "  thurstone methods dpo              one in full: formula, source, parameters"
        })
final class MethodsCommand implements Callable<Integer> {

    private final Catalogue catalogue;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show this one in full.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind: loss, judge, pairing, …")
    private Optional<String> kind = Optional.empty();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    MethodsCommand() {
        this(Methods.catalogue());
    }

    MethodsCommand(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        List<NamedPart> chosen = chosen();
        if (json.wanted()) {
            json.print(chosen.stream().map(Description::of).toList());
            return CommandLine.ExitCode.OK;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (name.isPresent()) {
            chosen.forEach(part -> printInFull(part, out));
        } else {
            printTables(chosen, out);
        }
        return CommandLine.ExitCode.OK;
    }

    private List<NamedPart> chosen() {
        if (kind.isPresent() && !catalogue.kinds().contains(kind.get())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no kind \"" + kind.get() + "\"; there are: " + String.join(", ", catalogue.kinds()));
        }
        if (name.isPresent() && catalogue.named(name.get()).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no method \"" + name.get() + "\"" + catalogue.hint(name.get()));
        }
        return catalogue.parts().stream()
                .filter(p -> kind.isEmpty() || p.kind().equals(kind.get()))
                .filter(p -> name.isEmpty() || p.name().equals(name.get()))
                .sorted(Comparator.comparing(NamedPart::kind)
                        .thenComparingInt(p -> p.rows().isEmpty()
                                ? Integer.MAX_VALUE
                                : p.rows().getFirst())
                        .thenComparing(NamedPart::name))
                .toList();
    }

    private static void printTables(List<NamedPart> parts, PrintWriter out) {
        parts.stream()
                .collect(Collectors.groupingBy(NamedPart::kind, java.util.TreeMap::new, Collectors.toList()))
                .forEach((kind, ofKind) -> {
                    Table table = new Table(List.of("rows", "name", "what it does", "source"));
                    ofKind.forEach(p -> table.add(List.of(rows(p), p.name(), p.summary(), p.source())));
                    out.println(kind);
                    table.print(out);
                    out.println();
                });
        out.println(parts.size() + " methods; rows are those of the catalogue of published systems.");
    }

    private static void printInFull(NamedPart part, PrintWriter out) {
        out.println(part.name() + " (" + part.kind() + ")");
        line(out, "", part.summary());
        line(out, "formula  ", part.formula());
        line(out, "source   ", part.source());
        line(out, "rows     ", rows(part));
        if (!part.parameters().isEmpty()) {
            Table table = new Table(List.of("parameter", "default", "is"));
            part.parameters().forEach(p -> table.add(List.of(p.name(), byDefault(p), p.type())));
            out.println();
            table.print(out);
        }
        String required = part.parameters().stream()
                .filter(Parameter::required)
                .map(p -> ", " + p.name() + ": …")
                .collect(Collectors.joining());
        out.println();
        out.println("In a recipe: {name: " + part.name() + required + "}");
    }

    private static void line(PrintWriter out, String label, String text) {
        if (!text.isEmpty()) {
            out.println("  " + label + text);
        }
    }

    private static String byDefault(Parameter parameter) {
        return parameter.fallback().orElse(parameter.required() ? "must be given" : "none");
    }

    private static String rows(NamedPart part) {
        return part.rows().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A method for machines. */
    record Description(
            String name,
            String kind,
            List<Integer> rows,
            String source,
            String summary,
            String formula,
            List<Parameter> parameters) {
        static Description of(NamedPart p) {
            return new Description(p.name(), p.kind(), p.rows(), p.source(), p.summary(), p.formula(), p.parameters());
        }
    }
}
