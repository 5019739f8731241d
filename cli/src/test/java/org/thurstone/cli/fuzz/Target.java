package org.thurstone.cli.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.cli.TinyModel;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.RowReader;
import org.thurstone.data.inspect.Inspection;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.exchange.AnswerImport;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.feedback.verifier.NumericAnswer;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.ModelInfo;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.jinja.JinjaException;
import org.thurstone.model.text.jinja.Template;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.evaluation.AlpacaFile;
import org.thurstone.rank.evaluation.SolutionFile;
import org.thurstone.rank.file.Codes;
import org.thurstone.rank.file.Columns;
import org.thurstone.rank.file.ItemFeatures;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.recipe.RecipeError;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.GgufFile;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.StorageType;
import org.thurstone.worlds.language.RecipeRun;
import org.thurstone.worlds.language.offline.OfflineTraining;

/** A reader and files that it reads. */
enum Target {
    JSON(Seeds.ROWS.stream()
            .map(rows -> "[" + String.join(",\n", rows.strip().split("\n")) + "]")
            .toArray(String[]::new)) {
        @Override
        void read(byte[] input) throws IOException {
            rows(file("rows.json", input));
        }
    },
    JSONL(Seeds.ROWS.toArray(String[]::new)) {
        @Override
        void read(byte[] input) throws IOException {
            rows(file("rows.jsonl", input));
        }
    },
    CSV(
            "prompt,chosen,rejected,weight\n\"a \"\"b\"\"\",\"x\ny\",z,2\np,q,r,0.5\n",
            "prompt;completion;label\nä;b;1\nc;d;-1\n",
            "messages,label\n\"[{\"\"role\"\": \"\"user\"\", \"\"content\"\": \"\"a\"\"}, {\"\"role\"\": \"\"assistant\"\", \"\"content\"\": \"\"b\"\"}]\",true\n") {
        @Override
        void read(byte[] input) throws IOException {
            rows(file(pick(input, "rows.csv", "rows.tsv"), tail(input)));
        }
    },
    PREFLIB(
            "0# FILE NAME: a.soc\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: tuna\n# ALTERNATIVE NAME 2: eel\n# ALTERNATIVE NAME 3: egg\n3: 2,1,3\n1: 1,{2,3}\n",
            "4# MODIFICATION TYPE: imbued\n# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 2: b\n1,2,3.5\n2,1,1\n") {
        @Override
        void read(byte[] input) {
            Path file = file("orders." + pick(input, "soc", "soi", "toc", "toi", "wmd"), tail(input));
            VoteFiles.read(file, VoteReadOptions.USUAL.with(VoteReadOptions.Unlisted.BELOW));
        }
    },
    ARENA(
            "0{\"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"model_a\", \"judge\": \"j\", \"tstamp\": 1700000000.5, \"question_id\": \"q\","
                    + " \"language\": \"en\", \"weight\": 2, \"conversation_a\": [{\"role\": \"user\", \"content\": \"?\"}, {\"role\": \"assistant\", \"content\": [{\"type\": \"text\", \"text\": \"# a\"}]}],"
                    + " \"conversation_b\": [{\"role\": \"assistant\", \"content\": \"b\"}]}\n",
            "1left,right,winner,language,length_a,length_b,markdown_a,markdown_b\na,b,a,en,3,4,1,0\nb,a,tie,de,1,1,0,0\n",
            "0{\"kind\": \"comparison\", \"prompt\": {\"id\": \"p\", \"text\": \"?\"}, \"left\": \"yes\", \"right\": \"no\", \"preference\": {\"probability\": 0.75}, \"language\": \"en\"}\n",
            "1home_team,away_team,home_score,away_score,neutral,date,score\na,b,3,0,TRUE,31/05/2024,RET\nb,a,1,1,FALSE,01/06/2024,W/O\n",
            "1generator_1,generator_2,preference,tstamp\na,b,1.25,20240531120000\nb,a,0,20240531120001\n",
            "0{\"winner\": \"a\", \"loser\": \"b\", \"date\": \"2020-01-02\", \"language\": \"x\", \"id\": 3, \"response_a\": \"x\", \"response_b\": [\"y\"]}\n") {
        @Override
        void read(byte[] input) {
            Path file = file("votes." + pick(input, "jsonl", "csv", "json", "tsv"), tail(input));
            Columns columns =
                    Columns.USUAL.withControls(List.of("length", "markdown")).withBy("language");
            attempt(() -> VoteFiles.read(file, VoteReadOptions.USUAL.with(columns)));
            VoteReadOptions.Selection tolerant = VoteReadOptions.Selection.ALL
                    .with(VoteReadOptions.BadRows.SKIP)
                    .with(VoteReadOptions.Duplicates.DROP)
                    .withMinBattles(1);
            attempt(() -> VoteFiles.read(
                    file, VoteReadOptions.USUAL.with(tolerant).withHome(true).with(Codes.parse("left..right"))));
            VoteFiles.read(file, VoteReadOptions.USUAL.keeping(false).with(VoteReadOptions.BothBad.SKIP));
        }
    },
    EVALUATION(
            "0{\"item\": \"i\", \"annotator\": \"a\", \"label\": \"x\"}\n{\"item\": \"i\", \"annotator\": \"b\", \"label\": \"y\"}\n",
            "1{\"question\": \"q\", \"6b\": {\"solution\": \"s\", \"is_correct\": true}}\n",
            "1{\"score\": [true, false], \"pred\": [\"1\", \"2\"], \"pred_score\": [[0.5], 0.25]}\n",
            "2[{\"instruction\": \"i\", \"generator_1\": \"base\", \"generator_2\": \"m\", \"output_1\": \"a\", \"output_2\": \"b\", \"preference\": 1.5}]",
            "3[{\"item\": \"a\", \"rating\": 1}]") {
        @Override
        void read(byte[] input) {
            Path file = file("evaluation.json" + (input.length > 0 && input[0] == '2' ? "" : "l"), tail(input));
            switch (pick(input, "labels", "solutions", "alpaca", "difficulties")) {
                case "labels" -> LabelFile.read(List.of(file), LabelFile.Columns.USUAL);
                case "solutions" -> SolutionFile.read(file);
                case "alpaca" -> AlpacaFile.read(List.of(file), "base");
                default -> {
                    attempt(() -> AlpacaFile.difficulties(file));
                    AlpacaFile.weights(file);
                }
            }
        }
    },
    FEATURES("item,size,open\na,1,true\nb,2.5,false\n", "model;price\nä;1e3\nb;-2\n") {
        @Override
        void read(byte[] input) {
            ItemFeatures.read(file("features.csv", input), Optional.empty(), List.of());
        }
    },
    PARQUET() {
        @Override
        List<byte[]> seeds() {
            return List.of(
                    parquet("SELECT 'p' AS prompt, 'a' AS chosen, 'b' AS rejected, 0.5::DOUBLE AS weight"),
                    parquet("SELECT [{'role': 'user', 'content': 'a'}] AS messages, true AS label FROM range(3)"));
        }

        @Override
        void read(byte[] input) throws IOException {
            rows(file("rows.parquet", input));
        }
    },
    SAFETENSORS() {
        @Override
        List<byte[]> seeds() {
            return List.of(
                    safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
                    safetensors(
                            "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"shape\":[1,2],\"data_offsets\":[0,2],\"dtype\":\"BOOL\"},"
                                    + "\"c\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[2,4]}}",
                            4));
        }

        @Override
        void read(byte[] input) {
            try (SafeTensors file = SafeTensors.open(file("model.safetensors", input));
                    Scope scope = Scope.open()) {
                for (String name : file.names()) {
                    file.shape(name);
                    attempt(() -> file.tensor(name));
                }
            }
        }
    },
    GGUF() {
        @Override
        List<byte[]> seeds() {
            Path file = file("seed.gguf", new byte[0]);
            GgufWriter model = new GgufWriter()
                    .text("general.architecture", "llama")
                    .count("llama.block_count", 1)
                    .count("llama.context_length", 8)
                    .count("llama.embedding_length", 4)
                    .count("llama.feed_forward_length", 4)
                    .count("llama.attention.head_count", 2)
                    .number("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                    .text("tokenizer.ggml.model", "gpt2")
                    .text("tokenizer.ggml.pre", "smollm")
                    .texts("tokenizer.ggml.tokens", List.of("<|im_end|>", "a", "b", "ab"))
                    .integers("tokenizer.ggml.token_type", new int[] {3, 1, 1, 1})
                    .texts("tokenizer.ggml.merges", List.of("a b"))
                    .count("tokenizer.ggml.eos_token_id", 0)
                    .tensor(
                            "token_embd.weight",
                            StorageType.F16,
                            new long[] {4, 4},
                            () -> Tensor.of(new float[16], 4, 4));
            model.write(file);
            byte[] first = content(file);
            GgufWriter other = new GgufWriter()
                    .text("general.architecture", "gemma2")
                    .text("tokenizer.ggml.model", "llama")
                    .texts("tokenizer.ggml.tokens", List.of("<unk>", "▁", "a", "▁a"))
                    .numbers("tokenizer.ggml.scores", new float[] {0, -2, -3, -1})
                    .tensor(
                            "token_embd.weight",
                            StorageType.Q8_0,
                            new long[] {1, 32},
                            () -> Tensor.of(new float[32], 1, 32));
            other.write(file);
            return List.of(first, content(file));
        }

        @Override
        void read(byte[] input) {
            Path path = file("model.gguf", input);
            try (GgufFile file = GgufFile.open(path);
                    Scope scope = Scope.open()) {
                file.metadata().keys().forEach(file.metadata()::shown);
                file.names().forEach(name -> attempt(() -> file.tensor(name)));
            }
            attempt(() -> use(Tokenizer.load(path)));
            attempt(() -> ChatTemplate.load(path, Clock.systemUTC()));
            ModelInfo.of(path);
        }
    },
    SAFETENSORS_INDEX(
            "{\"metadata\": {\"total_size\": 8}, \"weight_map\": {\"model.norm.weight\": \"a.safetensors\", \"lm_head.weight\": \"model.safetensors\"}}",
            "{\"weight_map\": {\"x\": \"../a.safetensors\"}}") {
        @Override
        void read(byte[] input) throws IOException {
            Path model = model();
            Files.deleteIfExists(model.resolve("a.safetensors"));
            if (Files.exists(model.resolve("model.safetensors"))) {
                Files.move(model.resolve("model.safetensors"), model.resolve("a.safetensors"));
            }
            Files.write(model.resolve("model.safetensors.index.json"), input);
            Transformers.load(model, LoadOptions.DEFAULT).close();
        }
    },
    MODEL_CONFIG(
            Seeds.LLAMA,
            "{\"model_type\": \"gpt2\", \"vocab_size\": 8, \"n_positions\": 8, \"n_embd\": 8, \"n_layer\": 2, \"n_head\": 2}",
            "{\"model_type\": \"gemma3_text\", \"vocab_size\": 8, \"hidden_size\": 8, \"intermediate_size\": 8, \"num_hidden_layers\": 6,"
                    + " \"num_attention_heads\": 2, \"num_key_value_heads\": 1, \"head_dim\": 4, \"max_position_embeddings\": 64, \"rms_norm_eps\": 1e-6,"
                    + " \"sliding_window\": 8, \"sliding_window_pattern\": 6, \"rope_theta\": 1e6, \"rope_local_base_freq\": 1e4, \"query_pre_attn_scalar\": 4}",
            "{\"model_type\": \"qwen3\", \"vocab_size\": 8, \"hidden_size\": 8, \"intermediate_size\": 8, \"num_hidden_layers\": 1, \"num_attention_heads\": 2,"
                    + " \"max_position_embeddings\": 64, \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 16}}",
            "{\"model_type\": \"phi3\", \"vocab_size\": 8, \"hidden_size\": 8, \"intermediate_size\": 8, \"num_hidden_layers\": 1, \"num_attention_heads\": 2,"
                    + " \"max_position_embeddings\": 64, \"rope_scaling\": {\"type\": \"longrope\", \"short_factor\": [1, 1], \"long_factor\": [1, 2]}}",
            "{\"model_type\": \"gpt_neox\", \"vocab_size\": 8, \"hidden_size\": 8, \"intermediate_size\": 8, \"num_hidden_layers\": 1, \"num_attention_heads\": 2,"
                    + " \"max_position_embeddings\": 64, \"rotary_pct\": 0.25, \"use_parallel_residual\": true}") {
        @Override
        void read(byte[] input) {
            Transformers.config("config.json", utf8(input));
        }
    },
    TOKENIZER() {
        @Override
        List<byte[]> seeds() {
            return List.of(
                    contents(model().resolve("tokenizer.json")),
                    bytes(
                            "{\"version\": \"1.0\", \"added_tokens\": [{\"id\": 2, \"content\": \"<s>\", \"special\": true}], \"model\": {\"type\": \"BPE\","
                                    + " \"vocab\": {\"a\": 0, \"b\": 1}, \"merges\": []}, \"pre_tokenizer\": {\"type\": \"ByteLevel\", \"add_prefix_space\": false}}"));
        }

        @Override
        void read(byte[] input) throws IOException {
            Path model = model();
            Files.write(model.resolve("tokenizer.json"), input);
            use(Tokenizer.load(model));
        }
    },
    SPECIAL_TOKENS(
            "0{\"bos_token\": {\"content\": \"<s>\"}, \"eos_token\": \"a\", \"add_bos_token\": true, \"chat_template\": \"{{ messages }}\"}",
            "1{\"eos_token_id\": [1, 2]}",
            "2{\"pad_token\": \"b\", \"bos_token\": {\"content\": \"c\", \"lstrip\": false}}") {
        @Override
        void read(byte[] input) throws IOException {
            Path model = model();
            String name = pick(input, "tokenizer_config.json", "generation_config.json", "special_tokens_map.json");
            Files.write(model.resolve(name), tail(input));
            use(Tokenizer.load(model));
        }
    },
    CHAT_TEMPLATE(Seeds.TEMPLATES.toArray(String[]::new)) {
        @Override
        void read(byte[] input) {
            Template.parse(utf8(input)).rendered(Seeds.CONVERSATION, "documents");
        }
    },
    RECIPE(
            Seeds.RECIPE,
            "model: m\ntask: {prompts: {train: a.jsonl}}\nmethod: {online-dpo: {beta: 0.1}}\nsteps: 3\n",
            "data: d.jsonl\nmodel: m\nloss: {score: log-ratio, link: {squared: 5}, plus: [{nll: 0.2}]}\ntraining: {schedule: cosine, learning-rate: 1e-5}\n",
            "a: &a [1, 2]\nb: *a\n<<: {c: 3}\n? [x]\n: y\n") {
        @Override
        void read(byte[] input) {
            Recipe recipe = Recipe.parse(utf8(input), "fuzz.yaml");
            attempt(() -> RecipeRun.of(recipe, CATALOGUE));
            OfflineTraining.of(recipe, CATALOGUE);
        }
    },
    MATHS_ANSWERS(
            "\\boxed{\\frac{1}{2}}\u0001\\boxed{0.5}",
            "#### 1,234\u0001so the answer is 1234",
            "\\boxed{x^2+2x+1}\u0001\\boxed{(x+1)^2}",
            "\\boxed{\\left(\\sqrt{2}, \\pi\\right]}\u0001\\boxed{{1,2,3}}",
            "The answer is $50\\%$.\u0001\\boxed{\\begin{pmatrix}1\\\\2\\end{pmatrix}}",
            "\\boxed{2^{3^{4}}!}\u0001\\boxed{1e308\\cdot 10^{99}}") {
        @Override
        void read(byte[] input) {
            String[] both = utf8(input).split("\u0001", 2);
            new NumericAnswer(1e-6, true).check(both[0], both.length > 1 ? both[1] : "");
        }
    },
    LEDGER() {
        @Override
        List<byte[]> seeds() {
            return List.of(bytes("0" + Ledgers.questions()), bytes("1" + Ledgers.answers()));
        }

        @Override
        void read(byte[] input) throws IOException {
            Path run = directory().resolve("ledger");
            Ledgers.write(run, pick(input, "questions.jsonl", "answers.jsonl"), Ledgers.checked(tail(input)));
            try (FileLedger ledger = FileLedger.open(run)) {
                ledger.entries();
                ledger.tallies();
            }
        }
    },
    IMPORT() {
        @Override
        List<byte[]> seeds() {
            String id = Ledgers.QUESTION.id();
            return List.of(
                    bytes("0{\"id\": \"" + id + "\", \"preference\": \"left\", \"annotator\": \"a\"}\n"),
                    bytes("1id,preference,annotator,rationale\n" + id + ",tie,b,because\n"),
                    bytes(
                            "0{\"question\": \"" + id
                                    + "\", \"grade\": 2, \"probability\": 0.5, \"scores\": [1, 2], \"ranks\": [1, 2], \"edited\": \"x\", \"skip\": \"no\"}\n"));
        }

        @Override
        void read(byte[] input) {
            Path file = file("answers." + pick(input, "jsonl", "csv", "json"), tail(input));
            MemoryLedger ledger = new MemoryLedger();
            ledger.ask(Presentation.of(Ledgers.QUESTION), Ledgers.PEOPLE);
            new AnswerImport("run", false, "").read(file, ledger);
        }
    };

    private static final Catalogue CATALOGUE = Catalogue.installed();

    private final List<byte[]> texts;

    Target(String... seeds) {
        this.texts = Stream.of(seeds).map(Target::bytes).toList();
    }

    /** Files that the reader takes, or nearly. */
    List<byte[]> seeds() {
        return texts;
    }

    /** Reads a file with this content. Whatever it throws that is not a {@linkplain #isMessage message} is a fault. */
    abstract void read(byte[] input) throws IOException;

    /** Reads a file with this content, and throws what is a fault. */
    void check(byte[] input) {
        try {
            read(input);
        } catch (RuntimeException e) {
            if (!isMessage(e)) {
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the command shows no more than what the failure says: see {@code Failures}. */
    private static boolean isMessage(RuntimeException e) {
        boolean ours = e instanceof UserError
                || e instanceof RecipeError
                || e instanceof TensorFileError
                || e instanceof JinjaException;
        return ours && e.getMessage() != null && !e.getMessage().isBlank();
    }

    /** Goes on after a refusal. */
    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException e) {
            if (!isMessage(e)) {
                throw e;
            }
        }
    }

    private static void rows(Path file) throws IOException {
        ReadOptions lenient = ReadOptions.DEFAULT.withBadShare(1);
        attempt(() -> {
            try (RowReader<?> rows = Examples.read(file, lenient)) {
                rows.stream().count();
                rows.unread();
            }
        });
        attempt(() -> Examples.readAll(file));
        Inspection.of(file, lenient);
    }

    private static void use(Tokenizer tokenizer) {
        tokenizer.decode(tokenizer.encode("a b", true));
        tokenizer.endings();
        tokenizer.pad();
    }

    // ---- files ----

    private static final class Holder {
        static final Path DIRECTORY = made();

        private static Path made() {
            try {
                Path directory = Files.createTempDirectory("thurstone-fuzz");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path directory() {
        return Holder.DIRECTORY;
    }

    private static Path file(String name, byte[] content) {
        try {
            return Files.write(directory().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model directory of this target's own. */
    Path model() {
        Path model = directory().resolve("model-" + key());
        return Files.isDirectory(model) ? model : TinyModel.write(model);
    }

    /** One of several, by the first byte: a digit is its place. */
    private static String pick(byte[] input, String... of) {
        return of[input.length == 0 ? 0 : Math.floorMod(input[0] - '0', of.length)];
    }

    private static byte[] tail(byte[] input) {
        return Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    }

    private static String utf8(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] contents(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] parquet(String select) {
        Path file = directory().resolve("seed.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return contents(file);
    }

    private static byte[] safetensors(String header, int data) {
        byte[] text = bytes(header);
        return ByteBuffer.allocate(8 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
