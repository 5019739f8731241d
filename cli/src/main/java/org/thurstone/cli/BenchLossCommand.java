package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.cli.bench.LossBench;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Loss;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone bench loss}: what a step costs with each loss over pairs. */
@Command(
        name = "loss",
        description = {
            "Time a training step with each loss over pairs as a ratio to DPO's step on the same batch, stepped in"
                    + " turn; print JSON",
            "figures. Losses that need more than frozen log-probabilities make other forwards: they are named and left"
                    + " out.",
            "Without --policy the model is a Llama of random weights."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone bench loss --vocabulary 512", "  thurstone bench loss ipo simpo orpo --rounds 20"})
final class BenchLossCommand implements Callable<Integer> {

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Parameters(arity = "0..*", paramLabel = "LOSS", description = "These losses; all there are unless said.")
    private List<String> names = List.of();

    @Option(names = "--batch", defaultValue = "4", description = "Pairs a step (default: ${DEFAULT-VALUE}).")
    private int batch = 4;

    @Option(names = "--prompt", defaultValue = "32", description = "Tokens of a prompt (default: ${DEFAULT-VALUE}).")
    private int prompt = 32;

    @Option(
            names = "--completion",
            defaultValue = "32",
            description = "Tokens of a completion (default: ${DEFAULT-VALUE}).")
    private int completion = 32;

    @Option(
            names = "--rounds",
            defaultValue = "8",
            description = "Rounds to make; the first is not counted (default: ${DEFAULT-VALUE}).")
    private int rounds = 8;

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** What a name is bound to. */
    record Bound(Loss loss) {}

    @Override
    public Integer call() {
        LossBench bench;
        try {
            bench = new LossBench(batch, prompt, completion, rounds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        List<Loss> losses = losses();
        SplittableGenerator random = new Seeds(options.seed()).of("bench");
        if (options.directory().isPresent()) {
            try (LanguageModel model = options.model()) {
                json.print(run(bench, model.policy(), losses, random));
            }
        } else {
            try (Policy policy = options.fresh(random)) {
                json.print(run(bench, policy, losses, random));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private LossBench.Figures run(LossBench bench, Policy policy, List<Loss> losses, SplittableGenerator random) {
        PrintWriter err = spec.commandLine().getErr();
        return bench.run(
                policy,
                losses,
                random,
                figure -> err.printf(Locale.ROOT, "%-24s %.3f%n", figure.loss(), figure.ratio()));
    }

    private List<Loss> losses() {
        Catalogue catalogue = Catalogue.installed();
        List<String> wanted = names.isEmpty()
                ? catalogue.ofKind("loss").stream()
                        .filter(p -> !p.ofParts() && Loss.class.isAssignableFrom(p.type()))
                        .map(NamedPart::name)
                        .toList()
                : names;
        List<Loss> losses = wanted.stream()
                .map(name -> Recipe.parse("", "thurstone bench loss")
                        .with("loss=" + name)
                        .bind(Bound.class, catalogue)
                        .loss())
                .toList();
        losses.stream()
                .filter(l -> !names.isEmpty() && !l.accepts().contains(ExampleKind.PAIR))
                .findFirst()
                .ifPresent(l -> {
                    throw l.refusal(ExampleKind.PAIR);
                });
        return losses;
    }
}
