package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thurstone.lab.book.Notebook;
import org.thurstone.lab.book.Paper;
import org.thurstone.lab.book.PapersPage;
import org.thurstone.recipe.Catalogue;

/** The page of papers lists exactly the papers that methods and replications name, with the verdicts on record. */
class PapersPageTest {

    private static final Path ROOT = Path.of(System.getProperty("thurstone.root", ".."));

    @Test
    void everyPaperOfAMethodHasATitle() {
        Set<String> named = Catalogue.installed().parts().stream()
                .flatMap(p -> p.papers().stream())
                .collect(Collectors.toSet());
        assertThat(Paper.known().keySet()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void pageEqualsTheCodeAndTheRecordedVerdicts() throws IOException {
        String made = PapersPage.of(Catalogue.installed(), new Notebook(ROOT.resolve("docs/replications")));
        Path copy = Files.createDirectories(ROOT.resolve("target")).resolve("papers.md");
        Files.writeString(copy, made);
        assertThat(made.equals(Files.readString(ROOT.resolve("docs/papers.md"))))
                .as("docs/papers.md is out of date: cp target/papers.md docs/papers.md")
                .isTrue();
    }
}
