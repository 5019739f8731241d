package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MethodsCommandTest {

    @Method(
            name = "dpo",
            kind = "loss",
            rows = {24},
            source = "arXiv:2305.18290, eq. 7",
            summary = "direct preference optimisation",
            formula = "−log σ(β·h)")
    record Dpo(@Default("0.1") double beta, OptionalDouble clip) {}

    @Method(name = "ipo", kind = "loss", rows = 3, summary = "squared link")
    record Ipo(double tau) {}

    @Method(name = "length", kind = "judge", summary = "longer wins")
    record Length() {}

    private static final Catalogue CATALOGUE = Catalogue.of(List.of(Dpo.class, Ipo.class, Length.class));

    @Test
    void allAreListedByKindAndRow() {
        assertThat(run("methods").out()).isEqualTo("""
                judge
                  rows  name    what it does  source
                        length  longer wins

                loss
                  rows  name  what it does                    source
                  3     ipo   squared link
                  24    dpo   direct preference optimisation  arXiv:2305.18290, eq. 7

                3 methods; rows are those of the catalogue of published systems.
                """);
    }

    @Test
    void oneIsShownInFull() {
        assertThat(run("methods", "dpo").out()).isEqualTo("""
                dpo (loss)
                  direct preference optimisation
                  formula  −log σ(β·h)
                  source   arXiv:2305.18290, eq. 7
                  rows     24

                  parameter  default  is
                  beta       0.1      a number
                  clip       none     a number, or nothing

                In a recipe: {name: dpo}
                """);
        assertThat(run("methods", "ipo").out()).contains("must be given").endsWith("{name: ipo, tau: …}\n");
    }

    @Test
    void machinesGetOneDocument() {
        JsonNode all = JsonMapper.shared().readTree(run("methods", "--json").out());
        assertThat(all.size()).isEqualTo(3);
        JsonNode dpo = JsonMapper.shared()
                .readTree(run("methods", "dpo", "--json").out())
                .get(0);
        assertThat(dpo.get("name").asString()).isEqualTo("dpo");
        assertThat(dpo.get("rows").get(0).asInt()).isEqualTo(24);
        assertThat(dpo.get("formula").asString()).isEqualTo("−log σ(β·h)");
        JsonNode parameters = dpo.get("parameters");
        assertThat(parameters.get(0).get("fallback").asString()).isEqualTo("0.1");
        assertThat(parameters.get(1).get("fallback").isNull()).isTrue();
        assertThat(parameters.get(1).get("required").asBoolean()).isFalse();
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
    }

    @Test
    void everyModulesMethodsAreSound() {
        Methods.catalogue().checkDefaults();
        assertThat(Methods.catalogue().kinds()).contains("loss", "judge");
        assertThat(Methods.catalogue().parts()).allSatisfy(p -> {
            assertThat(p.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(p.summary()).as(p.name()).isNotBlank();
        });
    }

    private static Shell run(String... args) {
        IFactory factory = new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == MethodsCommand.class
                        ? type.cast(new MethodsCommand(CATALOGUE))
                        : CommandLine.defaultFactory().create(type);
            }
        };
        return Shell.run(new CommandLine(new Main(), factory), args);
    }
}
