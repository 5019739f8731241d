package org.thurstone.model.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Java half of dev/check-against-transformers: for each directory, scores the sequences in ids.json into scores.json and saves the
 * model again as saved; with an adapter in it, the same as adapter-scores.json and saved-adapter. With
 * {@code --gguf FILE DIRECTORY}, a GGUF file is converted.
 */
final class Exchange {

    private Exchange() {}

    public static void main(String[] directories) throws Exception {
        if (directories[0].equals("--gguf")) {
            converted(Path.of(directories[1]), Path.of(directories[2]));
            return;
        }
        for (String name : directories) {
            Path directory = Path.of(name);
            Transformer model = Transformers.load(directory, LoadOptions.DEFAULT);
            score(model, directory, "scores.json");
            Transformers.save(model, directory.resolve("saved"));
            if (Files.isDirectory(directory.resolve("adapter"))) {
                model = Adapters.attach(model, directory.resolve("adapter"));
                score(model, directory, "adapter-scores.json");
                Transformers.save(model, directory.resolve("saved-adapter"));
            }
            model.close();
        }
    }

    /** Makes a directory of a GGUF file, and says what ids and log-probabilities the file itself gives. */
    private static void converted(Path file, Path work) throws Exception {
        JsonMapper mapper = new JsonMapper();
        new ModelConversion(Optional.empty(), OptionalLong.empty()).convert(file, work.resolve("model"));
        Tokenizer tokenizer = Tokenizer.load(file);
        List<int[]> ids = new ArrayList<>();
        for (JsonNode text : mapper.readTree(Files.readString(work.resolve("texts.json")))) {
            ids.add(tokenizer.encode(text.asString(), false));
        }
        List<int[]> rows = ids.stream().filter(row -> row.length > 3).toList();
        try (Transformer model = Transformers.load(file, LoadOptions.DEFAULT);
                Scope scope = Scope.open()) {
            double[] scores = model.forward(
                            rows.stream().map(FixturesTest::sequence).toList(), false)
                    .logProbs()
                    .toDoubles();
            Files.writeString(
                    work.resolve("said.json"),
                    mapper.writeValueAsString(Map.of("ids", ids, "rows", rows, "scores", scores)));
        }
    }

    private static void score(Transformer model, Path directory, String file) throws Exception {
        JsonMapper mapper = new JsonMapper();
        List<TokenTree> trees = new ArrayList<>();
        for (JsonNode row : mapper.readTree(Files.readString(directory.resolve("ids.json")))) {
            int[] ids =
                    IntStream.range(0, row.size()).map(i -> row.get(i).asInt()).toArray();
            trees.add(FixturesTest.sequence(ids));
        }
        try (Scope scope = Scope.open()) {
            double[] logProbs = model.forward(trees, false).logProbs().toDoubles();
            Files.writeString(directory.resolve(file), mapper.writeValueAsString(logProbs));
        }
    }
}
