package org.thurstone.rank.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.rank.Battles;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Tally;

/** What a prediction has to beat: a coin, and the share of points of the left item in the ranked battles, for all items alike. */
public final class Baselines {

    private Baselines() {}

    /**
     * The predictions of held-out battles. Both give ties the share that they have in the ranked battles. If the left item won every ranked battle or
     * none, left and right say who won and not who was at home, and there is only the coin.
     */
    public static List<Prediction> of(Tally ranked, Battles held) {
        double left = 0;
        double right = 0;
        double ties = 0;
        for (int c = 0; c < ranked.cells(); c++) {
            left += ranked.leftWins(c);
            right += ranked.rightWins(c);
            ties += ranked.ties(c);
        }
        double all = left + right + ties;
        double tied = ties / all;
        List<Prediction> baselines = new ArrayList<>();
        baselines.add(of("coin", new OutcomeProbabilities((1 - tied) / 2, tied, (1 - tied) / 2), held));
        if (left > 0 && right > 0) {
            baselines.add(of("home advantage alone", new OutcomeProbabilities(left / all, tied, right / all), held));
        }
        return baselines;
    }

    private static Prediction of(String name, OutcomeProbabilities chances, Battles held) {
        return Prediction.of(name, battle -> Optional.of(chances), held);
    }
}
