package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Recipe;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class FailuresTest {

    @Command(name = "fail")
    static final class Failing implements Callable<Integer> {
        private final Callable<Integer> what;

        @Option(names = "--steps")
        private int steps;

        Failing(Callable<Integer> what) {
            this.what = what;
        }

        @Override
        public Integer call() throws Exception {
            return what.call() + steps;
        }
    }

    record Settings(double beta) {}

    @Test
    void aUsersMistakeIsItsMessageAndNothingElse() {
        Shell shell = failing(() -> {
            throw new UserError("pairs.jsonl:7: chosen and rejected are the same");
        });
        assertThat(shell).isEqualTo(new Shell(1, "", "pairs.jsonl:7: chosen and rejected are the same\n"));
    }

    @Test
    void memoryThatLibtorchCannotHaveIsSaid() {
        Shell shell = failing(
                () -> (int) Tensor.zeros(DType.FLOAT64, Device.CPU, 1L << 45).count());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err())
                .isEqualTo(
                        "out of memory: 281,474,976,710,656 bytes are not available; make the computation smaller (batch"
                                + " size, max-length, the adapter's rank), or use a machine with more\n");
        assertThat(failing(() -> (int) Tensor.zeros(DType.FLOAT64, Device.CPU, 1L << 40, 1L << 40)
                                .count())
                        .err())
                .startsWith("out of memory: ");
    }

    @Test
    void aWrongRecipeIsWrongUsage() {
        Shell shell = failing(() ->
                (int) Recipe.parse("bta: 1", "r.yaml").bind(Settings.class).beta());
        assertThat(shell).isEqualTo(new Shell(2, "", "r.yaml:1: unknown key \"bta\" (did you mean \"beta\"?)\n"));
    }

    @Test
    void internalErrorIsOneLine() {
        Shell shell = failing(() -> {
            throw new IllegalStateException("two\nlines");
        });
        assertThat(shell)
                .isEqualTo(new Shell(
                        1,
                        "",
                        "internal error: IllegalStateException: two; run again with --debug for the stack trace\n"));
        assertThat(failing(() -> {
                            throw new StackOverflowError();
                        })
                        .err())
                .isEqualTo("internal error: StackOverflowError; run again with --debug for the stack trace\n");
    }

    @Test
    void stackTracesComeWithDebugOnlyBeforeOrAfterTheCommand() {
        Callable<Integer> what = () -> {
            throw new UserError("no");
        };
        assertThat(failing(what).err()).doesNotContain("\tat ");
        for (Shell shell : new Shell[] {failing(what, "--debug", "fail"), failing(what, "fail", "--debug")}) {
            assertThat(shell.err()).contains("UserError: no").contains("\tat ").endsWith("\nno\n");
            assertThat(shell.code()).isEqualTo(1);
        }
    }

    @Test
    void errorsNameTheFile() {
        assertThat(failing(new NoSuchFileException("a.jsonl")).err()).isEqualTo("a.jsonl: no such file\n");
        assertThat(failing(new AccessDeniedException("out")).err()).isEqualTo("out: no permission\n");
        assertThat(failing(new FileSystemException("out", null, "No space left on device"))
                        .err())
                .isEqualTo("out: No space left on device\n");
        assertThat(failing(new IOException("Broken pipe")).err())
                .isEqualTo("input or output failed: IOException: Broken pipe\n");
    }

    @Test
    void wrongUsageNamesTheOptionAndTheWayToHelp() {
        Shell option = failing(() -> 0, "fail", "--step=3");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err())
                .contains("--step=3")
                .contains("--steps")
                .contains("Try: thurstone fail --help")
                .doesNotContain("\tat ");
        Shell value = failing(() -> 0, "fail", "--steps=many");
        assertThat(value.code()).isEqualTo(2);
        assertThat(value.err()).contains("--steps").contains("many");
        Shell command = Shell.run("method");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.err()).contains("method").contains("thurstone methods");
    }

    @Test
    void successIsTheExitCodeOfTheCommand() {
        assertThat(failing(() -> 0)).isEqualTo(new Shell(0, "", ""));
    }

    private static Shell failing(IOException e) {
        return failing(() -> {
            throw new UncheckedIOException(e);
        });
    }

    private static Shell failing(Callable<Integer> what, String... args) {
        CommandLine command = new CommandLine(new Main()).addSubcommand("fail", new Failing(what));
        return Shell.run(command, args.length == 0 ? new String[] {"fail"} : args);
    }
}
