package org.thurstone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.thurstone.endpoint.Chat;
import org.thurstone.model.sample.Sampling;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for sampling tokens. */
final class SamplingOptions {

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "1.0",
            description = "Sampling temperature; 0 always takes the most likely token (default: ${DEFAULT-VALUE}).")
    private double temperature = 1;

    @Option(names = "--top-k", paramLabel = "K", description = "Sample only from the K most likely tokens.")
    private Optional<Integer> topK = Optional.empty();

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Sample only from the most likely tokens whose probabilities add up to P.")
    private Optional<Double> topP = Optional.empty();

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Sample only from tokens at least P times as likely as the most likely token.")
    private Optional<Double> minP = Optional.empty();

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Maximum number of tokens per completion (default: ${DEFAULT-VALUE}).")
    private int maxTokens = 256;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "Text at which a completion stops; it is not part of the completion. May be repeated.")
    private List<String> stops = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    /** The same model with the options that were given; those that an endpoint does not take are refused. */
    Chat on(Chat chat) {
        CommandLine.ParseResult given = command.commandLine().getParseResult();
        for (String option : List.of("--top-k", "--min-p", "--device", "--dtype", "--chat-template", "--batch-size")) {
            if (given.hasMatchedOption(option)) {
                throw new CommandLine.ParameterException(
                        command.commandLine(), option + " is for models on this machine: an endpoint does not take it");
            }
        }
        return Failures.usage(
                command.commandLine(),
                () -> chat.withSampling(
                        given.hasMatchedOption("--temperature")
                                ? OptionalDouble.of(temperature)
                                : OptionalDouble.empty(),
                        topP.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                        given.hasMatchedOption("--max-tokens") ? OptionalInt.of(maxTokens) : OptionalInt.empty(),
                        stops,
                        OptionalInt.empty()));
    }

    Sampling sampling() {
        return Failures.usage(
                command.commandLine(),
                () -> new Sampling(
                        temperature,
                        topK.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                        topP.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                        minP.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                        maxTokens,
                        stops,
                        List.of()));
    }
}
