package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;

/** The page of losses says what the records say, and every system whose objective belongs here has one. */
class LossesPageTest {

    private static final Path ROOT = Path.of(System.getProperty("thurstone.root", ".."));

    /** Rows of the catalogue of published systems that are objectives, or have one that is theirs. */
    private static final Set<Integer> ROWS = Set.of(
            2, 5, 11, 13, 17, 20, 22, 23, 24, 37, 38, 39, 40, 44, 45, 47, 50, 52, 55, 56, 58, 59, 60, 63, 64, 69, 70,
            73, 75, 84, 86, 88, 90, 91, 93, 97, 99, 108, 110, 111, 116, 119, 127, 128, 129, 133, 135, 136, 142, 144,
            156, 158, 159);

    private static final List<String> STAPLES = List.of(
            "dpo",
            "cdpo",
            "alpha-divergence-dpo",
            "forward-kl-dpo",
            "jensen-shannon-dpo",
            "slic",
            "slic-hf",
            "simpo",
            "alphapo",
            "cpo",
            "orpo",
            "nca-pair",
            "info-nca",
            "aot",
            "apo-zero",
            "apo-down",
            "dpop",
            "ld-dpo",
            "normalised-dpo",
            "kto",
            "bco",
            "plackett-luce-dpo",
            "sft",
            "mixture",
            "composed");

    @Test
    void everyRowHasItsMethod() {
        Set<Integer> missing = new TreeSet<>(ROWS);
        Catalogue.installed().parts().forEach(p -> p.rows().forEach(missing::remove));
        assertThat(missing).isEmpty();
    }

    @Test
    void theStaplesAreThere() {
        assertThat(Catalogue.installed().ofKind("loss").stream().map(NamedPart::name))
                .containsAll(STAPLES);
    }

    @Test
    void lossesSayWhereTheyComeFrom() {
        assertThat(Catalogue.installed().ofKind("loss"))
                .filteredOn(p -> !p.ofParts())
                .allSatisfy(p -> {
                    assertThat(p.source()).as(p.name()).isNotBlank();
                    assertThat(p.formula()).as(p.name()).isNotBlank();
                });
    }

    @Test
    void thePageIsWhatTheCommandPrints() throws IOException {
        Path page = ROOT.resolve("docs/losses.md");
        String made = Shell.run("methods", "--kind", "loss,score,link,offset,regulariser", "--format", "markdown")
                .out();
        Path copy = Files.createDirectories(ROOT.resolve("target")).resolve("losses.md");
        Files.writeString(copy, made);
        assertThat(made.equals(Files.readString(page)))
                .as(
                        "docs/losses.md is not what the records say. Either: cp target/losses.md docs/losses.md, or:"
                                + " ./thurstone methods --kind loss,score,link,offset,regulariser --format markdown > docs/losses.md")
                .isTrue();
        assertThat(made).as("authors' words").contains("summed over tokens. arXiv:2305.18290, eq. 7.");
    }
}
