package org.thurstone.rank.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;
import org.thurstone.data.container.LineReader;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.TallyCounter;

/**
 * Files of PrefLib (Mattei and Walsh 2013): a header of {@code # KEY: value}, then {@code count: 3,{1,4},2}, best first, for orders that
 * are strict or tied, complete or not; of {@code .wmd} {@code from,to,weight}, which says how much the first is preferred to the second.
 */
final class PrefLib {

    private static final Pattern NAME = Pattern.compile("#\\s*ALTERNATIVE NAME (\\d+):\\s*(.*)");
    private static final Pattern ORDER = Pattern.compile("([^:]+):(.*)");
    private static final Pattern BLOCK = Pattern.compile("\\{([^{}]*)}|([^,{}]+)");
    private static final Set<String> ENDINGS = Set.of("soc", "soi", "toc", "toi", "wmd");

    private final Path path;
    private final VoteReadOptions reading;
    private final Map<Integer, String> names = new TreeMap<>();
    private final Map<Integer, Integer> indexes = new TreeMap<>();
    private final List<Rankings.Ranking> rankings = new ArrayList<>();
    private final TallyCounter counter = new TallyCounter();
    private final String kind;
    private long edges;
    private boolean imbued;
    private boolean header = true;

    private PrefLib(Path path, VoteReadOptions reading) {
        this.path = path;
        this.reading = reading;
        this.kind = ending(path);
    }

    static boolean recognises(Path path) {
        return ENDINGS.contains(ending(path));
    }

    private static String ending(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** All files together: items are one by their names. */
    static VoteFile read(List<Path> paths, VoteReadOptions reading) {
        List<VoteFile> all =
                paths.stream().map(path -> new PrefLib(path, reading).read()).toList();
        return all.size() == 1 ? all.getFirst() : joined(paths, all);
    }

    private static VoteFile joined(List<Path> paths, List<VoteFile> all) {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(file -> names.addAll(file.votes().items()));
        Map<String, Integer> index = new HashMap<>();
        names.forEach(name -> index.put(name, index.size()));
        List<Rankings.Ranking> orders = new ArrayList<>();
        for (int f = 0; f < all.size(); f++) {
            if (!(all.get(f).votes() instanceof Rankings rankings)) {
                throw new UserError(paths.get(f) + " holds weighted pairs, which are ranked from one file alone");
            }
            for (Rankings.Ranking ranking : rankings.all()) {
                orders.add(new Rankings.Ranking(
                        ranking.blocks().stream()
                                .map(block -> block.stream()
                                        .map(i -> index.get(rankings.items().get(i)))
                                        .toList())
                                .toList(),
                        ranking.open(),
                        ranking.weight(),
                        ranking.annotator()));
            }
        }
        List<String> remarks =
                all.stream().flatMap(file -> file.remarks().stream()).distinct().toList();
        return new VoteFile(new Rankings(List.copyOf(names), orders), new TreeMap<>(), remarks);
    }

    private VoteFile read() {
        if (reading.columns().by().isPresent() || !reading.columns().controls().isEmpty()) {
            throw new UserError(path + " is a PrefLib file, which has no columns for --by or --control");
        }
        if (!reading.selection().equals(VoteReadOptions.Selection.ALL)
                || !reading.columns().named().isEmpty()
                || !reading.meanings().equals(VoteReadOptions.Meanings.USUAL)) {
            throw new UserError(
                    path + " is a PrefLib file, which has no columns and no codes; options that name columns,"
                            + " say what codes mean or leave out rows do not apply");
        }
        long line = 0;
        try (InputStream in = open()) {
            LineReader lines = new LineReader(in);
            while (lines.advance()) {
                line++;
                try {
                    line(text(lines).strip());
                } catch (IllegalArgumentException e) {
                    throw new UserError(path + ":" + line + ": " + e.getMessage(), e);
                }
            }
        } catch (CharacterCodingException e) {
            throw new UserError(path + ":" + line + ": not text in UTF-8; convert the file first", e);
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
        if (rankings.isEmpty() && edges == 0) {
            throw new UserError(path + (line == 0 ? " is empty" : " has a header and no orders")
                    + "; a PrefLib file has lines such as \"3: 2,1,4\"");
        }
        List<String> remarks = imbued
                ? List.of("The file was completed by placing unranked alternatives last; that last tie is not taken for"
                        + " one")
                : List.of();
        return new VoteFile(
                kind.equals("wmd") ? counter.tally() : new Rankings(List.copyOf(names.values()), rankings),
                new TreeMap<>(),
                remarks);
    }

    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(InputFile.open(path));
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return gzip ? new GZIPInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static String text(LineReader lines) throws CharacterCodingException {
        if (lines.tooLong()) {
            throw new IllegalArgumentException("the line is longer than " + (LineReader.LONGEST >> 20) + " MiB");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(lines.bytes(), 0, lines.length()))
                .toString();
    }

    private void line(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (text.startsWith("#")) {
            Matcher name = NAME.matcher(text);
            if (name.matches()) {
                name(Integer.parseInt(name.group(1)), name.group(2).strip());
            }
            imbued |= text.matches("#\\s*MODIFICATION TYPE:\\s*imbued\\s*");
            return;
        }
        if (header) {
            if (names.isEmpty()) {
                throw new IllegalArgumentException(
                        "the header names no alternatives: expected lines such as \"# ALTERNATIVE NAME 1: tuna\" first"
                                + " (files from before 2022 have none; take the new version)");
            }
            header = false;
        }
        if (kind.equals("wmd")) {
            edge(text);
        } else {
            rankings.add(order(text));
        }
    }

    private void name(int number, String name) {
        String shown = name.isEmpty() ? "alternative " + number : name;
        if (names.containsValue(shown)) {
            throw new IllegalArgumentException("two alternatives are called \"" + shown + "\"");
        }
        if (names.putIfAbsent(number, shown) != null) {
            throw new IllegalArgumentException("alternative " + number + " has two names");
        }
        indexes.put(number, indexes.size());
    }

    private void edge(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("\"" + text + "\" is not from,to,weight");
        }
        int from = item(parts[0]);
        int to = item(parts[1]);
        if (from == to) {
            throw new IllegalArgumentException("\"" + nameOf(parts[0]) + "\" is compared with itself");
        }
        double weight = number(parts[2]);
        if (weight > 0) {
            // A whole number is one of voters; then their votes count as if they were written out.
            boolean voters = weight == Math.rint(weight);
            counter.add(
                    counter.item(nameOf(parts[0])),
                    counter.item(nameOf(parts[1])),
                    Outcome.LEFT,
                    weight,
                    voters ? weight : weight * weight,
                    voters ? (long) weight : 1);
            edges++;
        }
    }

    private String nameOf(String number) {
        return names.getOrDefault(Integer.parseInt(number.strip()), number);
    }

    private Rankings.Ranking order(String text) {
        Matcher parts = ORDER.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not an order such as \"3: 2,1,4\"");
        }
        List<List<Integer>> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(parts.group(2));
        while (block.find()) {
            String listed = block.group(1) != null ? block.group(1) : block.group(2);
            List<Integer> items = new ArrayList<>();
            for (String number : listed.split(",", -1)) {
                if (!number.isBlank()) {
                    items.add(item(number));
                }
            }
            if (!items.isEmpty()) {
                blocks.add(items);
            }
        }
        boolean open = imbued && !blocks.isEmpty() && blocks.getLast().size() > 1;
        if (reading.unlisted() == VoteReadOptions.Unlisted.BELOW) {
            List<Integer> rest = new ArrayList<>(indexes.values());
            blocks.forEach(rest::removeAll);
            if (!rest.isEmpty()) {
                blocks.add(rest);
                open = true;
            }
        }
        return new Rankings.Ranking(blocks, open, number(parts.group(1)), "");
    }

    private int item(String text) {
        try {
            Integer index = indexes.get(Integer.parseInt(text.strip()));
            if (index != null) {
                return index;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" is not the number of an alternative", e);
        }
        throw new IllegalArgumentException(
                "there is no alternative " + text.strip() + "; the header names " + names.size());
    }

    private static double number(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= 0 && value <= BattleRows.MOST) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" is not a number", e);
        }
        throw new IllegalArgumentException(text.strip() + " is not a number from 0 to 1e15");
    }
}
