package org.thurstone.rank.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Standing;
import org.thurstone.rank.board.Ranking;
import org.thurstone.rank.file.Columns;
import org.thurstone.rank.file.Role;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;

/** Home advantage, margins and tournaments of online ratings, worked out by hand, and draws of TrueSkill. */
class FootballTest {

    private static final Elo WORLD = new Elo(
            30,
            1500,
            400,
            true,
            OptionalDouble.of(100),
            Elo.Margin.WORLD_FOOTBALL,
            Map.of("World Cup", 60.0, "Friendly", 20.0));

    private static Encounter match(Outcome outcome, boolean home, int margin, String tournament) {
        return new Encounter(0, 1, outcome, 1, Double.NaN, home, margin, tournament);
    }

    private static double gained(Elo elo, Encounter match) {
        RatingState course = elo.begin(2);
        course.learn(match);
        assertThat(course.rating(0) + course.rating(1)).isCloseTo(3000, within(1e-9));
        return course.rating(0) - 1500;
    }

    @Test
    void worldFootballByHand() {
        double home = 1 / (1 + Math.pow(10, -100 / 400.0));
        assertThat(gained(WORLD, match(Outcome.LEFT, true, 1, "World Cup"))).isCloseTo(60 * (1 - home), within(1e-9));
        assertThat(gained(WORLD, match(Outcome.LEFT, true, 2, "Friendly")))
                .isCloseTo(20 * 1.5 * (1 - home), within(1e-9));
        assertThat(gained(WORLD, match(Outcome.RIGHT, true, 3, "Qualifier")))
                .isCloseTo(30 * 1.75 * (0 - home), within(1e-9));
        // ¾ + (N − 3)/8 more than once: for seven goals 2.25.
        assertThat(gained(WORLD, match(Outcome.LEFT, false, 7, ""))).isCloseTo(30 * 2.25 * 0.5, within(1e-9));
        assertThat(gained(WORLD, match(Outcome.TIE, false, 1, "World Cup"))).isCloseTo(0, within(1e-9));
        Elo root = new Elo(20, 1500, 400, false, OptionalDouble.empty(), Elo.Margin.ROOT, Map.of());
        assertThat(gained(root, match(Outcome.LEFT, true, 4, "Friendly"))).isCloseTo(20 * 2 * 0.5, within(1e-9));
    }

    /** The published example: 630 against 500 points on neutral ground, a friendly won by two goals, gives 9.63 points. */
    @Test
    void thePublishedExample() {
        double expected = 1 / (1 + Math.pow(10, -130 / 400.0));
        assertThat(20 * Elo.Margin.WORLD_FOOTBALL.factor(2) * (1 - expected)).isCloseTo(9.63, within(0.01));
    }

    /** Two new players: Glickman's arithmetic with g(φ)·(μ + η − μ_j) in the expected score. */
    @Test
    void glickosExpectationHasTheHomeAdvantage() {
        Glicko2 glicko = new Glicko2(30, 0.5, 1500, 350, 0.06, true, OptionalDouble.of(100));
        RatingState course = glicko.begin(2);
        course.learn(match(Outcome.LEFT, true, 1, ""));
        course.settle(0);
        double phi = 350 / Glicko2.SCALE;
        double g = Glicko2.g(phi);
        double e = 1 / (1 + Math.exp(-g * 100 / Glicko2.SCALE));
        double information = g * g * e * (1 - e);
        double surprise = g * (1 - e);
        double sigma = Glicko2.volatility(phi, 0.06, 1 / information, surprise / information, 0.5);
        double after = 1 / (1 / (phi * phi + sigma * sigma) + information);
        assertThat(course.rating(0)).isCloseTo(1500 + Glicko2.SCALE * after * surprise, within(1e-9));
        assertThat(course.rating(1)).isCloseTo(3000 - course.rating(0), within(1e-9));
        RatingState neutral = glicko.begin(2);
        neutral.learn(match(Outcome.LEFT, false, 1, ""));
        neutral.settle(0);
        RatingState plain = new Glicko2(30, 0.5, 1500, 350, 0.06).begin(2);
        plain.learn(match(Outcome.LEFT, true, 1, ""));
        plain.settle(0);
        assertThat(neutral.rating(0)).isEqualTo(plain.rating(0)).isGreaterThan(course.rating(0));
        assertThat(glicko.begin(2).chances(0, 1, true).left()).isGreaterThan(0.55);
    }

    /** 4,000 matches with an advantage of 80 points, whose standard error is about 6 points. */
    @Test
    void theAdvantageIsEstimatedFromWhatWasExpected() {
        Battles battles = season(80, 4000, true);
        for (OnlineRating method : List.of(
                new Elo(8, 1500, 400, true, OptionalDouble.empty(), Elo.Margin.NONE, Map.of()),
                new Glicko2(30, 0.5, 1500, 350, 0.06, true, OptionalDouble.empty()))) {
            Board board = method.rank(battles, Inference.NONE);
            double points = value(board, "home advantage, points");
            assertThat(points).as(method.name()).isBetween(60.0, 105.0);
            OnlineRating fitted = method.fitted(battles);
            assertThat(OnlineRating.surplus(battles, fitted)).as(method.name()).isCloseTo(0, within(0.2));
            var forecast = board.forecast().orElseThrow();
            double athome = forecast.chances(Battle.of("p0", "p1", Outcome.TIE).with(List.of(1.0)))
                    .orElseThrow()
                    .left();
            double neutral = forecast.chances(Battle.of("p0", "p1", Outcome.TIE).with(List.of(0.0)))
                    .orElseThrow()
                    .left();
            assertThat(athome - neutral).isGreaterThan(0.05);
        }
    }

    private static double value(Board board, String name) {
        return board.quantities().stream()
                .filter(q -> q.name().equals(name))
                .mapToDouble(Quantity::value)
                .findFirst()
                .orElseThrow();
    }

    /** Matches of six teams, every second one on neutral ground if that is known. */
    private static Battles season(double advantage, int matches, boolean neutral) {
        SplittableRandom random = new SplittableRandom(3);
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < matches; n++) {
            int a = random.nextInt(6);
            int b = (a + 1 + random.nextInt(5)) % 6;
            boolean home = !neutral || n % 2 == 0;
            double ahead = 40 * (b - a) + (home ? advantage : 0);
            boolean left = random.nextDouble() < 1 / (1 + Math.pow(10, -ahead / 400));
            Battle battle = Battle.of("p" + a, "p" + b, left ? Outcome.LEFT : Outcome.RIGHT)
                    .at(n * 8_640.0);
            battles.add(neutral ? battle.with(List.of(home ? 1.0 : 0.0)) : battle);
        }
        return Battles.of(battles, neutral ? List.of(Battles.HOME_ADVANTAGE) : List.of());
    }

    @Test
    void trueSkillTakesItsDrawsFromTheShareOfTies() {
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            battles.add(Battle.of("a", "b", n % 4 == 0 ? Outcome.TIE : n % 3 == 0 ? Outcome.RIGHT : Outcome.LEFT));
        }
        TrueSkill open = new TrueSkill(25, 25 / 3.0, 25 / 6.0, 25 / 300.0, OptionalDouble.empty());
        Board board = open.rank(Battles.of(battles), Inference.DEFAULT);
        Board given =
                new TrueSkill(25, 25 / 3.0, 25 / 6.0, 25 / 300.0, 0.25).rank(Battles.of(battles), Inference.DEFAULT);
        assertThat(value(board, "draw probability of equals (share of ties)")).isCloseTo(0.25, within(1e-12));
        assertThat(board.standings()).isEqualTo(given.standings());
        assertThat(given.quantities()).isEmpty();
        // Without ties the usual share stays; of ties alone, some room is left for a winner.
        battles.removeIf(b -> b.outcome() == Outcome.TIE);
        Board decided = open.rank(Battles.of(battles), Inference.DEFAULT);
        assertThat(decided.quantities()).isEmpty();
        assertThat(decided.standings())
                .isEqualTo(new TrueSkill(25, 25 / 3.0, 25 / 6.0, 25 / 300.0, 0.1)
                        .rank(Battles.of(battles), Inference.DEFAULT)
                        .standings());
        Board tied = open.rank(Battles.of(List.of(Battle.of("a", "b", Outcome.TIE))), Inference.DEFAULT);
        assertThat(tied.standings()).allMatch(s -> s.rating() == 25 && s.hasInterval());
    }

    @Test
    void scoresAndTournamentsAreRead(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("matches.csv");
        Files.writeString(file, """
                home_team,away_team,home_score,away_score,tournament,date
                Chile,Peru,3,1,Friendly,2024-01-01
                Peru,Chile,0,0,World Cup,2024-02-01
                Chile,Bolivia,5,0,World Cup,2024-03-01
                """);
        VoteReadOptions reading = VoteReadOptions.USUAL.with(Columns.USUAL.with(Role.TOURNAMENT, "tournament"));
        VoteFile votes = VoteFiles.read(file, reading);
        Battles battles = (Battles) votes.votes();
        assertThat(battles.tournaments()).containsExactly("", "Friendly", "World Cup");
        assertThat(List.of(battles.margin(0), battles.margin(1), battles.margin(2)))
                .containsExactly(2, 1, 5);
        assertThat(battles.battle(2).tournament()).isEqualTo("World Cup");
        assertThat(votes.remarks()).anyMatch(r -> r.contains("tournament = tournament"));
        Board board = Ranking.by(
                        "elo",
                        "home=true",
                        "advantage=100",
                        "margin=world-football",
                        "tournaments={World Cup: 60, Friendly: 20}")
                .of(battles);
        RatingState course = WORLD.begin(3);
        course.learn(new Encounter(1, 2, Outcome.LEFT, 1, 0, true, 2, "Friendly"));
        course.learn(new Encounter(2, 1, Outcome.TIE, 1, 0, true, 1, "World Cup"));
        course.learn(new Encounter(1, 0, Outcome.LEFT, 1, 0, true, 5, "World Cup"));
        assertThat(board.of("Chile").orElseThrow().rating()).isCloseTo(course.rating(1), within(1e-9));
        // A column that is not there is refused with those that are.
        assertThatThrownBy(() -> VoteFiles.read(
                        file, VoteReadOptions.USUAL.with(Columns.USUAL.with(Role.TOURNAMENT, "turnament"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("matches.csv:2: there is no column \"turnament\" (--tournament)")
                .hasMessageContaining("did you mean \"tournament\"?");
        assertThatThrownBy(() -> Ranking.by("elo", "tournaments={Frendly: 20}").of(battles))
                .hasMessage("elo has a k for the tournament \"Frendly\", in which no battle was played"
                        + " (did you mean \"Friendly\"?)");
        Battles plain = (Battles) VoteFiles.read(file, VoteReadOptions.USUAL).votes();
        assertThatThrownBy(() -> Ranking.by("elo", "tournaments={Friendly: 20}").of(plain))
                .hasMessageContaining("name the column with --tournament");
        assertThatThrownBy(() ->
                        Ranking.by("elo", "margin=root").of(Battles.of(List.of(Battle.of("a", "b", Outcome.LEFT)))))
                .hasMessageContaining("needs scores, and no battle was won by more than 1");
        assertThatThrownBy(() -> new Elo(
                        30, 1500, 400, false, OptionalDouble.empty(), Elo.Margin.NONE, Map.of("Friendly", -1.0)))
                .hasMessageContaining("the k of \"Friendly\" is -1.0");
        assertThatThrownBy(() -> WORLD.rank(Rankings.of(battles), Inference.NONE))
                .isInstanceOf(UserError.class);
    }

    /** A resample has every match as often as it is drawn, with its margin and tournament. */
    @Test
    void aBootstrapKeepsMarginsAndTournaments() {
        SplittableRandom random = new SplittableRandom(9);
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            battles.add(Battle.of("a", n % 2 == 0 ? "b" : "c", random.nextInt(3) > 0 ? Outcome.LEFT : Outcome.RIGHT)
                    .withMargin(1 + random.nextInt(3))
                    .in(n % 2 == 0 ? "World Cup" : "Friendly"));
        }
        Board board = Ranking.by(WORLD)
                .with(Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(40))
                .of(battles);
        assertThat(board.standings()).allMatch(Standing::hasInterval);
    }
}
