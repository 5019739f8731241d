package org.thurstone.rank.bench;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.BattlesBuilder;
import org.thurstone.rank.Outcome;
import org.thurstone.statistics.Logistic;

/**
 * Boards with one planted defect each, for the probes of an audit to find. All are the even board, in which nothing is planted, with one thing
 * changed: six items with evenly spaced strengths, 6,000 battles of random pairs in random order, a tenth of them ties, of 400 annotators on 200
 * prompts within 60 days.
 */
public enum PlantedBoard {
    /** Nothing is planted. */
    EVEN(),
    /** 200 battles instead of 6,000. */
    FEW_VOTES("neighbours", "places") {
        @Override
        Draft draft(SplittableRandom random) {
            return Draft.even().withCount(200);
        }
    },
    /** Being shown first is worth 0.9 in log-odds, and one item nearly always is. */
    FIRST_FAVOURED("first", "first-order") {
        @Override
        Draft draft(SplittableRandom random) {
            Draft even = Draft.even();
            even.strengths()[2] += 0.33;
            Pairing fair = even.pairing();
            return even.withPairing(r -> {
                        int[] pair = fair.next(r);
                        boolean wanted = r.nextDouble() < 0.98;
                        boolean favoured = pair[0] == 2 || pair[1] == 2;
                        return favoured && (pair[0] == 2) != wanted ? new int[] {pair[1], pair[0]} : pair;
                    })
                    .withShift((v, r) -> 0.9);
        }
    },
    /** An item of the lower half draws 85 % of its battles, and half a win for each is generous. */
    DRAW_PRONE("ties") {
        @Override
        Draft draft(SplittableRandom random) {
            return Draft.even().withTies((left, right) -> left == 4 || right == 4 ? 0.85 : 0.1);
        }
    },
    /** The first three items beat each other in a circle. */
    CIRCLE("cycles") {
        @Override
        Draft draft(SplittableRandom random) {
            Draft even = Draft.even();
            double[] strengths = even.strengths();
            return even.withShift((v, r) -> {
                boolean within = v.left() < 3 && v.right() < 3;
                double forward = (v.right() - v.left() + 3) % 3 == 1 ? 1 : -1;
                return within ? forward - strengths[v.left()] + strengths[v.right()] : 0;
            });
        }
    },
    /** The items are in two halves that never meet. */
    TWO_POOLS("connected") {
        @Override
        Draft draft(SplittableRandom random) {
            return Draft.even().withPairing(r -> {
                int base = r.nextBoolean() ? 0 : 3;
                int left = r.nextInt(3);
                return new int[] {base + left, base + (left + 1 + r.nextInt(2)) % 3};
            });
        }
    },
    /** Each item is chosen 2.6 times as often as the next. */
    LOPSIDED("spread") {
        @Override
        Draft draft(SplittableRandom random) {
            double[] weights =
                    IntStream.range(0, 6).mapToDouble(i -> Math.exp(-0.96 * i)).toArray();
            return Draft.even().withPairing(r -> weighted(weights, r));
        }
    },
    /** One item has about 20 battles. */
    THIN_ITEM("battles") {
        @Override
        Draft draft(SplittableRandom random) {
            double[] weights = {1, 1, 1, 0.008, 1, 1};
            return Draft.even().withPairing(r -> weighted(weights, r));
        }
    },
    /** Six of 300 annotators, each with a strong taste, give 35 % of the votes. */
    POWER_ANNOTATORS("annotators") {
        @Override
        Draft draft(SplittableRandom random) {
            double[][] taste = tastes(300, 0.15, random);
            System.arraycopy(tastes(6, 0.8, random), 0, taste, 0, 6);
            return Draft.even()
                    .withAnnotator(r -> r.nextDouble() < 0.35 ? r.nextInt(6) : r.nextInt(300))
                    .withShift((v, r) -> taste[v.annotator()][v.left()] - taste[v.annotator()][v.right()]);
        }
    },
    /** One of 40 annotators gives 35 % of the votes, and prefers one of two equal items by 4 in log-odds. */
    LOUD_ANNOTATOR("neighbours", "annotators", "one-annotator") {
        @Override
        Draft draft(SplittableRandom random) {
            Draft even = Draft.even();
            even.strengths()[3] = even.strengths()[2];
            double[] taste = {0, 0, -2, 2, 0, 0};
            return even.withAnnotator(r -> r.nextDouble() < 0.35 ? 39 : r.nextInt(39))
                    .withShift((v, r) -> v.annotator() == 39 ? taste[v.left()] - taste[v.right()] : 0);
        }
    },
    /** Each of 60 prompts suits some items much better than others. */
    OPINIONATED_PROMPTS("prompts") {
        @Override
        Draft draft(SplittableRandom random) {
            double[][] taste = tastes(60, 0.7, random);
            return Draft.even()
                    .withPrompt(r -> r.nextInt(60))
                    .withShift((v, r) -> taste[v.prompt()][v.left()] - taste[v.prompt()][v.right()]);
        }
    },
    /** One prompt has 30 % of the votes, and one item nearly always wins on it. */
    REPEATED_PROMPT("one-prompt") {
        @Override
        Draft draft(SplittableRandom random) {
            return Draft.even()
                    .withPrompt(r -> r.nextDouble() < 0.3 ? 0 : r.nextInt(200))
                    .withShift((v, r) -> v.prompt() > 0 ? 0 : v.left() == 3 ? 4 : v.right() == 3 ? -4 : 0);
        }
    },
    /** One item beats the last one by 4 in log-odds more than its strength, and meets it in most of its battles. */
    FARMED_OPPONENT("one-opponent") {
        @Override
        Draft draft(SplittableRandom random) {
            Draft even = Draft.even();
            Pairing fair = even.pairing();
            return even.withPairing(r -> {
                        int[] pair = fair.next(r);
                        boolean farmed = (pair[0] == 3 || pair[1] == 3) && r.nextDouble() < 0.6;
                        return farmed ? (r.nextBoolean() ? new int[] {3, 5} : new int[] {5, 3}) : pair;
                    })
                    .withShift(
                            (v, r) -> v.left() == 3 && v.right() == 5 ? 4 : v.left() == 5 && v.right() == 3 ? -4 : 0);
        }
    },
    /** One item is replaced by a version that is better by 0.8 after half the time. */
    UPDATED_ITEM("drift") {
        @Override
        Draft draft(SplittableRandom random) {
            return Draft.even()
                    .withShift((v, r) -> v.time() < 0.5 ? 0 : v.left() == 4 ? 0.8 : v.right() == 4 ? -0.8 : 0);
        }
    },
    /** Two of the items are equal. */
    EQUAL_PAIR("neighbours", "votes-needed") {
        @Override
        Draft draft(SplittableRandom random) {
            Draft even = Draft.even();
            even.strengths()[3] = even.strengths()[2];
            return even;
        }
    };

    private static final double DAY = 86_400;
    private static final double BEGIN = 1_700_000_000;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> planted;

    PlantedBoard(String... planted) {
        this.planted = List.of(planted);
    }

    /** The probes that should raise a flag. */
    public List<String> planted() {
        return planted;
    }

    /** Its name in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Draft draft(SplittableRandom random) {
        return Draft.even();
    }

    /** The board of a seed. */
    @SuppressWarnings("EnumOrdinal") // boards of one seed differ
    public Battles battles(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + ordinal());
        Draft draft = draft(random);
        BattlesBuilder battles = new BattlesBuilder(List.of());
        for (int k = 0; k < draft.count(); k++) {
            int[] pair = draft.pairing().next(random);
            Vote vote = new Vote(
                    pair[0],
                    pair[1],
                    draft.annotator().next(random),
                    draft.prompt().next(random),
                    random.nextDouble());
            double gap = draft.strengths()[vote.left()]
                    - draft.strengths()[vote.right()]
                    + draft.shift().of(vote, random);
            Outcome outcome = random.nextDouble() < draft.ties().rate(vote.left(), vote.right())
                    ? Outcome.TIE
                    : random.nextDouble() < Logistic.sigmoid(gap) ? Outcome.LEFT : Outcome.RIGHT;
            battles.add(Battle.of("item " + (vote.left() + 1), "item " + (vote.right() + 1), outcome)
                    .by("annotator " + vote.annotator())
                    .about("prompt " + vote.prompt())
                    .at(BEGIN + 60 * DAY * vote.time()));
        }
        return battles.battles();
    }

    /** @param time as a share of the whole, in [0, 1) */
    record Vote(int left, int right, int annotator, int prompt, double time) {}

    @FunctionalInterface
    interface Pairing {
        int[] next(SplittableRandom random);
    }

    @FunctionalInterface
    interface Source {
        int next(SplittableRandom random);
    }

    /** What is added to the difference of the strengths. */
    @FunctionalInterface
    interface Shift {
        double of(Vote vote, SplittableRandom random);
    }

    @FunctionalInterface
    interface Ties {
        double rate(int left, int right);
    }

    record Draft(
            int count, double[] strengths, Pairing pairing, Source annotator, Source prompt, Shift shift, Ties ties) {

        static Draft even() {
            return new Draft(
                    6000,
                    new double[] {1.2, 0.72, 0.24, -0.24, -0.72, -1.2},
                    random -> {
                        int left = random.nextInt(6);
                        return new int[] {left, (left + 1 + random.nextInt(5)) % 6};
                    },
                    random -> random.nextInt(400),
                    random -> random.nextInt(200),
                    (vote, random) -> 0,
                    (left, right) -> 0.1);
        }

        Draft withCount(int other) {
            return new Draft(other, strengths, pairing, annotator, prompt, shift, ties);
        }

        Draft withPairing(Pairing other) {
            return new Draft(count, strengths, other, annotator, prompt, shift, ties);
        }

        Draft withShift(Shift other) {
            return new Draft(count, strengths, pairing, annotator, prompt, other, ties);
        }

        Draft withTies(Ties other) {
            return new Draft(count, strengths, pairing, annotator, prompt, shift, other);
        }

        Draft withAnnotator(Source other) {
            return new Draft(count, strengths, pairing, other, prompt, shift, ties);
        }

        Draft withPrompt(Source other) {
            return new Draft(count, strengths, pairing, annotator, other, shift, ties);
        }
    }

    /** Two different items, each drawn by its weight. */
    private static int[] weighted(double[] weights, SplittableRandom random) {
        int left = drawn(weights, -1, random);
        int right = drawn(weights, left, random);
        return new int[] {left, right};
    }

    private static int drawn(double[] weights, int without, SplittableRandom random) {
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            total += i == without ? 0 : weights[i];
        }
        double at = random.nextDouble() * total;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (i != without) {
                last = i;
                at -= weights[i];
                if (at < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private static double[][] tastes(int count, double deviation, SplittableRandom random) {
        double[][] tastes = new double[count][6];
        for (double[] taste : tastes) {
            for (int i = 0; i < taste.length; i++) {
                taste[i] = deviation * random.nextGaussian();
            }
        }
        return tastes;
    }
}
