package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.recipe.index.DocComment;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MethodsCommandTest {

    @Method(
            name = "dpo",
            kind = "loss",
            papers = "2404.19733",
            source = "arXiv:2305.18290, eq. 7",
            summary = "direct preference optimisation",
            formula = "−log σ(β·h)")
    record Dpo(@Default("0.1") double beta, OptionalDouble clip) {}

    @Method(name = "ipo", kind = "loss", papers = "2310.12036", summary = "squared link")
    record Ipo(double tau) {}

    @Method(name = "length", kind = "judge", summary = "longer wins")
    record Length() {}

    private static final Catalogue CATALOGUE = Catalogue.of(List.of(Dpo.class, Length.class))
            .plus(
                    Ipo.class,
                    new DocComment(
                            "A bounded target. " + "word ".repeat(30).strip() + "\n\nAnd `more`.",
                            Map.of("tau", "τ above 0")));

    @Test
    void allAreListedByKindAndName() {
        assertThat(run("methods").out()).isEqualTo("""
            judge
              name    what it does  source
              length  longer wins

            loss
              name  what it does                    source
              dpo   direct preference optimisation  arXiv:2305.18290, eq. 7
              ipo   squared link

            3 methods
            """);
    }

    @Test
    void namedMethodIsShownInFull() {
        assertThat(run("methods", "dpo").out()).isEqualTo("""
            dpo (loss)
              direct preference optimisation
              formula  −log σ(β·h)
              source   arXiv:2305.18290, eq. 7

              parameter  default  is
              beta       0.1      a number
              clip       none     a number, or nothing

            In a recipe: {name: dpo}
            """);
        assertThat(run("methods", "DPO").out()).isEqualTo(run("methods", "dpo").out());
        assertThat(run("methods", "24").err())
                .startsWith("There is no method \"24\": methods have names, and papers a title and an arXiv id");
        assertThat(run("methods", "ipo").out()).isEqualTo("""
            ipo (loss)
              squared link

              A bounded target. word word word word word word word word word word word word word word word word
              word word word word word word word word word word word word word word

              And `more`.

              parameter  default        is
              tau        must be given  τ above 0

            In a recipe: {name: ipo, tau: …}
            """);
    }

    @Test
    void machinesGetOneDocument() {
        JsonNode all =
                JsonMapper.shared().readTree(run("methods", "--format", "json").out());
        assertThat(all.size()).isEqualTo(3);
        JsonNode dpo = JsonMapper.shared()
                .readTree(run("methods", "dpo", "--format", "json").out())
                .get(0);
        assertThat(dpo.get("name").asString()).isEqualTo("dpo");
        assertThat(dpo.get("papers").get(0).asString()).isEqualTo("2404.19733");
        assertThat(dpo.get("formula").asString()).isEqualTo("−log σ(β·h)");
        JsonNode parameters = dpo.get("parameters");
        assertThat(parameters.get(0).get("fallback").asString()).isEqualTo("0.1");
        assertThat(parameters.get(1).get("fallback").isNull()).isTrue();
        assertThat(parameters.get(1).get("required").asBoolean()).isFalse();
    }

    @Test
    void lossesSayWhatTheyAskOfTheData() {
        Shell shell = Shell.run("methods", "--kind", "loss");
        assertThat(shell.code()).isZero();
        assertThat(shell.out().lines().map(l -> l.replaceAll(" {2,}", "  ").strip()))
                .contains(
                        "name  data and needs  defaults  formula  source",
                        "inpo  pair + reference + second-reference  eta 0.0075, tau 0.0025  (h_t − 1/(2η))²"
                                + "  arXiv:2407.00617, eq. 8",
                        "kto  single + reference + mismatched  beta 0.1, lambda-desirable 1, lambda-undesirable 1"
                                + "  λ·(1 − σ(±β·(Δ − z0)))  arXiv:2402.01306, eq. 8",
                        "mixture  as its parts do  of …  Σ w·loss");
        JsonNode kto = JsonMapper.shared()
                .readTree(Shell.run("methods", "kto", "--format", "json").out())
                .get(0);
        assertThat(kto.get("asks").get("data").toString()).isEqualTo("[\"single\"]");
        assertThat(kto.get("asks").get("needs").toString()).isEqualTo("[\"reference\",\"mismatched\"]");
        JsonNode composed = JsonMapper.shared()
                .readTree(Shell.run("methods", "composed", "--format", "json").out())
                .get(0);
        assertThat(composed.get("asks").isNull()).isTrue();
        assertThat(composed.get("parts_decide").asBoolean()).isTrue();
    }

    @Test
    void severalKindsComeInTheOrderAskedFor() {
        Shell shell = run("methods", "--kind", "loss,judge");
        assertThat(shell.out().indexOf("loss\n")).isLessThan(shell.out().indexOf("judge\n"));
        assertThat(run("methods", "--kind", "loss,nope").err())
                .startsWith("There is no kind \"nope\"; there are: judge, loss");
    }

    @Test
    void thePageIsMarkdown() {
        assertThat(run("methods", "--kind", "loss", "--format", "markdown").out())
                .startsWith("<!-- made by `./thurstone methods --kind loss --format markdown`; change the records, not"
                        + " this page -->\n")
                .contains("| name | what it does | formula | defaults | source |\n")
                .contains("| [dpo](#loss-dpo) | direct preference optimisation | `−log σ(β·h)` | beta 0.1, clip"
                        + " none | arXiv:2305.18290, eq. 7 |\n")
                .contains("### <a id=\"loss-ipo\"></a>ipo\n\nA bounded target.")
                .contains("* `tau` τ above 0 (must be given)\n");
    }

    @Test
    void aKindIsListedAlone() {
        Shell shell = run("methods", "--kind", "judge");
        assertThat(shell.out()).contains("length").doesNotContain("dpo");
        assertThat(run("methods", "--kind", "jugde").err())
                .startsWith("There is no kind \"jugde\"; there are: judge, loss");
        assertThat(run("methods", "--kind", "jugde").code()).isEqualTo(2);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        Shell shell = run("methods", "dop");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).startsWith("There is no method \"dop\" (did you mean \"dpo\"?)");
        assertThat(Shell.run("methods", "DPO").out())
                .isEqualTo(Shell.run("methods", "dpo").out())
                .contains("dpo");
        Shell number = run("methods", "59");
        assertThat(number.code()).isEqualTo(2);
        assertThat(number.err()).contains("methods have names, and papers a title and an arXiv id");
    }

    /** Numbers of a catalogue that users do not have are no part of what machines read. */
    @Test
    void papersOfMethodsAreArxivIds() {
        JsonNode methods = JsonMapper.shared()
                .readTree(Shell.run("methods", "--format", "json").out());
        assertThat(methods.size()).isGreaterThan(100);
        for (JsonNode method : methods) {
            assertThat(method.propertyNames()).doesNotContain("rows", "row");
            method.get("papers").forEach(paper -> assertThat(paper.asString()).matches("\\d{4}\\.\\d{5}"));
        }
    }

    @Test
    void everyModulesMethodsAreSound() {
        Catalogue.installed().checkDefaults();
        assertThat(Catalogue.installed().kinds()).contains("loss", "judge");
        assertThat(Catalogue.installed().parts()).allSatisfy(p -> {
            assertThat(p.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(p.summary()).as(p.name()).isNotBlank();
        });
    }

    private static Shell run(String... args) {
        IFactory factory = new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == MethodsCommand.class
                        ? type.cast(new MethodsCommand(() -> CATALOGUE))
                        : CommandLine.defaultFactory().create(type);
            }
        };
        return Shell.run(new CommandLine(new Main(), factory), args);
    }
}
