package org.thurstone.rank.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Inference;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.pairs.BradleyTerry;

/** Opens a board in a real browser, as narrow as on a phone: its console stays empty and the screen does not. */
class BoardBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int PHONE = 390;

    @Test
    void boardOpensOnAPhone() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + ": the board was not opened in a browser");
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "board");
        List<String> rows = new ArrayList<>(List.of("left,right,winner,annotator,date"));
        for (int k = 0; k < 120; k++) {
            rows.add("an item with a long name " + k % 5 + ",item " + (k % 7 + 10) + ","
                    + (k % 3 == 0 ? "tie" : k % 2 == 0 ? "left" : "right") + ",ann " + k % 4 + ",2024-01-"
                    + (10 + k % 20));
        }
        Path votes = Files.write(directory.resolve("votes.csv"), rows);
        Path page = directory.resolve("board.html");
        new BoardRequest(
                        List.of(votes),
                        VoteReadOptions.USUAL,
                        List.of(new BoardRequest.Named("bradley-terry", BradleyTerry.PLAIN)),
                        Inference.DEFAULT,
                        false,
                        new BoardRequest.Extras(false, true, Optional.empty(), Optional.empty()))
                .answer()
                .page("test")
                .write(page);
        // A window is never as narrow as a phone; a frame may be.
        Path frame = Files.writeString(
                directory.resolve("phone.html"),
                "<body style=\"margin:0;background:#0f0\"><iframe src=\"board.html\" style=\"border:0;width:" + PHONE
                        + "px;height:3000px\"></iframe></body>");
        Path picture = directory.resolve("board.png");
        String console = open(frame, picture, directory);
        assertThat(console.lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
        BufferedImage image = ImageIO.read(picture.toFile());
        int ground = image.getRGB(2, 2);
        long inked = 0;
        for (int y = 0; y < 3000; y += 2) {
            for (int x = 0; x < PHONE; x += 2) {
                inked += image.getRGB(x, y) != ground ? 1 : 0;
            }
        }
        assertThat(inked / (PHONE * 3000 / 4.0)).isBetween(0.02, 0.6);
    }

    private static String open(Path page, Path picture, Path directory) throws Exception {
        Path log = directory.resolve("console.txt");
        List<String> command = new ArrayList<>(List.of(CHROMIUM.toString()));
        command.addAll(List.of(("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
                        + " --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars"
                        + " --enable-logging=stderr --window-size=600,3000")
                .split(" ")));
        command.add("--user-data-dir=" + directory.resolve("profile"));
        command.add("--screenshot=" + picture);
        command.add(page.toUri().toString());
        Process browser = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Long enough for any machine: only a browser that hangs is meant.
        boolean ended = browser.waitFor(10, TimeUnit.MINUTES);
        if (!ended) {
            browser.destroyForcibly();
        }
        String console = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("chromium does not hang: %s", console).isTrue();
        assertThat(picture).as(console).exists();
        return console;
    }
}
