package org.thurstone.rank.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Battles of four items, atlas the best, with annotators, times, languages and lengths. */
final class SimulatedBattles {

    private static final List<String> NAMES = List.of("atlas", "boreal", "cobalt", "Δelta");

    private SimulatedBattles() {}

    static Path write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> rows = new ArrayList<>(List.of("model_a,model_b,winner,judge,tstamp,language,length_a,length_b"));
        for (int k = 0; k < 400; k++) {
            int a = random.nextInt(4);
            int b = (a + 1 + random.nextInt(3)) % 4;
            String winner = random.nextInt(6) == 0 ? "tie" : random.nextInt(10) < 5 + b - a ? "model_a" : "model_b";
            rows.add(String.join(
                    ",",
                    NAMES.get(a),
                    NAMES.get(b),
                    winner,
                    "judge " + k % 5,
                    Integer.toString(1_700_000_000 + 86_400 * k),
                    k % 2 == 0 ? "English" : "German",
                    Integer.toString(100 + random.nextInt(500)),
                    Integer.toString(100 + random.nextInt(500))));
        }
        return Files.write(file, rows);
    }
}
