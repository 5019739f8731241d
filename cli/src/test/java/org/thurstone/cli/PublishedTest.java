package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The POMs that users depend on agree with the build. */
class PublishedTest {

    private static final Path ROOT = Path.of(System.getProperty("thurstone.root", ".."));

    private static String pom(String module) throws IOException {
        return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    }

    private static List<String> found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().map(m -> m.group(1)).toList();
    }

    private static String version(String pom) {
        return found("<version>([^<]+)</version>", pom).getFirst();
    }

    @Test
    void bomListsEveryModuleButTheExamples() throws IOException {
        List<String> modules = found("<module>(\\w+)</module>", pom("."));
        assertThat(found("<artifactId>thurstone-(\\w+)</artifactId><version>\\$\\{project.version}", pom("bom")))
                .containsExactlyInAnyOrderElementsOf(modules.stream()
                        .filter(m -> !List.of("bom", "dist", "docs", "examples").contains(m))
                        .toList());
    }

    @Test
    void bomHasTheBuildsVersionAndDescription() throws IOException {
        assertThat(version(pom("bom"))).isEqualTo(version(pom(".")));
        for (String tag : List.of("url", "licenses", "developers", "connection")) {
            String element = "(?s)(<" + tag + ">.*?</" + tag + ">)";
            assertThat(found(element, pom("bom")).getFirst())
                    .as(tag)
                    .isEqualTo(found(element, pom(".")).getFirst());
        }
    }

    @Test
    void standaloneExampleHasNoParentAndImportsThisVersion() throws IOException {
        String pom = pom("examples/standalone");
        assertThat(pom).doesNotContain("<parent>").doesNotContain("<relativePath>");
        assertThat(found("thurstone-bom</artifactId><version>([^<]+)", pom)).containsExactly(version(pom(".")));
    }
}
