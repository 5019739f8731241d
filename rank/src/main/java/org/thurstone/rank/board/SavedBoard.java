package org.thurstone.rank.board;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.Votes;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.report.JsonText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fitted board that is kept: its methods with their settings, and what they need of its votes. These are counts of pairs where counts are enough,
 * and else the battles or orders themselves. With more votes it gives the board of all votes read at once.
 *
 * <pre>{@code
 * SavedBoard saved = SavedBoard.read(Path.of("board.json")).with(more);
 * Board board = saved.boards().getFirst();
 * saved.write(Path.of("board.json"));
 * }</pre>
 *
 * @param models at least one
 * @param elo whether log-odds are shown on {@linkplain EloScale Elo's scale}
 * @param earlier fingerprints of the votes of the boards that this one was made from by adding votes, the oldest first
 */
public record SavedBoard(
        List<BoardRequest.Named> models, Inference inference, boolean elo, Votes votes, List<String> earlier) {

    /** The version of the file's form. */
    private static final int VERSION = 1;

    private static final String KEPT = "kept";

    public SavedBoard {
        models = List.copyOf(models);
        earlier = List.copyOf(earlier);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("there is no model to rank with");
        }
    }

    /** A board of these votes, of which only what the models need is kept. */
    public static SavedBoard of(List<BoardRequest.Named> models, Inference inference, boolean elo, Votes votes) {
        return new SavedBoard(models, inference, elo, needed(models, inference, votes), List.of());
    }

    private static Votes needed(List<BoardRequest.Named> models, Inference inference, Votes votes) {
        boolean counts = models.stream().allMatch(m -> m.model().takes() == RankingModel.Form.COUNTS);
        boolean plain = votes instanceof Battles battles && battles.covariates().isEmpty();
        if (!counts || !plain) {
            return compact(votes);
        }
        Tally tally = votes.tally();
        boolean bootstrap = inference.intervals() == Inference.Intervals.BOOTSTRAP;
        boolean countable = inference.unit() == Inference.Unit.BATTLE && tally.unweighted();
        return bootstrap && !countable ? compact(votes) : tally;
    }

    /** Without the names of items and annotators that a subset of battles does not have. */
    private static Votes compact(Votes votes) {
        return votes instanceof Battles battles ? battles.compacted() : votes;
    }

    /** The boards of all votes, one per model. */
    public List<ModelBoards> boards() {
        return models.stream()
                .map(named ->
                        new ModelBoards(named.model(), new Ranking(named, inference, elo).of(votes), new TreeMap<>()))
                .toList();
    }

    /**
     * The board with more votes, as if all had been read at once.
     *
     * @throws UserError if these votes cannot be added to the kept ones
     */
    public SavedBoard with(Votes more) {
        List<String> before = new ArrayList<>(earlier);
        before.add(fingerprint());
        return new SavedBoard(models, inference, elo, joined(votes, more), before);
    }

    private static Votes joined(Votes kept, Votes more) {
        return switch (kept) {
            case Tally tally -> {
                if (more instanceof Battles battles && !battles.covariates().isEmpty()) {
                    throw new UserError("the kept board has no covariates, and the new votes have "
                            + String.join(", ", battles.covariates()) + "; read them without --control");
                }
                TallyCounter counter = new TallyCounter();
                add(tally, counter);
                add(more.tally(), counter);
                yield counter.tally();
            }
            case Battles battles -> {
                if (!(more instanceof Battles others)) {
                    throw new UserError("the kept board has battles one by one, and the new votes are not");
                }
                if (!battles.covariates().equals(others.covariates())) {
                    throw new UserError("the kept board has the covariates " + battles.covariates()
                            + ", and the new votes have " + others.covariates() + "; give the same --control");
                }
                List<Battle> all = new ArrayList<>();
                battles.forEach(all::add);
                others.forEach(all::add);
                yield Battles.of(all, battles.covariates());
            }
            case Rankings rankings -> {
                if (!(more instanceof Rankings others)) {
                    throw new UserError("the kept board is of orders, and the new votes are not");
                }
                yield joined(rankings, others);
            }
        };
    }

    private static void add(Tally tally, TallyCounter counter) {
        int[] index = tally.items().stream().mapToInt(counter::item).toArray();
        long rest = tally.size();
        for (int c = 0; c < tally.cells(); c++) {
            for (Outcome outcome : List.of(Outcome.LEFT, Outcome.RIGHT, Outcome.TIE)) {
                double weight = tally.weight(outcome, c);
                if (weight > 0) {
                    counter.add(
                            index[tally.left(c)],
                            index[tally.right(c)],
                            outcome,
                            weight,
                            tally.squares(outcome, c),
                            rest);
                    rest = 0;
                }
            }
        }
    }

    private static Rankings joined(Rankings one, Rankings other) {
        List<String> items = new ArrayList<>(one.items());
        other.items().stream().filter(item -> !one.items().contains(item)).forEach(items::add);
        int[] index = other.items().stream().mapToInt(items::indexOf).toArray();
        List<Rankings.Ranking> all = new ArrayList<>(one.all());
        for (Rankings.Ranking r : other.all()) {
            all.add(new Rankings.Ranking(
                    r.blocks().stream()
                            .map(block -> block.stream().map(i -> index[i]).toList())
                            .toList(),
                    r.open(),
                    r.weight(),
                    r.annotator()));
        }
        return new Rankings(items, all);
    }

    /**
     * The outcome of a battle of two items by each model that makes predictions.
     *
     * @param left is at home, or shown first, where the model has an advantage for that
     * @throws UserError if an item is not on the board, or no model predicts this battle
     */
    public List<PairingForecast> predict(String left, String right) {
        for (String item : List.of(left, right)) {
            if (!votes.items().contains(item)) {
                throw new UserError(
                        "there is no item \"" + item + "\" on the board" + Recipe.hint(item, votes.items()));
            }
        }
        if (left.equals(right)) {
            throw new UserError("\"" + left + "\" does not meet itself");
        }
        // Differences are in the unit of the model only if they are not on Elo's scale.
        List<PairingForecast> forecasts = models.stream()
                .map(named -> new Ranking(named, inference, false).of(votes))
                .flatMap(board -> PairingForecast.of(board, left, right, inference.level()).stream())
                .toList();
        if (forecasts.isEmpty()) {
            throw new UserError("no method of the board predicts a battle of \"" + left + "\" and \"" + right
                    + "\": none makes predictions, it needs covariates, or the votes do not make the two comparable");
        }
        return forecasts;
    }

    /** The fingerprint of the votes. */
    public String fingerprint() {
        return digest(KeptVotes.document(votes));
    }

    /** Whether this board's votes include all votes of another one, which it was made from. */
    public boolean includes(SavedBoard other) {
        return earlier.contains(other.fingerprint());
    }

    /**
     * The boards in all output formats.
     *
     * @param name for their heading
     * @param remarks on the votes that were read last
     */
    public BoardReport report(String name, List<String> remarks) {
        return new BoardReport(
                name,
                new VoteFile(votes, new TreeMap<>(), remarks),
                boards(),
                inference,
                new BoardReport.Differences(Optional.empty(), List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same for a report that was made already, whose boards are not fitted again. */
    public void write(Path path, BoardReport report) {
        write(path, report.all());
    }

    /** Writes the board with its ratings, so that it can also be read as a board without votes. */
    public void write(Path path) {
        write(path, boards());
    }

    /** @param boards of these votes, if they are known */
    void write(Path path, List<ModelBoards> boards) {
        Map<String, Object> document = BoardDocument.of(boards);
        Map<String, Object> kept = new LinkedHashMap<>();
        Map<String, Object> settings = settings();
        Map<String, Object> of = KeptVotes.document(votes);
        kept.put("version", VERSION);
        kept.put("settings", settings);
        kept.put("settings_sha256", digest(settings));
        kept.put("votes", of);
        kept.put("votes_sha256", digest(of));
        kept.put("earlier_votes_sha256", earlier);
        document.put(KEPT, kept);
        AtomicFile.write(path, JsonText.of(document) + "\n");
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        List<Map<String, Object>> methods = new ArrayList<>();
        for (BoardRequest.Named named : models) {
            Map<String, Object> method = new LinkedHashMap<>();
            method.put("name", named.name());
            method.putAll(Recipe.values(new RankingModels.Holder(named.model())));
            methods.add(method);
        }
        settings.put("methods", methods);
        settings.put("level", inference.level());
        settings.put("intervals", word(inference.intervals()));
        settings.put("draws", inference.draws());
        settings.put("unit", word(inference.unit()));
        settings.put("seed", inference.seed());
        settings.put("provisional", inference.provisional());
        settings.put("elo", elo);
        return settings;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String digest(Object part) {
        return Fingerprint.ofText(JsonText.of(part)).sha256();
    }

    /**
     * Reads a board that {@link #write} wrote.
     *
     * @throws UserError if the file is something else, was written by a newer version, or was changed
     */
    public static SavedBoard read(Path path) {
        JsonNode document;
        try {
            document = JsonMapper.shared().readTree(InputFile.text(path));
        } catch (IOException e) {
            throw UserError.reading(path, e);
        } catch (JacksonException e) {
            throw new UserError(path + " is not JSON; a kept board is a file that rank --save wrote", e);
        }
        JsonNode kept = document.path(KEPT);
        if (!kept.isObject()) {
            throw new UserError(path + " is no kept board, which rank --save writes"
                    + (document.has("items") ? ": it has ratings, but not their votes" : ""));
        }
        int version = kept.path("version").asInt(0);
        if (version != VERSION) {
            throw new UserError(
                    path + " has version " + version + " of the form of kept boards, and this program reads " + VERSION
                            + "; " + (version > VERSION ? "use a newer program" : "rank its votes again"));
        }
        try {
            SavedBoard board = board(kept);
            check(path, "settings", kept, digest(board.settings()));
            check(path, "votes", kept, board.fingerprint());
            return board;
        } catch (IllegalArgumentException e) {
            throw new UserError(path + ": " + e.getMessage(), e);
        }
    }

    private static void check(Path path, String what, JsonNode kept, String digest) {
        if (!kept.path(what + "_sha256").asString("").equals(digest)) {
            throw new UserError("the " + what + " in " + path
                    + " are not those that were written: the file was changed since; rank its votes again with --save");
        }
    }

    private static SavedBoard board(JsonNode kept) {
        JsonNode settings = kept.path("settings");
        List<BoardRequest.Named> models = new ArrayList<>();
        for (JsonNode method : settings.path("methods")) {
            Map<String, Object> values = new LinkedHashMap<>();
            method.properties().forEach(e -> values.put(e.getKey(), value(e.getValue())));
            String name = String.valueOf(values.remove("name"));
            models.add(new BoardRequest.Named(
                    name,
                    Recipe.of(values, "the method " + name)
                            .bind(RankingModels.Holder.class, Catalogue.installed())
                            .model()));
        }
        Inference inference = new Inference(
                        settings.path("level").asDouble(Double.NaN),
                        constant(Inference.Intervals.class, settings, "intervals"),
                        settings.path("draws").asInt(-1),
                        constant(Inference.Unit.class, settings, "unit"),
                        settings.path("seed").asLong(1))
                .withProvisional(settings.path("provisional").asDouble(Double.NaN));
        List<String> earlier = new ArrayList<>();
        kept.path("earlier_votes_sha256").forEach(digest -> earlier.add(digest.asString("")));
        return new SavedBoard(
                models, inference, settings.path("elo").asBoolean(false), KeptVotes.read(kept.path("votes")), earlier);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode settings, String key) {
        String word = settings.path(key).asString("");
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("its settings have the unknown " + key + " \"" + word + "\"");
    }

    private static Object value(JsonNode node) {
        return JsonMapper.shared().convertValue(node, Object.class);
    }
}
