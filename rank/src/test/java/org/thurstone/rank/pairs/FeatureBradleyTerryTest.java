package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.board.Ranking;
import org.thurstone.rank.file.ItemFeatures;

/** Features of items, against a dense Newton's method and a restricted likelihood written out in numpy, and by simulation. */
class FeatureBradleyTerryTest {

    private static final double QUANTILE = 1.959963984540054;
    /** Student's t with five degrees of freedom. */
    private static final double OF_FIVE = 2.570581835636305;

    private static final double[][] FEATURES = {
        {1.0, 0}, {2.5, 1}, {3.0, 0}, {4.5, 1}, {5.0, 1}, {6.0, 0}, {7.5, 1}, {9.0, 0}
    };

    private static final int[][] WINS = {
        {0, 1, 9, 15}, {1, 2, 6, 15}, {2, 3, 12, 6}, {3, 4, 5, 13}, {4, 5, 15, 4}, {5, 6, 2, 15},
        {6, 7, 14, 4}, {0, 7, 5, 12}, {0, 4, 2, 15}, {2, 6, 4, 16}, {1, 5, 9, 8}, {3, 7, 6, 14}
    };

    private static String name(int i) {
        return Character.toString('a' + i);
    }

    private static List<Battle> votes() {
        List<Battle> battles = new ArrayList<>();
        for (int[] pair : WINS) {
            battles.addAll(Simulated.times(pair[2], name(pair[0]), name(pair[1]), Outcome.LEFT));
            battles.addAll(Simulated.times(pair[3], name(pair[0]), name(pair[1]), Outcome.RIGHT));
        }
        return battles;
    }

    private static ItemFeatures features() {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int i = 0; i < FEATURES.length; i++) {
            values.put(name(i), List.of(FEATURES[i][0], FEATURES[i][1]));
        }
        return ItemFeatures.of(List.of("size", "open"), values);
    }

    private static FeatureBradleyTerry given(double deviation) {
        return new FeatureBradleyTerry(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                BradleyTerry.Ties.HALF,
                false,
                OptionalDouble.of(deviation));
    }

    private static Quantity quantity(Board board, String name) {
        return board.quantities().stream()
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void check(
            Board board, double[] effects, double[] errors, double[] pValues, double[] ratings, double[] deviations) {
        List<String> names = List.of("size", "open");
        for (int k = 0; k < 2; k++) {
            Quantity q = quantity(board, names.get(k));
            assertThat(q.value()).isCloseTo(effects[k], within(2e-6));
            assertThat((q.high() - q.low()) / 2 / OF_FIVE).isCloseTo(errors[k], within(5e-6));
            assertThat(q.pValue()).isCloseTo(pValues[k], within(1e-5));
        }
        for (int i = 0; i < 8; i++) {
            Standing s = board.of(name(i)).orElseThrow();
            assertThat(s.rating()).isCloseTo(ratings[i], within(5e-6));
            assertThat((s.high() - s.low()) / 2 / QUANTILE).isCloseTo(deviations[i], within(5e-6));
        }
    }

    @Test
    void aGivenResidualIsTheSolutionOfTheMixedModelEquations() {
        check(
                given(0.5).rank(Tally.of(votes()), features(), Inference.DEFAULT),
                new double[] {0.17104544201102378, 0.5289071126983048},
                new double[] {0.08513125985671478, 0.39124287641984024},
                new double[] {0.1007495650047382, 0.23435240009012495},
                new double[] {
                    -0.9320170847513568,
                    -0.45458768156751306,
                    0.051371579356109254,
                    -0.3426273536283452,
                    0.6508187120089453,
                    -0.474271158644007,
                    1.2469719090862785,
                    0.25434107813988893
                },
                new double[] {
                    0.2630218909610456, 0.2326522840956244, 0.23219816240704855, 0.23511440302404735,
                    0.25795088808301875, 0.25184806205848465, 0.27115867523571413, 0.262587729734732
                });
    }

    @Test
    void theResidualMaximisesTheRestrictedLikelihood() {
        Board board = FeatureBradleyTerry.plain().rank(Tally.of(votes()), features(), Inference.DEFAULT);
        assertThat(quantity(board, "residual standard deviation").value()).isCloseTo(0.6718360190820565, within(1e-5));
        check(
                board,
                new double[] {0.17363786800981937, 0.5427212009886635},
                new double[] {0.10659416641209485, 0.504861120657727},
                new double[] {0.16424978883667335, 0.3314935416196933},
                new double[] {
                    -0.9531675974511546,
                    -0.48873311682738996,
                    0.12083725556067715,
                    -0.3916346404070271,
                    0.6721995597499986,
                    -0.5267395115331276,
                    1.3370200664642005,
                    0.23021798444382313
                },
                new double[] {
                    0.2727627596779017, 0.24303361888675648, 0.24712531779697908, 0.25158755431593666,
                    0.2793652566363465, 0.27366059985611907, 0.2905322353711577, 0.27347762293618977
                });
        assertThat(board.remarks()).anyMatch(r -> r.startsWith("size: 0.1736 log-odds per unit, standard error 0.107"));
        assertThat(quantity(board, "log-likelihood").value()).isCloseTo(-127.30160975216864, within(1e-3));
    }

    /** The unit of a feature changes its effect by the same factor, and nothing else. */
    @Test
    void unitsDoNotMatter() {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        features().values().forEach((item, of) -> values.put(item, List.of(1000 * of.get(0) + 5e6, of.get(1))));
        Board metres = FeatureBradleyTerry.plain()
                .rank(Tally.of(votes()), ItemFeatures.of(List.of("size", "open"), values), Inference.DEFAULT);
        Board kilometres = FeatureBradleyTerry.plain().rank(Tally.of(votes()), features(), Inference.DEFAULT);
        assertThat(1000 * quantity(metres, "size").value())
                .isCloseTo(quantity(kilometres, "size").value(), within(1e-5));
        assertThat(quantity(metres, "size").pValue())
                .isCloseTo(quantity(kilometres, "size").pValue(), within(1e-5));
        assertThat(metres.of("a").orElseThrow().rating())
                .isCloseTo(kilometres.of("a").orElseThrow().rating(), within(1e-5));
    }

    private static Board simulated(double effect, int items, int battles, SplittableRandom random) {
        double[] strengths = new double[items];
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int i = 0; i < items; i++) {
            double x = random.nextGaussian();
            strengths[i] = effect * x + 0.5 * random.nextGaussian();
            values.put(Simulated.name(i), List.of(x));
        }
        return FeatureBradleyTerry.plain()
                .rank(
                        Tally.of(Simulated.battles(strengths, battles, random)),
                        ItemFeatures.of(List.of("x"), values),
                        Inference.DEFAULT.withDraws(0));
    }

    /** 300 samples of twelve items, half of them with an effect of 1: 5 % of the intervals miss it, but for a binomial scatter of 1.3 %. */
    @Test
    void intervalsOfEffectsCoverThemAtTheirLevel() {
        SplittableRandom random = new SplittableRandom(2);
        int missed = 0;
        int rejected = 0;
        for (int sample = 0; sample < 300; sample++) {
            int truth = sample % 2;
            Quantity x = quantity(simulated(truth, 12, 400, random), "x");
            missed += x.low() > truth || x.high() < truth ? 1 : 0;
            rejected += truth == 0 && x.pValue() < 0.05 ? 1 : 0;
            assertThat(x.low() > 0 || x.high() < 0).isEqualTo(x.pValue() < 0.05);
        }
        assertThat(missed / 300.0).isBetween(0.015, 0.095);
        assertThat(rejected / 150.0).isLessThan(0.11);
    }

    @Test
    void anEffectIsFoundAndExplainsItsShare() {
        Board board = simulated(1, 40, 4000, new SplittableRandom(3));
        Quantity x = quantity(board, "x");
        assertThat(x.value()).isBetween(0.75, 1.25);
        assertThat(x.pValue()).isLessThan(1e-6);
        assertThat(quantity(board, "residual standard deviation").value()).isBetween(0.3, 0.7);
        assertThat(quantity(board, "share of the variance that features explain")
                        .value())
                .isBetween(0.6, 0.95);
        assertThat(board.forecast()
                        .orElseThrow()
                        .chances(Battle.of("maa", "mab", Outcome.TIE))
                        .orElseThrow()
                        .left())
                .isBetween(0.0, 1.0);
    }

    @Test
    void aBootstrapDrawsRatingsAndEffects() {
        Board board = given(0.5)
                .rank(
                        Tally.of(votes()),
                        features(),
                        Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(100));
        assertThat(board.standings()).allMatch(Standing::hasInterval);
        Quantity size = quantity(board, "size");
        assertThat((size.high() - size.low()) / 2 / QUANTILE).isBetween(0.06, 0.11);
    }

    /** Strengths that are twice the feature, an advantage of 0.8 for the left item, and 6,000 battles. */
    @Test
    void homeAdvantageAndTiesAreFittedAlong() {
        SplittableRandom random = new SplittableRandom(7);
        List<Battle> battles = new ArrayList<>();
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            values.put(name(i), List.of(i / 10.0));
        }
        for (int n = 0; n < 6000; n++) {
            int i = random.nextInt(10);
            int j = (i + 1 + random.nextInt(9)) % 10;
            double half = Math.exp((0.2 * (i - j) + 0.8) / 2);
            double tie = 0.5;
            double u = random.nextDouble() * (half + 1 / half + tie);
            Outcome outcome = u < half ? Outcome.LEFT : u < half + tie ? Outcome.TIE : Outcome.RIGHT;
            battles.add(Battle.of(name(i), name(j), outcome));
        }
        FeatureBradleyTerry model = new FeatureBradleyTerry(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                BradleyTerry.Ties.DAVIDSON,
                true,
                OptionalDouble.empty());
        Board board = model.rank(Battles.of(battles), ItemFeatures.of(List.of("x"), values), Inference.DEFAULT);
        assertThat(quantity(board, "x").value()).isBetween(1.8, 2.2);
        assertThat(quantity(board, "home advantage").value()).isBetween(0.65, 0.95);
        assertThat(quantity(board, "tie probability at equal strength").value()).isBetween(0.17, 0.23);
        assertThat(quantity(board, "residual standard deviation").value()).isLessThan(0.1);
        var chances = board.forecast()
                .orElseThrow()
                .chances(Battle.of("a", "b", Outcome.TIE))
                .orElseThrow();
        assertThat(chances.left()).isGreaterThan(chances.right());
        assertThat(chances.tie()).isBetween(0.15, 0.23);
    }

    /** An item that won both of its battles has a finite strength, drawn to what its features say. */
    @Test
    void thinItemsAreDrawnToWhatTheirFeaturesSay() {
        List<Battle> battles = votes();
        battles.addAll(Simulated.times(2, "new", "a", Outcome.LEFT));
        Map<String, List<Double>> values = new LinkedHashMap<>(features().values());
        values.put("new", List.of(2.0, 0.0));
        Board board = FeatureBradleyTerry.plain()
                .rank(Battles.of(battles), ItemFeatures.of(List.of("size", "open"), values), Inference.DEFAULT);
        Standing thin = board.of("new").orElseThrow();
        assertThat(thin.rating()).isBetween(-1.0, 0.5);
        assertThat(thin.high() - thin.low()).isGreaterThan(1.5);
    }

    @Test
    void aFileOfFeaturesIsRead(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("features.csv");
        StringBuilder text = new StringBuilder("model,licence,size,open\n");
        for (int i = 0; i < 8; i++) {
            text.append(name(i))
                    .append(",MIT,")
                    .append(FEATURES[i][0])
                    .append(FEATURES[i][1] > 0 ? ",true\n" : ",false\n");
        }
        text.append("stranger,MIT,3,true\n");
        Files.writeString(file, text.toString());
        Board board =
                Ranking.by("bt-features", "features=" + file, "deviation=0.5").of(Battles.of(votes()));
        assertThat(quantity(board, "open").value()).isCloseTo(0.5289071126983048, within(2e-6));
        assertThat(board.remarks())
                .contains(
                        file + " has features of items without votes, which are not used: \"stranger\" (line 10)",
                        "Not read from " + file + ", because they hold no numbers: licence");
        Board one =
                Ranking.by("bt-features", "features=" + file, "columns=[size]").of(Battles.of(votes()));
        assertThat(one.quantities()).noneMatch(q -> q.name().equals("open"));
    }

    private static void refused(Path file, String content, String message, String... settings) throws IOException {
        Files.writeString(file, content);
        List<String> all = new ArrayList<>(List.of("features=" + file));
        all.addAll(List.of(settings));
        Battles votes = Battles.of(List.of(
                Battle.of("a", "b", Outcome.LEFT),
                Battle.of("b", "c", Outcome.LEFT),
                Battle.of("c", "a", Outcome.LEFT)));
        assertThatThrownBy(() ->
                        Ranking.by("bt-features", all.toArray(String[]::new)).of(votes))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void wrongFeaturesAreRefusedWithTheirLine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("features.csv");
        refused(file, "item,size\na,1\nb,2\n", "features.csv has no row for the item \"c\"");
        refused(file, "item,size\na,1\nb,x\nc,2\n", "features.csv:3: \"size\" of \"b\" is \"x\", not a number");
        refused(file, "item,size\na,1\nb,\nc,2\n", "features.csv:3: \"size\" of \"b\" is empty");
        refused(
                file,
                "item,size\na,1\nb,2\na,3\n",
                "features.csv:4: the features of \"a\" were given before, in line 2");
        refused(file, "who,size\na,1\nb,2\nc,3\n", "--set item=NAME, one of: who, size");
        refused(file, "item,licence\na,MIT\nb,MIT\nc,MIT\n", "no column besides \"item\" holds numbers");
        refused(file, "item,size\na,1\nb,1\nc,1\n", "the feature \"size\" is 1.0 for every item");
        refused(file, "item,size\na,1\nb,2\nc,4\n", "there is no column \"prize\" (columns)", "columns=[prize]");
        refused(file, "item,x,y\na,1,2\nb,2,4\nc,4,8\n", "there are 3 items and 2 features");
        refused(file, "", "features.csv is empty");
        assertThatThrownBy(() -> Ranking.by("bt-features").of(Battles.of(votes())))
                .hasMessageContaining("--item-features FILE");
        Map<String, List<Double>> values = new LinkedHashMap<>();
        features().values().forEach((item, of) -> values.put(item, List.of(of.get(0), 3 - 2 * of.get(0))));
        assertThatThrownBy(() -> FeatureBradleyTerry.plain()
                        .rank(Tally.of(votes()), ItemFeatures.of(List.of("x", "y"), values), Inference.DEFAULT))
                .hasMessageContaining("the feature \"y\" is a combination of those before it");
        assertThatThrownBy(() -> given(0)).hasMessageContaining("deviation is 0.0");
    }
}
