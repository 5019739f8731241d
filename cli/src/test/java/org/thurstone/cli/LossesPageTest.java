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

    /** Papers with an objective of their own. */
    private static final Set<String> PAPERS = Set.of(
            "2302.02676",
            "2306.17492",
            "2309.06657",
            "2310.04373",
            "2310.12036",
            "2312.00886",
            "2312.02554",
            "2401.04056",
            "2402.00856",
            "2402.01878",
            "2402.10958",
            "2403.00409",
            "2404.00530",
            "2404.03715",
            "2404.04291",
            "2404.04656",
            "2404.14313",
            "2404.19733",
            "2405.00675",
            "2405.12739",
            "2405.14103",
            "2405.15230",
            "2405.16388",
            "2405.16436",
            "2405.16681",
            "2405.19107",
            "2405.19320",
            "2405.21046",
            "2406.01462",
            "2406.04274",
            "2406.04412",
            "2406.07327",
            "2406.08414",
            "2406.11817",
            "2406.12168",
            "2407.00617",
            "2407.09072",
            "2407.14477",
            "2408.07471",
            "2409.02392",
            "2409.17791",
            "2410.02197",
            "2410.04166",
            "2410.05102",
            "2410.06293",
            "2410.08067",
            "2410.12375",
            "2410.12735",
            "2410.12854",
            "2501.14912",
            "2502.16852",
            "2503.02783",
            "2503.08942");

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
    void everyPaperHasAMethod() {
        Set<String> missing = new TreeSet<>(PAPERS);
        Catalogue.installed().parts().forEach(p -> p.papers().forEach(missing::remove));
        assertThat(missing).isEmpty();
    }

    @Test
    void commonLossesExist() {
        assertThat(Catalogue.installed().ofKind("loss").stream().map(NamedPart::name))
                .containsAll(STAPLES);
    }

    @Test
    void lossesNameTheirSources() {
        assertThat(Catalogue.installed().ofKind("loss"))
                .filteredOn(p -> !p.ofParts())
                .allSatisfy(p -> {
                    assertThat(p.source()).as(p.name()).isNotBlank();
                    assertThat(p.formula()).as(p.name()).isNotBlank();
                });
    }

    @Test
    void pageEqualsTheOutputOfTheCommand() throws IOException {
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
