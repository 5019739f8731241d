package org.thurstone.rank.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.SharedData;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.rank.posterior.PlackettLuceEp;

/** Real orders: two algorithms agree on sushi, and more people order dots better. */
class PrefLibDataTest {

    @Test
    void newtonAndMinorisationAgreeOnSushi() {
        Rankings sushi = read("preflib/sushi/00014-00000001.soc.gz");
        assertThat(sushi.all().stream().mapToDouble(Rankings.Ranking::weight).sum())
                .isEqualTo(5000);
        Groups one = Groups.one(10);
        ChoiceLikelihood likelihood = new ChoiceLikelihood(sushi, one, 0);
        double[] newton = ChoiceClimb.newton(likelihood, one, new double[10]);
        one.centre(newton);
        double[] minorised = ChoiceClimb.minorize(sushi, likelihood, one);
        double[] gradient = new double[10];
        double value = likelihood.at(newton, gradient);
        for (int i = 0; i < 10; i++) {
            assertThat(gradient[i]).isCloseTo(0, within(1e-8));
            assertThat(newton[i]).isCloseTo(minorised[i], within(1e-9));
        }
        assertThat(likelihood.logLikelihood(minorised) / 5000).isCloseTo(value / 5000, within(1e-12));
        // Better than taking every order for equally probable.
        assertThat(value / 5000).isBetween(-Math.log(3_628_800), -14.0);
        Board board = new PlackettLuce(0).rank(sushi, Inference.DEFAULT);
        for (Standing s : board.standings()) {
            assertThat(s.rating()).isCloseTo(newton[sushi.items().indexOf(s.item())], within(1e-9));
        }
    }

    /** A hundred items of which each person ordered ten. */
    @Test
    void partialOrdersAreFittedWhole() {
        Rankings sushi = read("preflib/sushi/00014-00000002.soi.gz");
        Board board = new PlackettLuce(0).rank(sushi, Inference.DEFAULT.withDraws(0));
        assertThat(board.standings()).hasSize(100);
        assertThat(board.remarks()).isEmpty();
        assertThat(board.standings()).allSatisfy(s -> assertThat(s.high()).isGreaterThan(s.low()));
    }

    /** With 795 orders the prior hardly counts, and the posterior is the likelihood's normal approximation. */
    @Test
    void thePosteriorOfManyOrdersIsTheLikelihoods() {
        Rankings dots = read("preflib/dots/00024-00000001.soc");
        Board fit = new PlackettLuce(0).rank(dots, Inference.DEFAULT.with(Inference.Intervals.FISHER));
        Board posterior = new PlackettLuceEp(0.1).rank(dots, Inference.DEFAULT);
        for (Standing s : fit.standings()) {
            Standing t = posterior.of(s.item()).orElseThrow();
            assertThat(t.rating()).isCloseTo(s.rating(), within(1e-3));
            assertThat((t.high() - t.low()) / (s.high() - s.low())).isCloseTo(1, within(2e-3));
        }
    }

    /** People put four pictures of dots in order; the fewer dots, the higher. */
    @Test
    void moreVotesRecoverTheOrderOfDotsBetter() {
        for (int file = 1; file <= 4; file++) {
            Rankings dots = read("preflib/dots/00024-0000000" + file + ".soc");
            assertThat(order(new PlackettLuce(0).rank(dots, Inference.NONE)))
                    .as("all voters together are right")
                    .isEqualTo(dots.items());
            double few = recovered(dots, 5, false);
            double some = recovered(dots, 25, false);
            double many = recovered(dots, 125, false);
            assertThat(List.of(few, some, many)).isSorted();
            assertThat(many - few).isGreaterThan(0.2);
            assertThat(recovered(dots, 125, true)).as("by pairs").isGreaterThan(recovered(dots, 5, true) + 0.2);
        }
    }

    @Test
    void orderIsBetterTheFurtherApartTheItemsAre() {
        double closest = recovered(read("preflib/dots/00024-00000001.soc"), 25, false);
        double furthest = recovered(read("preflib/dots/00024-00000004.soc"), 25, false);
        assertThat(furthest).isGreaterThan(closest + 0.1);
    }

    private static double recovered(Rankings dots, int voters, boolean pairs) {
        SplittableRandom random = new SplittableRandom(13);
        int[] ballots = dots.all().stream().mapToInt(r -> (int) r.weight()).toArray();
        List<Rankings.Ranking> each = new ArrayList<>();
        for (int r = 0; r < ballots.length; r++) {
            for (int v = 0; v < ballots[r]; v++) {
                each.add(new Rankings.Ranking(dots.all().get(r).blocks(), false, 1, ""));
            }
        }
        int right = 0;
        int tries = 100;
        for (int t = 0; t < tries; t++) {
            List<Rankings.Ranking> some = new ArrayList<>();
            for (int v = 0; v < voters; v++) {
                some.add(each.get(random.nextInt(each.size())));
            }
            Rankings drawn = dots.with(some);
            Board board = pairs
                    ? BradleyTerry.PLAIN.withRidge(0.01).rank(drawn, Inference.NONE)
                    : new PlackettLuce(0.01).rank(drawn, Inference.NONE);
            right += order(board).equals(dots.items()) ? 1 : 0;
        }
        return (double) right / tries;
    }

    private static List<String> order(Board board) {
        return board.standings().stream().map(Standing::item).toList();
    }

    private static Rankings read(String name) {
        Path path = SharedData.path(name);
        return (Rankings) VoteFiles.read(path, VoteReadOptions.USUAL).votes();
    }
}
