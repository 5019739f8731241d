package org.thurstone.worlds.language.task.prompts;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.format.DataFiles;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.worlds.language.task.Task;
import org.thurstone.worlds.language.task.TaskSource;

/**
 * Prompts of one's own, from any file of prompts or examples. Each prompt is used once before any is used twice. Rows may hold a reference
 * answer, which verifiers compare completions with.
 *
 * @param train the prompts to train on: one or several files, patterns such as {@code data/*.jsonl}, or folders of Hugging Face data sets, whose
 *     training split is taken
 * @param heldOut a file, pattern or folder with the prompts to evaluate on, of a folder the test split; without, a share of the others is held out
 * @param share of the prompts, above 0 and below 1, that is held out where {@code held-out} is not given
 * @param reference the column with the reference answer; without, {@code reference}, {@code answer}, {@code ground_truth} or {@code target},
 *     where there is one
 * @param columns the name of a column in the files by the name that formats know, such as {@code problem} by {@code prompt}
 */
@Method(name = "prompts", kind = "task", summary = "your own prompts from a file, with reference answers for verifiers")
public record PromptsTask(
        List<Path> train,
        Optional<Path> heldOut,
        @Default("0.1") double share,
        Optional<String> reference,
        @Default("{}") Map<String, String> columns)
        implements TaskSource {

    public PromptsTask {
        train = List.copyOf(train);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        if (train.isEmpty()) {
            throw new IllegalArgumentException("train names no file");
        }
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share " + share + " is not above 0 and below 1");
        }
    }

    @Override
    public Task open(Seeds seeds, Progress progress) {
        PromptSplit split = split(seeds);
        split.notices().forEach(progress::say);
        return new GivenPrompts(trainName(), split, seeds);
    }

    /** What messages call the prompts to train on. */
    String trainName() {
        return train.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    DataFiles trainFiles() {
        return DataFiles.of(train.stream().map(Path::toString).toList());
    }

    Optional<DataFiles> heldOutFiles() {
        return heldOut.map(path -> DataFiles.heldOut(path.toString()));
    }

    ReadOptions reading() {
        return ReadOptions.DEFAULT.withColumns(columns);
    }

    /** Reads the files and says which prompts are trained on and which are evaluated on. */
    public PromptSplit split(Seeds seeds) {
        return PromptSplit.of(this, seeds);
    }

    @Override
    public Optional<PromptCounts> supply(Seeds seeds) {
        PromptSplit split = split(seeds);
        return Optional.of(
                new PromptCounts(split.training().size(), split.heldOut().size()));
    }

    @Override
    public List<Path> files() {
        return Stream.concat(
                        trainFiles().files().stream(), heldOutFiles().stream().flatMap(files -> files.files().stream()))
                .toList();
    }
}
