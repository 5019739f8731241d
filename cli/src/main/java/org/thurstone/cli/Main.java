package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.thurstone.data.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code thurstone}. A new subcommand is a class of its own, added to the list below. */
@Command(
        name = "thurstone",
        description = "Preference learning: sample, judge, label, train, evaluate.",
        subcommands = {
            QuickstartCommand.class,
            RunCommand.class,
            RecipeCommand.class,
            QuestionsCommand.class,
            AnswersCommand.class,
            CheckCommand.class,
            TrainCommand.class,
            SampleCommand.class,
            ScoreCommand.class,
            ServeCommand.class,
            RankCommand.class,
            BoardCommand.class,
            DataCommand.class,
            ModelCommand.class,
            LossCommand.class,
            AgreeCommand.class,
            EvalCommand.class,
            ReplicateCommand.class,
            MethodsCommand.class,
            DoctorCommand.class,
            BenchCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone quickstart", "  thurstone methods dpo", "  thurstone methods --help"})
public final class Main implements Callable<Integer> {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean debug;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** Prints the help to standard error if there is no subcommand. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }

    /** The process's way in; ends the process with the exit code. */
    public static void main(String[] args) {
        // It warns of version numbers that differ on purpose; see the tensor module's pom. This command has SLF4J
        // without a voice.
        System.setProperty("org.bytedeco.javacpp.logger", "slf4j");
        PrintWriter out = StandardOutput.open();
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption.watch(err);
        int code;
        try {
            code = run(out, err, args);
        } finally {
            Interruption.ended();
        }
        System.exit(code);
    }

    /** Runs a command with the given outputs; the exit code is 0 for success, 1 for failure, 2 for wrong usage. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(command(), out, err, args);
    }

    /** The command with its subcommands; their help breaks lines only between words. */
    static CommandLine command() {
        return WholeWords.inHelpOf(new CommandLine(new Main()));
    }

    static int run(CommandLine thurstone, PrintWriter out, PrintWriter err, String... args) {
        Main main = thurstone.getCommand();
        Failures failures = new Failures(() -> main.debug);
        CommandLine command = thurstone
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, c, parsed) -> failures.report(e, c.getErr()))
                .setParameterExceptionHandler(failures::reportUsage)
                .setExecutionStrategy(parsed -> {
                    OutputFiles.refuseInputs(parsed);
                    return new CommandLine.RunLast().execute(parsed);
                });
        int code;
        try {
            code = command.execute(args);
            out.flush();
        } catch (UserError | Error e) {
            code = failures.report(e, err);
        }
        err.flush();
        return code;
    }

    /** This build, and the Java under it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "thurstone " + org.thurstone.report.Version.current(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
