package org.thurstone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.report.Bars.Bar;
import org.thurstone.report.Facts.Fact;
import org.thurstone.report.Headline.Figure;
import org.thurstone.report.Samples.Answer;
import org.thurstone.report.Samples.Sample;
import org.thurstone.report.Samples.Verdict;
import org.thurstone.report.Table.Column;

/** A report with every kind of section, with made-up figures, for the tests to render and for a designer to look at. */
final class SampleReport {

    private SampleReport() {}

    static Report report() {
        return new Report(
                "Sums with chain of thought",
                "A transformer of 0.5 M parameters, three iterations of DPO + NLL on 960 labelled pairs",
                List.of(headline(), accuracy(), note(), table(), training(), controls(), samples(), recipe(), facts()),
                "0.1.0-sample");
    }

    private static Headline headline() {
        return new Headline(
                "Three rounds of preferences took sampled accuracy from 46.9 % to 81.6 %. Random selection of the pairs did as well, "
                        + "so the choice of pairs is not what helped here.",
                List.of(
                        new Figure("81.6 %", "sampled accuracy", "was 46.9 %; 95 % interval 79.8–83.3"),
                        new Figure("97.2 %", "greedy accuracy", "was 52.4 %"),
                        new Figure("960", "labels spent", "of 44,800 possible pairs"),
                        new Figure("65 s", "on two cores", "41,200 tokens/s in training")));
    }

    private static Lines accuracy() {
        return new Lines(
                "Accuracy by iteration",
                "Held-out problems, eight samples each at temperature 1. Bars are 95 % intervals over problems.",
                Axis.of("iteration"),
                Axis.percent("correct"),
                List.of(
                        Series.of(
                                "smallest margin",
                                List.of(
                                        Point.of(0, 0.469, 0.447, 0.491),
                                        Point.of(1, 0.731, 0.711, 0.750),
                                        Point.of(2, 0.772, 0.753, 0.790),
                                        Point.of(3, 0.816, 0.798, 0.833))),
                        Series.of(
                                "greedy",
                                List.of(
                                        Point.of(0, 0.524),
                                        Point.of(1, 0.905),
                                        Point.of(2, 0.948),
                                        Point.of(3, 0.972))),
                        Series.control(
                                "random pairs",
                                List.of(
                                        Point.of(0, 0.469),
                                        Point.of(1, 0.725),
                                        Point.of(2, 0.779),
                                        Point.of(3, 0.811))),
                        Series.level("supervised training, twice as long", 0.502, 0, 3)));
    }

    private static Note note() {
        return Note.warning(
                "Some right answers are lucky",
                "11.4 % of the chosen answers reach the right sum by a wrong derivation. The verifier sees only the sum; "
                        + "figures about reasoning cannot be read from it.");
    }

    private static Table table() {
        return new Table(
                "Iterations",
                "The best of each column is set off. KL is sampled, in nats a completion.",
                List.of(
                        Column.text("iteration"),
                        Column.number("labels"),
                        Column.highest("sampled accuracy"),
                        Column.highest("greedy"),
                        Column.lowest("mean length"),
                        Column.number("KL to the start"),
                        Column.number("tokens/s")),
                List.of(
                        List.of(
                                Cell.text("0 (supervised)"),
                                Cell.count(0),
                                Cell.percent(0.469, 0.447, 0.491),
                                Cell.percent(0.524),
                                Cell.number(13.2, 1),
                                Cell.missing(),
                                Cell.count(40_918)),
                        List.of(
                                Cell.text("1"),
                                Cell.count(480),
                                Cell.percent(0.731, 0.711, 0.750),
                                Cell.percent(0.905),
                                Cell.number(12.9, 1),
                                Cell.number(0.81, 2),
                                Cell.count(41_230)),
                        List.of(
                                Cell.text("2"),
                                Cell.count(320),
                                Cell.percent(0.772, 0.753, 0.790),
                                Cell.percent(0.948),
                                Cell.number(12.7, 1),
                                Cell.number(1.36, 2),
                                Cell.count(41_377)),
                        List.of(
                                Cell.text("3"),
                                Cell.count(160),
                                Cell.percent(0.816, 0.798, 0.833),
                                Cell.percent(0.972),
                                Cell.number(12.7, 1),
                                Cell.number(1.74, 2),
                                Cell.count(41_102))));
    }

    private static Panels training() {
        return new Panels(
                "Training",
                List.of(
                        noisy("Loss", "Mean of 20 steps and its 95 % interval.", "loss", 0.69, 0.31, 0.06),
                        noisy(
                                "Implicit-reward margin",
                                "Chosen minus rejected; zero is indifference.",
                                "margin",
                                0,
                                1.4,
                                0.35),
                        noisy("KL to the start", "Sampled, in nats a completion.", "nats", 0, 1.74, 0.2),
                        new Bars(
                                "Where the labels went",
                                "Pairs by the margin of their answers.",
                                Axis.percent("share of labels"),
                                List.of(
                                        Bar.of("below 0.1", 0.62).highlight(),
                                        Bar.of("0.1 to 0.5", 0.27),
                                        Bar.of("above 0.5", 0.11)))));
    }

    private static Lines noisy(String title, String caption, String what, double from, double to, double noise) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(title.length());
        List<Series> series = new ArrayList<>();
        for (int iteration = 1; iteration <= 3; iteration++) {
            List<Point> points = new ArrayList<>();
            for (int step = 0; step < 600; step++) {
                double progress = 1 - Math.exp(-step / 150.0 * iteration);
                points.add(Point.of(step, from + (to - from) * progress + noise * random.nextGaussian()));
            }
            series.add(Series.binned("iteration " + iteration, points, 30));
        }
        return new Lines(title, caption, Axis.of("step"), Axis.of(what), series);
    }

    private static Bars controls() {
        return new Bars(
                "Against the controls",
                "Sampled accuracy after the same number of verified answers, with 95 % intervals over five seeds.",
                Axis.percent("correct"),
                List.of(
                        Bar.of("DPO + NLL, smallest margin", 0.816, 0.798, 0.833)
                                .highlight(),
                        Bar.of("DPO + NLL, random pairs", 0.811, 0.792, 0.829),
                        Bar.of("supervised on the verified answers", 0.804, 0.781, 0.826),
                        Bar.of("supervised, twice as long", 0.502, 0.480, 0.524),
                        Bar.of("start", 0.469, 0.447, 0.491)));
    }

    private static Samples samples() {
        return new Samples(
                "Answers before and after",
                "The first three held-out problems, not chosen. One sample each at temperature 1.",
                List.of(
                        new Sample(
                                "12+7-5:",
                                List.of(
                                        new Answer("before", "12+7=18-5=13#13", Verdict.BAD, "wrong"),
                                        new Answer("after iteration 3", "12+7=19-5=14#14", Verdict.GOOD, "correct"))),
                        new Sample(
                                "Once upon a time there was a <b>fox</b> & a hen.",
                                List.of(
                                        new Answer(
                                                "before",
                                                "They were sad.\nThe fox went home. ".repeat(30),
                                                Verdict.NEUTRAL,
                                                "0.31"),
                                        new Answer(
                                                "after iteration 3",
                                                "They were happy and played all day.",
                                                Verdict.NEUTRAL,
                                                "0.93"))),
                        new Sample(
                                "3+4-9+11:",
                                List.of(
                                        new Answer("before", "", Verdict.BAD, "empty"),
                                        new Answer(
                                                "after iteration 3", "3+4=7-9=-2+11=9#9", Verdict.GOOD, "correct")))));
    }

    private static Code recipe() {
        return new Code("Recipe", "As resolved: defaults included. Run it again with: thurstone run recipe.yaml", """
                # sums, three iterations
                seed: 1
                policy:
                  layers: 2
                  width: 144
                loop:
                  iterations: 3
                  samples: 8          # a prompt
                  budget: [480, 320, 160]
                loss:
                  kind: dpo
                  beta: 0.02
                  regularisers:
                    - nll: {weight: 1.0}
                optimiser: {learning_rate: 3.0e-4, epochs: 2, batch: 32}
                """);
    }

    private static Facts facts() {
        return new Facts(
                "This run",
                List.of(
                        new Fact("seed", "1"),
                        new Fact("recipe", "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                        new Fact("machine", "2 cores, 8 GB, Linux, no accelerator"),
                        new Fact("Java", "25.0.1 (Temurin)"),
                        new Fact("libtorch", "2.13.0, OpenBLAS, 2 threads"),
                        new Fact("duration", "1 min 5 s, of which sampling 24 s")));
    }
}
