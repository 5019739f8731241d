package org.thurstone.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.UserError;
import org.thurstone.model.files.ModelTexts;
import tools.jackson.databind.JsonNode;

/** Hugging Face's own tokenizer library behind {@link Tokenizer}. */
final class DirectoryTokenizer implements Tokenizer {

    private static final String TOKENIZER = "tokenizer.json";

    private static final List<String> FILES = List.of(
            TOKENIZER,
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "generation_config.json",
            "chat_template.jinja",
            "tokenizer.model",
            "vocab.json",
            "merges.txt");

    static {
        // Read when the library's classes are loaded: no call home, no download of a CUDA build of a tokenizer.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /** Sees to it that the library was told to stay offline before it is used. */
    static void quiet() {
        // Loading this class has done so.
    }

    private final ModelTexts texts;
    private final HuggingFaceTokenizer library;
    private final Map<String, Integer> ids;
    private final BitSet specials;
    private final BitSet matched;
    private final SpecialTokens meanings;
    private final int[] opening;
    private final int vocabulary;
    private final LiteralSpecials literal;
    private final byte[] file;
    private final Optional<TokenBytes> tokenBytes;
    private final Map<Integer, String> spellings = new HashMap<>();
    private final BitSet added = new BitSet();
    private final ReentrantLock opens = new ReentrantLock();

    /** The library with special tokens by the names that {@link #literal} gives them; made when it is first needed. */
    private volatile @Nullable HuggingFaceTokenizer renamed;

    private DirectoryTokenizer(
            ModelTexts texts,
            byte[] file,
            HuggingFaceTokenizer library,
            Map<String, Integer> ids,
            BitSet specials,
            BitSet matched,
            SpecialTokens meanings) {
        this.texts = texts;
        this.file = file;
        this.library = library;
        this.ids = ids;
        this.specials = specials;
        this.matched = matched;
        ids.forEach((spelling, id) -> spellings.put(id, spelling));
        JsonNode json = SpecialTokens.json(file, texts.where(TOKENIZER));
        json.path("added_tokens").forEach(token -> added.set(token.path("id").intValue()));
        this.tokenBytes = TokenBytes.of(json.path("decoder"));
        this.literal = new LiteralSpecials(ids.entrySet().stream()
                .filter(token -> specials.get(token.getValue()))
                .map(Map.Entry::getKey)
                .toList());
        this.meanings = meanings;
        this.vocabulary = Collections.max(ids.values()) + 1;
        this.opening = meanings.opening()
                .map(bos -> bos ? bos().stream().toArray() : new int[0])
                .orElseGet(this::openingOfLibrary);
    }

    static DirectoryTokenizer load(Path directory) {
        ModelTexts texts = ModelTexts.of(directory);
        String file = texts.where(TOKENIZER);
        byte[] bytes = texts.bytes(TOKENIZER)
                .orElseThrow(() -> new UserError("there is no tokenizer.json in " + directory
                        + ": a model directory needs the tokenizer's file in addition to the weights"));
        JsonNode json = SpecialTokens.json(bytes, file);
        Map<String, Integer> ids = new HashMap<>();
        JsonNode vocabulary = json.path("model").path("vocab");
        if (vocabulary.isObject()) {
            vocabulary
                    .properties()
                    .forEach(e -> ids.put(
                            e.getKey(), SpecialTokens.id(e.getValue(), file, "in model.vocab \"" + e.getKey() + "\"")));
        } else {
            for (int i = 0; i < vocabulary.size(); i++) {
                ids.put(vocabulary.path(i).path(0).asString(""), i);
            }
        }
        BitSet specials = new BitSet();
        BitSet matched = new BitSet();
        for (JsonNode added : json.path("added_tokens")) {
            int id = SpecialTokens.id(added.path("id"), file, "an id in added_tokens");
            ids.put(added.path("content").asString(""), id);
            matched.set(id);
            if (added.path("special").asBoolean(false)) {
                specials.set(id);
            }
        }
        if (ids.isEmpty()) {
            throw new UserError(file + " has no vocabulary under model.vocab: it is not a tokenizer's file");
        }
        SpecialTokens meanings = SpecialTokens.read(texts);
        meanings.endings().forEach(specials::set);
        try {
            HuggingFaceTokenizer library = open(bytes);
            return new DirectoryTokenizer(texts, bytes, library, Map.copyOf(ids), specials, matched, meanings);
        } catch (IOException | RuntimeException e) {
            throw new UserError("cannot read the tokenizer in " + file + ": " + e.getMessage(), e);
        }
    }

    private static HuggingFaceTokenizer open(byte[] bytes) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(bytes), Map.of("truncation", "false", "padding", "false"));
    }

    private HuggingFaceTokenizer renamed() {
        HuggingFaceTokenizer known = renamed;
        if (known != null) {
            return known;
        }
        opens.lock();
        try {
            known = renamed;
            if (known == null) {
                JsonNode json = literal.renamed(SpecialTokens.json(file, texts.where(TOKENIZER)));
                known = open(json.toString().getBytes(StandardCharsets.UTF_8));
                renamed = known;
            }
            return known;
        } catch (IOException | RuntimeException e) {
            throw new UserError(
                    "the tokenizer in " + texts.where(TOKENIZER) + " cannot read text that spells special tokens: "
                            + e.getMessage(),
                    e);
        } finally {
            opens.unlock();
        }
    }

    /** The tokens that the post-processor of tokenizer.json puts before every text. */
    private int[] openingOfLibrary() {
        int[] closed = ids("a", true);
        int[] bare = ids("a", false);
        int start = 0;
        while (start + bare.length < closed.length
                && !Arrays.equals(closed, start, start + bare.length, bare, 0, bare.length)) {
            start++;
        }
        return Arrays.copyOf(closed, start);
    }

    private int[] ids(String text, boolean opened) {
        try {
            return literal.isGuarded(text)
                    ? ints(renamed().encode(literal.named(text), opened, false).getIds())
                    : ints(library.encode(text, opened, false).getIds());
        } catch (RuntimeException e) {
            throw unusable(e);
        }
    }

    private String text(long[] ids, boolean withoutSpecials) {
        try {
            return library.decode(ids, withoutSpecials);
        } catch (RuntimeException e) {
            throw unusable(e);
        }
    }

    /** The library reads files that it cannot use, such as one without the token for unknown words. */
    private UserError unusable(RuntimeException e) {
        return new UserError("the tokenizer in " + texts.where(TOKENIZER) + " cannot be used: " + e.getMessage(), e);
    }

    @Override
    public int[] encode(String text, boolean opened) {
        int[] bare = ids(text, false);
        // A text that spells BOS itself, as chat templates do, gets no second one.
        boolean spelled =
                bare.length >= opening.length && Arrays.equals(bare, 0, opening.length, opening, 0, opening.length);
        if (!opened || spelled) {
            return bare;
        }
        int[] all = Arrays.copyOf(opening, opening.length + bare.length);
        System.arraycopy(bare, 0, all, opening.length, bare.length);
        return all;
    }

    @Override
    public byte[] bytes(int token) {
        String spelling = spellings.get(token);
        if (spelling == null) {
            return new byte[0];
        }
        if (added.get(token)) {
            return spelling.getBytes(StandardCharsets.UTF_8);
        }
        return tokenBytes.map(bytes -> bytes.of(spelling)).orElseGet(() -> Tokenizer.super.bytes(token));
    }

    @Override
    public String literal(String text) {
        return literal.guarded(text);
    }

    @Override
    public String decode(int[] tokens) {
        int[] said = Arrays.stream(tokens).filter(t -> !specials.get(t)).toArray();
        return text(Arrays.stream(said).asLongStream().toArray(), true);
    }

    @Override
    public String shown(int token) {
        return text(new long[] {token}, false);
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public OptionalInt bos() {
        return id(meanings.bos());
    }

    @Override
    public OptionalInt eos() {
        return id(meanings.eos());
    }

    @Override
    public OptionalInt pad() {
        return id(meanings.pad());
    }

    @Override
    public BitSet endings() {
        BitSet all = new BitSet();
        meanings.endings().forEach(all::set);
        eos().ifPresent(all::set);
        return all;
    }

    @Override
    public Tokenizer endingAt(int token) {
        if (endings().get(token)) {
            return this;
        }
        BitSet more = (BitSet) specials.clone();
        more.set(token);
        return new DirectoryTokenizer(texts, file, library, ids, more, matched, meanings.endingAt(token));
    }

    @Override
    public boolean special(int token) {
        return specials.get(token);
    }

    @Override
    public boolean matched(int token) {
        return matched.get(token) || specials.get(token);
    }

    @Override
    public OptionalInt id(String token) {
        return id(Optional.of(token));
    }

    @Override
    public Map<String, Integer> ids() {
        return ids;
    }

    private OptionalInt id(Optional<String> token) {
        return token.map(ids::get).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    @Override
    public String eosText() {
        return meanings.eos().orElse("");
    }

    @Override
    public String bosText() {
        return meanings.bos().orElse("");
    }

    @Override
    public void save(Path target) {
        texts.save(FILES, target);
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
}
