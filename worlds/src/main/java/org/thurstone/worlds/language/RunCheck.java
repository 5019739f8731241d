package org.thurstone.worlds.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.thurstone.data.Manifest;
import org.thurstone.data.SealedLine;
import org.thurstone.data.UserError;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.TensorFileError;

/**
 * The result of checking the files of a run: those that its manifest records, weights and states with a checksum of their own, and the
 * lines of files that grow. Nothing is written, so a run in progress can be checked.
 *
 * @param recorded whether the run has a manifest; those of earlier versions have none
 * @param files how many were checked
 * @param faults what is damaged or missing
 */
public record RunCheck(boolean recorded, int files, List<Manifest.Fault> faults) {

    public RunCheck {
        faults = List.copyOf(faults);
    }

    /**
     * Reads every file.
     *
     * @throws UserError if the directory holds no run
     */
    public static RunCheck of(Path run) {
        if (!Files.exists(run.resolve("recipe.yaml"))) {
            throw new UserError(run + " holds no run: there is no recipe.yaml in it");
        }
        Optional<Manifest> manifest = Manifest.read(run);
        List<Manifest.Fault> faults =
                new ArrayList<>(manifest.map(Manifest::faults).orElse(List.of()));
        Set<String> checked = new HashSet<>(manifest.map(Manifest::names).orElse(Set.of()));
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = run.relativize(file).toString().replace('\\', '/');
                Optional<String> fault = Optional.empty();
                if (name.endsWith(".safetensors") && !checked.contains(name)) {
                    fault = tensors(file);
                } else if (name.endsWith(".jsonl") && !name.contains("/")) {
                    fault = lines(file);
                } else {
                    continue;
                }
                checked.add(name);
                fault.ifPresent(what -> faults.add(new Manifest.Fault(name, false, what)));
            }
        } catch (IOException e) {
            throw UserError.reading(run, e);
        }
        return new RunCheck(manifest.isPresent(), checked.size(), faults);
    }

    private static Optional<String> tensors(Path file) {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            tensors.checkSound();
            return Optional.empty();
        } catch (TensorFileError e) {
            return Optional.of(e.getMessage().replace(file + ": ", ""));
        }
    }

    /** A last line without an end is one that a kill has left or that is being written. */
    private static Optional<String> lines(Path file) throws IOException {
        int number = 1;
        boolean sealed = false;
        for (byte[] line : SealedLine.lines(Files.readAllBytes(file))) {
            // Metrics that an earlier version began have none at first.
            sealed |= SealedLine.isSealed(line, line.length);
            if (sealed && !SealedLine.isSound(line, line.length)) {
                return Optional.of("is damaged: line " + number + " does not fit its checksum");
            }
            number++;
        }
        return Optional.empty();
    }
}
