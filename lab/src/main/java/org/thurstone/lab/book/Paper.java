package org.thurstone.lab.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A paper that is implemented or replicated here.
 *
 * @param arxiv its arXiv id, such as {@code 2310.12036}
 * @param title its title; its id where the list of titles does not have it
 */
public record Paper(String arxiv, String title) {

    private static final SequencedMap<String, String> TITLES = titles();

    /** The paper with an arXiv id. */
    public static Paper of(String arxiv) {
        return new Paper(arxiv, Optional.ofNullable(TITLES.get(arxiv)).orElse("arXiv:" + arxiv));
    }

    /** Titles by arXiv id, in the order of the ids. */
    public static SequencedMap<String, String> known() {
        return Collections.unmodifiableSequencedMap(TITLES);
    }

    /** A link in Markdown. */
    public String link() {
        return "[arXiv:" + arxiv + "](https://arxiv.org/abs/" + arxiv + ")";
    }

    private static SequencedMap<String, String> titles() {
        SequencedMap<String, String> titles = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(Paper.class.getResourceAsStream("papers.tsv"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] cells = line.split("\t", 2);
                titles.put(cells[0], cells[1]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return titles;
    }
}
