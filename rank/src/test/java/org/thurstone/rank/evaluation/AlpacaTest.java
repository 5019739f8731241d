package org.thurstone.rank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Fields;
import org.thurstone.data.format.RowReader;
import org.thurstone.rank.SharedData;

/** Win rates and length control, against the published board and by hand. */
class AlpacaTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Map<String, List<AlpacaPreference>> shared() {
        SharedData.path("alpaca_eval/preferences.csv.gz"); // skips the test where there is none
        return Preferences.READ;
    }

    /** The file is read once for all tests. */
    private static final class Preferences {
        private static final Map<String, List<AlpacaPreference>> READ =
                AlpacaFile.read(List.of(SharedData.path("alpaca_eval/preferences.csv.gz")), "gpt4_1106_preview");
    }

    private static Map<String, Double> difficulties() {
        return AlpacaFile.difficulties(SharedData.path("alpaca_eval/instruction_difficulty_recovered.csv"));
    }

    private static Map<String, Fields> board() {
        Map<String, Fields> board = new HashMap<>();
        try (RowReader<Fields> rows =
                RowReader.of(SharedData.path("alpaca_eval/leaderboard_v2.csv"), "board", row -> row)) {
            rows.forEachRemaining(row -> board.put(row.value().text(""), row.value()));
        }
        return board;
    }

    @Test
    void ratesAreThoseOfThePublishedBoard() {
        Map<String, Fields> board = board();
        int checked = 0;
        for (Map.Entry<String, List<AlpacaPreference>> entry : shared().entrySet()) {
            Fields published = board.get(entry.getKey());
            if (published == null) continue; // text_davinci_003 is not on the board
            WinRate rate = WinRate.of(entry.getValue());
            // Percentages: as shares they agree to 1e-10.
            assertThat(rate.winRate()).isCloseTo(published.number("win_rate"), within(1e-8));
            assertThat(rate.standardError()).isCloseTo(published.number("standard_error"), within(1e-8));
            assertThat(rate.discreteWinRate()).isCloseTo(published.number("discrete_win_rate"), within(1e-8));
            assertThat(rate.wins()).isEqualTo((int) published.number("n_wins"));
            assertThat(rate.draws()).isEqualTo((int) published.number("n_draws"));
            assertThat(rate.total()).isEqualTo((int) published.number("n_total"));
            checked++;
        }
        assertThat(checked).isEqualTo(29);
    }

    @Test
    void publishedWeightsGiveThePublishedBoard() {
        Map<String, Fields> board = board();
        Map<String, Double> difficulties = difficulties();
        Map<String, LengthControl.Weights> weights =
                AlpacaFile.weights(SharedData.path("alpaca_eval/length_controlled_weights.csv"));
        shared().forEach((model, all) -> {
            Fields published = board.get(model);
            LengthControl.Weights own = weights.get(model);
            if (published == null || own == null) return;
            assertThat(LengthControl.published(own, all, p -> AlpacaFile.difficulty(difficulties, p))
                            .winRate())
                    .as(model)
                    .isCloseTo(published.number("length_controlled_winrate"), within(0.05));
        });
    }

    @Test
    void weightsFittedHereOrderTheModelsAlike() {
        Map<String, Double> difficulties = difficulties();
        Map<String, LengthControl> fitted =
                LengthControl.fit(shared(), p -> AlpacaFile.difficulty(difficulties, p), Map.of());
        assertThat(spearman(fitted)).isGreaterThanOrEqualTo(0.96);
    }

    /** Samples of one model and the lengths of its answers: difficulties estimated from them turned their order over. */
    @Test
    void similarModelsKeepTheirOrderWithoutDifficulties() {
        Map<String, List<AlpacaPreference>> all = shared();
        Map<String, LengthControl> fitted = LengthControl.fit(all, p -> 0, Map.of());
        assertThat(spearman(fitted)).isGreaterThanOrEqualTo(0.9);
    }

    /** In random subsets of every size, each model has exactly the figures that it has among all. */
    @Test
    void figuresOfAModelDoNotDependOnTheOthers() {
        Map<String, Double> difficulties = difficulties();
        Map<String, List<AlpacaPreference>> all = shared();
        List<String> names = new ArrayList<>(all.keySet());
        for (ToDoubleFunction<AlpacaPreference> difficulty :
                List.<ToDoubleFunction<AlpacaPreference>>of(p -> 0, p -> AlpacaFile.difficulty(difficulties, p))) {
            Map<String, LengthControl> whole = LengthControl.fit(all, difficulty, Map.of());
            SplittableRandom random = new SplittableRandom(4);
            for (int size : new int[] {2, 5, 13, 29}) {
                Map<String, List<AlpacaPreference>> some = new LinkedHashMap<>();
                while (some.size() < size) {
                    String name = names.get(random.nextInt(names.size()));
                    some.put(name, Objects.requireNonNull(all.get(name)));
                }
                LengthControl.fit(some, difficulty, Map.of())
                        .forEach((model, control) -> assertThat(control).isEqualTo(whole.get(model)));
            }
        }
    }

    @Test
    void difficultiesAreEstimatedFromFiveModelsOrMore() {
        Map<String, List<AlpacaPreference>> four = new LinkedHashMap<>();
        for (int m = 0; m < 4; m++) {
            four.put("m" + m, List.of(new AlpacaPreference("m" + m, "0", 1.5, 1, 1)));
        }
        assertThatThrownBy(() -> Difficulties.fit(four))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("5 models or more, and here are 4");
    }

    /** The rank correlation of fitted length-controlled rates with the published ones. */
    private static double spearman(Map<String, LengthControl> fitted) {
        Map<String, Fields> board = board();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (Map.Entry<String, LengthControl> each : fitted.entrySet()) {
            Fields published = board.get(each.getKey());
            if (published == null) continue;
            ours.add(each.getValue().winRate());
            theirs.add(published.number("length_controlled_winrate"));
        }
        return spearman(ours, theirs);
    }

    private static double spearman(List<Double> a, List<Double> b) {
        double squares = 0;
        for (int i = 0; i < a.size(); i++) {
            double x = a.get(i);
            double y = b.get(i);
            double d = a.stream().filter(v -> v < x).count()
                    - (double) b.stream().filter(v -> v < y).count();
            squares += d * d;
        }
        return 1 - 6 * squares / (a.size() * ((double) a.size() * a.size() - 1));
    }

    /** Two equally good models, of which one writes longer: the judge's taste for length is taken out again. */
    @Test
    void lengthEffectIsRemoved() {
        SplittableRandom random = new SplittableRandom(3);
        Map<String, List<AlpacaPreference>> byModel = new LinkedHashMap<>();
        for (String model : List.of("same", "longer")) {
            List<AlpacaPreference> all = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                double length = 1000 + random.nextInt(2000) - (model.equals("same") ? 1000 : 0);
                all.add(new AlpacaPreference(model, "" + i, 1.5, 1000, length));
            }
            double[] lengths = LengthControl.lengths(all);
            List<AlpacaPreference> judged = new ArrayList<>();
            for (int i = 0; i < lengths.length; i++) {
                boolean win = random.nextDouble() < 1 / (1 + Math.exp(-(0.4 - 1.5 * lengths[i])));
                judged.add(new AlpacaPreference(
                        model, "" + i, win ? 2 : 1, 1000, all.get(i).modelLength()));
            }
            byModel.put(model, judged);
        }
        double expected = 100 / (1 + Math.exp(-0.4));
        LengthControl.fit(byModel, p -> 0, Map.of()).forEach((model, control) -> {
            assertThat(control.winRate()).as(model).isCloseTo(expected, within(4 * control.standardError()));
            assertThat(control.weights().length()).isCloseTo(-1.5, within(0.15));
        });
        assertThat(WinRate.of(byModel.getOrDefault("longer", List.of())).winRate())
                .isGreaterThan(expected + 10);
    }

    /**
     * The probability of a win is σ(0.4 − 1.5·length), where length is whether the answer is longer than the baseline's; without length it is σ(0.4).
     */
    @Test
    void standardErrorsCoverNineteenTimesOfTwenty() {
        SplittableRandom random = new SplittableRandom(17);
        double expected = 100 / (1 + Math.exp(-0.4));
        int sets = 400;
        int controlled = 0;
        int raw = 0;
        for (int set = 0; set < sets; set++) {
            List<AlpacaPreference> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                all.add(new AlpacaPreference("m", "" + i, 1.5, 1000, 500 + random.nextInt(2000)));
            }
            double[] lengths = LengthControl.lengths(all);
            double chances = 0;
            for (int i = 0; i < lengths.length; i++) {
                double chance = 1 / (1 + Math.exp(-(0.4 - 1.5 * lengths[i])));
                chances += 100 * chance / lengths.length;
                all.set(
                        i,
                        new AlpacaPreference(
                                "m",
                                "" + i,
                                random.nextDouble() < chance ? 2 : 1,
                                1000,
                                all.get(i).modelLength()));
            }
            LengthControl control = Optional.ofNullable(LengthControl.fit(Map.of("m", all), p -> 0, Map.of())
                            .get("m"))
                    .orElseThrow();
            WinRate rate = WinRate.of(all);
            controlled += Math.abs(control.winRate() - expected) < 1.96 * control.standardError() ? 1 : 0;
            raw += Math.abs(rate.winRate() - chances) < 1.96 * rate.standardError() ? 1 : 0;
        }
        assertThat(controlled / (double) sets).isBetween(0.93, 0.97);
        assertThat(raw / (double) sets).isBetween(0.93, 0.99);
    }

    @Test
    void difficultiesAreRecovered() {
        SplittableRandom random = new SplittableRandom(9);
        double[] truth = random.doubles(300, -2, 2).toArray();
        Map<String, List<AlpacaPreference>> byModel = new LinkedHashMap<>();
        for (int m = 0; m < 40; m++) {
            double skill = random.nextDouble() * 2 - 1;
            List<AlpacaPreference> all = new ArrayList<>();
            for (int i = 0; i < truth.length; i++) {
                boolean win = random.nextDouble() < 1 / (1 + Math.exp(-skill - truth[i]));
                all.add(new AlpacaPreference("m" + m, "" + i, win ? 2 : 1, 100, 100));
            }
            byModel.put("m" + m, all);
        }
        Map<String, Double> found = Difficulties.fit(byModel);
        List<Double> estimates = IntStream.range(0, truth.length)
                .mapToObj(i -> found.getOrDefault("" + i, Double.NaN))
                .toList();
        assertThat(spearman(estimates, java.util.Arrays.stream(truth).boxed().toList()))
                .isGreaterThan(0.9);
    }

    @Test
    void annotationsAreReadEitherWayRound() throws IOException {
        Path file = Files.writeString(directory.resolve("annotations.json"), """
            [{"instruction":"a","generator_1":"base","generator_2":"mine","output_1":"xx","output_2":"😀","preference":1.25},
             {"instruction":"b","generator_1":"mine","generator_2":"base","output_1":"x","output_2":"yyy","preference":1.25},
             {"instruction":"c","generator_1":"base","generator_2":"mine","output_1":"x","output_2":"y","preference":0},
             {"instruction":"d","generator_1":"base","generator_2":"mine","output_1":"x","output_2":"y","preference":null}]
            """);
        List<AlpacaPreference> mine = AlpacaFile.read(List.of(file), "base").getOrDefault("mine", List.of());
        assertThat(mine).extracting(AlpacaPreference::preference).startsWith(1.25, 1.75, 1.5);
        assertThat(mine.get(0).modelLength()).isEqualTo(1);
        assertThat(mine.get(1).baselineLength()).isEqualTo(3);
        WinRate rate = WinRate.of(mine);
        assertThat(rate.total()).isEqualTo(3);
        assertThat(rate.winRate()).isCloseTo(50, within(1e-12));
        assertThat(rate.draws()).isEqualTo(1);
    }

    @Test
    void errorsNameTheLineAndTheProblem() throws IOException {
        String header = "model,index,preference,len_output_1,len_output_2\n";
        refused(header + "m,0,2.5,1,1\n", "the preference is 2.5, not within 1 … 2");
        refused(header + "m,0,2,1,1\nm,0,1,1,1\n", ":3: 'm' has a preference for instruction '0' already");
        refused("name,value\nm,0\n", "these are not preferences of AlpacaEval");
        refused(header, "there are no preferences");
        Path other = Files.writeString(
                directory.resolve("o.jsonl"),
                "{\"instruction\":\"a\",\"generator_1\":\"x\",\"generator_2\":\"y\",\"output_1\":\"\",\"output_2\":\"\",\"preference\":1}\n");
        assertThatThrownBy(() -> AlpacaFile.read(List.of(other), "base"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("neither 'x' nor 'y' is the baseline 'base'");
    }

    private void refused(String text, String message) throws IOException {
        Path file = Files.writeString(directory.resolve("p.csv"), text);
        assertThatThrownBy(() -> AlpacaFile.read(List.of(file), "base"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
