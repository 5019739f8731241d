package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufPaths;
import org.thurstone.model.hub.GgufInfo;
import org.thurstone.model.hub.ModelFiles;
import org.thurstone.model.hub.ModelInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone model info}: describes a model directory or an adapter. */
@Command(
        name = "info",
        description = {
            "Describe a model directory.",
            "Prints architecture, parameters, dtype, tokenizer, chat template and adapter, as read from the"
                    + " configuration and the headers of the weight files."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone model info models/mine", "  thurstone model info runs/lora/policy --format json"})
final class ModelInfoCommand implements Callable<Integer> {

    private static final String USES = "sample, score, train, serve and convert";

    @Parameters(
            paramLabel = "MODEL",
            description = "Hugging Face model directory, GGUF file, or a directory with a PEFT adapter.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path model;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path source = ModelFiles.policyOf(ModelOptions.present(model));
        ModelInfo info;
        try {
            info = ModelInfo.of(source);
        } catch (UserError e) {
            if (GgufPaths.of(source).isEmpty()) {
                throw e;
            }
            return onlyListed(GgufInfo.of(source), String.valueOf(e.getMessage()));
        }
        if (format.json()) {
            format.print(info);
            return CommandLine.ExitCode.OK;
        }
        PrintWriter out = spec.commandLine().getOut();
        line(out, "architecture", info.architecture());
        line(out, "parameters", number(info.parameters()) + (info.adapter().isPresent() ? " (of the adapter)" : ""));
        line(out, "dtype", String.join(", ", info.dtypes()));
        line(out, "weight files", number(info.files()) + ", " + number(info.bytes()) + " bytes");
        line(out, "size", info.layers() + " layers, width " + info.width());
        line(out, "context", number(info.context()) + " tokens");
        line(out, "vocabulary", number(info.vocabulary()) + " tokens");
        line(
                out,
                "tokenizer",
                info.tokenizer()
                        .map(t -> number(t.tokens()) + " tokens, BOS " + spelled(t.bos()) + ", EOS " + spelled(t.eos()))
                        .orElse("none"));
        line(out, "ends", info.tokenizer().map(t -> String.join(", ", t.ends())).orElse("none"));
        line(out, "chat template", info.chatTemplate() ? "yes" : "none");
        line(
                out,
                "adapter",
                info.adapter()
                        .map(a -> "LoRA of rank " + a.rank() + ", alpha " + a.alpha() + ", on " + targets(a.targets())
                                + " of " + a.base())
                        .orElse("none"));
        line(out, "licence", info.licence().orElse("not stated"));
        line(out, "use", info.problems().isEmpty() ? USES : "none: " + String.join("; ", info.problems()));
        return CommandLine.ExitCode.OK;
    }

    /** A file that can be described, and nothing else. */
    private int onlyListed(GgufInfo info, String problem) {
        if (format.json()) {
            format.print(Map.of("file", info, "problem", problem));
            return CommandLine.ExitCode.OK;
        }
        PrintWriter out = spec.commandLine().getOut();
        line(out, "architecture", info.architecture());
        line(out, "name", info.name());
        line(out, "parameters", number(info.parameters()));
        line(
                out,
                "tensors",
                info.tensors().entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", ")));
        line(out, "weight files", number(info.files()) + ", " + number(info.bytes()) + " bytes");
        line(out, "tokenizer", info.tokenizer() + ", " + number(info.tokens()) + " tokens");
        line(out, "chat template", info.chatTemplates().isEmpty() ? "none" : String.join(", ", info.chatTemplates()));
        line(out, "licence", info.licence().isEmpty() ? "not stated" : info.licence());
        line(out, "use", "none: " + problem);
        return CommandLine.ExitCode.OK;
    }

    private static void line(PrintWriter out, String what, String value) {
        out.println(String.format(Locale.ROOT, "%-14s %s", what, value));
    }

    private static String targets(List<String> targets) {
        return targets.isEmpty() ? "all projections" : String.join(", ", targets);
    }

    private static String spelled(String token) {
        return token.isEmpty() ? "none" : token;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
