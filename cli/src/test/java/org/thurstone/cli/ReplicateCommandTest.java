package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user of {@code thurstone replicate} sees, and that the pages of this repository are those of its sources. */
class ReplicateCommandTest {

    private static final Path PAGES = Path.of(System.getProperty("thurstone.root", ".."), "docs", "replications");

    @TempDir
    private Path directory;

    private Shell run(String... more) {
        String[] args = {"replicate", "oracle-and-demonstrations", "--smoke", "--output", directory.toString()};
        String[] all = new String[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Shell.run(all);
    }

    @Test
    void eachSeedIsRunOnceAndThePageListsAllSeeds() throws IOException {
        Shell first = run();
        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("Claim: ", "Verdict: ");
        assertThat(run().out()).contains("existing result: " + directory.resolve("oracle-and-demonstrations.md"));
        assertThat(run("--seed", "2").out()).contains("Claim: ");
        assertThat(Files.readString(directory.resolve("oracle-and-demonstrations.md")))
                .contains("smoke version", "Seed 1,", "With seed 2 and the same checks: ");
        assertThat(Files.readString(directory.resolve("README.md")))
                .contains("Of 1 replications that were run with another seed");
        assertThat(directory.resolve("oracle-and-demonstrations.svg")).exists();
    }

    @Test
    void ablationFailsTheChecksAndKeepsNoResult() {
        assertThat(run("--ablate", "none").out()).contains("Verdict: not replicated");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void unknownReplicationIsAUsageError() {
        Shell shell = Shell.run("replicate", "1000");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("there is no replication \"1000\"", "--list");
        assertThat(Shell.run("replicate").err()).contains("a name is missing");
        assertThat(Shell.run("replicate", "59").err()).contains("there is no replication \"59\"");
    }

    @Test
    void everyListedReplicationHasAVerdict() {
        Shell shell = Shell.run("replicate", "--list", "--format", "json", "--output", PAGES.toString());
        JsonNode rows = JsonMapper.shared().readTree(shell.out());
        assertThat(rows.size()).isGreaterThan(43);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.get("verdict").asString())
                        .as(row.toString())
                        .isIn("replicated", "partly", "not replicated"));
    }

    @Test
    void pageOfOtherCodeIsStaleUntilConfirmedOrRunAgain() throws IOException {
        assertThat(run().code()).isZero();
        assertThat(page()).isEqualTo("current");
        recordedAs("edition");
        assertThat(page()).isEqualTo("stale (seed 1)");
        Shell confirmed = Shell.run("replicate", "--confirm", "--output", directory.toString());
        assertThat(confirmed.code()).isZero();
        assertThat(confirmed.out()).contains("confirmed by the smoke version: ");
        assertThat(page()).isEqualTo("current");

        assertThat(run("--force").code()).isZero();
        recordedAs("edition");
        recordedAs("smokeFigures");
        Shell changed = Shell.run("replicate", "--confirm", "--output", directory.toString());
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).contains("the figures of the smoke version differ", "seed 1", "stays stale");
        assertThat(page()).isEqualTo("stale (seed 1)");
        assertThat(Shell.run("replicate", "--stale", "--smoke").err())
                .contains("--stale repeats recorded runs: it takes no --smoke");
        assertThat(Shell.run("replicate", "--stale", "--output", directory.toString())
                        .out())
                .contains("Claim: ", "(smoke version)");
        assertThat(page()).isEqualTo("current");
    }

    /** Changes one string of the recorded result. */
    private void recordedAs(String key) throws IOException {
        Path result = directory.resolve("results/oracle-and-demonstrations.json");
        Files.writeString(
                result,
                Files.readString(result).replaceFirst("\"" + key + "\" : \"\\w+\"", "\"" + key + "\" : \"0ther\""));
    }

    private String page() {
        JsonNode rows = JsonMapper.shared()
                .readTree(Shell.run("replicate", "--list", "--format", "json", "--output", directory.toString())
                        .out());
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.get("name").asString().equals("oracle-and-demonstrations"))
                .findFirst()
                .orElseThrow()
                .get("page")
                .asString();
    }
}
