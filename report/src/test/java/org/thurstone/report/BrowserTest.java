package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A real browser opens a real report: nothing on its console, nothing asked of the network, something on the screen. */
class BrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** Among the build's outputs, not a TempDir: a browser's helpers may still write there when it has ended. */
    private final Path directory;

    BrowserTest() throws IOException {
        directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "browser");
    }

    @Test
    void aReportOpensWithoutAnErrorAndShowsSomething() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + ": the report was not opened in a browser");
        Path page = directory.resolve("report.html");
        Path picture = directory.resolve("report.png");
        SampleReport.report().write(page);

        String console = open(page, picture);

        assertThat(console.lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(1200);
        long inked = 0;
        int ground = image.getRGB(2, 2);
        for (int y = 0; y < image.getHeight(); y += 2)
            for (int x = 0; x < image.getWidth(); x += 2) if (image.getRGB(x, y) != ground) inked++;
        assertThat((double) inked / (image.getWidth() * image.getHeight() / 4)).isBetween(0.02, 0.6);
    }

    /** Without this, an empty console would prove nothing. */
    @Test
    void theConsoleWouldShowAForbiddenRequest() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + ": the report was not opened in a browser");
        Path page = directory.resolve("bad.html");
        String html = SampleReport.report().html();
        Files.writeString(page, html.replace("<footer>", "<img src=\"other.png\"><script>1</script><footer>"));
        assertThat(open(page, directory.resolve("bad.png")).lines().filter(line -> line.contains("CONSOLE")))
                .anyMatch(line -> line.contains("Content Security Policy"));
    }

    private String open(Path page, Path picture) throws Exception {
        Path log = directory.resolve("console.txt");
        List<String> command = new ArrayList<>(List.of(CHROMIUM.toString()));
        command.addAll(List.of(
                "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
                        .split(" ")));
        command.addAll(List.of(
                "--disable-component-update --disable-sync --hide-scrollbars --enable-logging=stderr".split(" ")));
        command.add("--window-size=1200,2400");
        command.add("--user-data-dir=" + directory.resolve("profile"));
        command.add("--screenshot=" + picture);
        command.add(page.toUri().toString());
        Process browser = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Long enough for any machine: only a browser that hangs is meant.
        boolean ended = browser.waitFor(10, TimeUnit.MINUTES);
        if (!ended) browser.destroyForcibly();
        String console = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("chromium does not hang: %s", console).isTrue();
        assertThat(picture).as(console).exists();
        return console;
    }
}
