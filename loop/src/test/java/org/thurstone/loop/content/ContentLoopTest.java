package org.thurstone.loop.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Parked;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Rater;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.elicit.exchange.AnswerImport;
import org.thurstone.elicit.exchange.QuestionExport;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.respondent.FromFile;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.feedback.reward.Words;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Output;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.Evaluate;
import org.thurstone.loop.stage.LabelPairs;
import org.thurstone.loop.stage.Learn;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.loop.stage.Outputs;
import org.thurstone.loop.stage.RateCompletions;
import org.thurstone.loop.stage.SampleCompletions;
import org.thurstone.loop.stage.SelectPairs;
import tools.jackson.databind.node.ObjectNode;

/** Contents other than text go through the whole loop. */
class ContentLoopTest {

    private static final Output<double[]> POLICY = new Output<>("policy.json", Codec.json(double[].class));
    private static final String RECIPE = "seed: 1\n";
    private static final Seeds SEEDS = new Seeds(1);
    private static final Respondent PEOPLE = new FromFile("").open(Opening.withJudge(new Words()));

    @TempDir
    Path directory;

    static List<Proposals> proposals() {
        return List.of(new Proposals.Slates(), new Proposals.Paths());
    }

    /** Knows the utility, and counts what it is asked. */
    private record Utility(Proposals proposals, List<String> asked) implements Rater {
        @Override
        public Identity identity() {
            return Identity.of("utility");
        }

        @Override
        public double rate(Prompt prompt, Completion completion) {
            asked.add(prompt.id() + LosslessJson.of(completion));
            return proposals.utility(completion.content());
        }
    }

    /** Prefers by utility, at once. */
    private record AtOnce(Proposals proposals) implements Respondent {
        @Override
        public Identity identity() {
            return Identity.of("at once");
        }

        @Override
        public Set<Question.Form> forms() {
            return Set.of(Question.Form.PAIR);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            asked.forEach(p -> elicitation.answer(
                    p,
                    new Judgement.Preferred(
                            proposals.utility(p.shown().getFirst().content())
                                            > proposals.utility(
                                                    p.shown().getLast().content())
                                    ? new Preference.Left()
                                    : new Preference.Right())));
        }
    }

    private static Arm<double[]> arm(ProposalWorld world, Inquiry inquiry, Respondent judge, Respondent annotator) {
        return new Arm<>(
                "",
                "proposals",
                2,
                List.of(
                        new SampleCompletions<>(world, 30, 4, 10),
                        new RateCompletions<>(inquiry, judge),
                        new SelectPairs<>(
                                world,
                                true,
                                new RandomPairs(1, false),
                                new MarginAcquisition(Order.SMALLEST, Order.SMALLEST),
                                MarginReference.PREVIOUS,
                                List.of(20, 20)),
                        new LabelPairs<>(inquiry, annotator, false),
                        new Learn<>(POLICY, world, true),
                        new Evaluate<>(
                                world,
                                i -> i.get(POLICY),
                                i -> i.get(Outputs.COMPARISONS).size(),
                                () -> SEEDS.of("evaluation"))),
                i -> i.get(POLICY));
    }

    private List<Iteration<double[]>> run(String name, ProposalWorld world, Respondent judge, Respondent annotator) {
        Path root = directory.resolve(name);
        try (RunDirectory run = RunDirectory.open(root, RECIPE);
                FileLedger ledger = FileLedger.open(root, run.id())) {
            Inquiry inquiry = new Inquiry(ledger, SEEDS::of, Inquiry.Tolerance.DEFAULT, warning -> {});
            double[] start = new double[world.proposals().utilities().length];
            return new Loop<double[]>(run, SEEDS, Progress.SILENT).run(arm(world, inquiry, judge, annotator), start);
        }
    }

    private static ProposalWorld world(Proposals proposals) {
        return new ProposalWorld(proposals, () -> {});
    }

    @ParameterizedTest
    @MethodSource("proposals")
    void aRunLearnsFromThemIsKilledParksImportsAndResumesToTheSameResult(Proposals proposals) throws IOException {
        Utility judge = new Utility(proposals, new ArrayList<>());
        List<Iteration<double[]>> whole = run("whole", world(proposals), judge, new AtOnce(proposals));
        double before = world(proposals)
                .evaluate(whole.getFirst().start(), Optional.empty(), SEEDS.of("evaluation"))
                .score()
                .orElseThrow()
                .mean();
        double after = whole.getLast()
                .get(Outputs.ROUND)
                .evaluation()
                .score()
                .orElseThrow()
                .mean();
        assertThat(after).isGreaterThan(before + 1);

        Utility asked = new Utility(proposals, new ArrayList<>());
        int[] parts = {0};
        ProposalWorld killed = new ProposalWorld(proposals, () -> {
            if (++parts[0] == 2) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(() -> run("parked", killed, asked, PEOPLE)).hasMessage("killed");
        int parkings = 0;
        List<Iteration<double[]>> resumed = List.of();
        while (resumed.isEmpty()) {
            try {
                resumed = run("parked", killed, asked, PEOPLE);
            } catch (Parked parked) {
                parkings++;
                assertThat(parked.open()).isEqualTo(20);
                answer(directory.resolve("parked"), proposals);
            }
        }
        assertThat(parkings).isEqualTo(2);
        assertThat(parts[0])
                .as("the parts of both iterations, and the one that was in progress")
                .isEqualTo(7);
        assertThat(asked.asked).doesNotHaveDuplicates().containsExactlyElementsOf(judge.asked);
        for (String file : List.of("completions.jsonl", "selection.json", "policy.json")) {
            for (int iteration = 1; iteration <= 2; iteration++) {
                assertThat(directory.resolve("parked/iteration-" + iteration + "/" + file))
                        .hasSameBinaryContentAs(directory.resolve("whole/iteration-" + iteration + "/" + file));
            }
        }

        List<Iteration<double[]>> read = run(
                "parked",
                new ProposalWorld(proposals, () -> {
                    throw new AssertionError("sampled again");
                }),
                asked,
                PEOPLE);
        assertThat(read.getLast().get(Outputs.COMPARISONS))
                .isEqualTo(resumed.getLast().get(Outputs.COMPARISONS))
                .noneMatch(c -> c.left().content() instanceof Text);
        assertThat(read.getLast().get(POLICY)).containsExactly(whole.getLast().get(POLICY));
    }

    /** As people do it: exported, filled in by what the file shows, imported. */
    private void answer(Path root, Proposals proposals) throws IOException {
        Path questions = root.resolveSibling("questions.jsonl");
        Path answers = root.resolveSibling("answers.jsonl");
        try (FileLedger ledger = FileLedger.open(root)) {
            new QuestionExport(ledger.run(), "").write(ledger, questions, SEEDS.of("export"));
            StringBuilder filled = new StringBuilder();
            for (String line : Files.readString(questions).split("\n")) {
                ObjectNode row = (ObjectNode) Json.MAPPER.readTree(line);
                double left = proposals.utility(LosslessJson.content(row.get("left"), "left"));
                double right = proposals.utility(LosslessJson.content(row.get("right"), "right"));
                filled.append(Json.line(row.put("preference", left > right ? "left" : "right")));
            }
            Files.writeString(answers, filled);
            assertThat(new AnswerImport(ledger.run(), false, "ann")
                            .read(answers, ledger)
                            .taken())
                    .isEqualTo(20);
        }
    }

    @ParameterizedTest
    @MethodSource("proposals")
    void aJudgeOfTextsRefusesThemByName(Proposals proposals) {
        assertThatThrownBy(() -> run("words", world(proposals), new Words(), new AtOnce(proposals)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("words stopped after 0 of ")
                .hasMessageContaining("text is needed here, and this is the "
                        + (proposals instanceof Proposals.Slates ? "item-list " : "token-path "));
    }
}
