package org.thurstone.feedback.verifier.instruction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import opennlp.tools.langdetect.LanguageDetector;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * The language of a text, as its code in ISO 639-1. Most of the text's letters decide the script. A script of one language decides the language; among
 * the others the detector of Apache OpenNLP does, by most windows of ten words, among the languages that IFEval's detector knows. It is unsure on texts of a few words, and on texts
 * that mix languages.
 */
public final class Languages {

    /** Scripts in which only one of the known languages is written. */
    private static final Map<Character.UnicodeScript, String> ALONE = alone();

    /** Known languages by the detector's code (ISO 639-3). */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            known("afr", "af"),
            known("ara", "ar"),
            known("bul", "bg"),
            known("cat", "ca"),
            known("ces", "cs"),
            known("cym", "cy"),
            known("dan", "da"),
            known("deu", "de"),
            known("eng", "en"),
            known("spa", "es"),
            known("est", "et"),
            known("fas", "fa"),
            known("pes", "fa"),
            known("fin", "fi"),
            known("fra", "fr"),
            known("hin", "hi"),
            known("hrv", "hr"),
            known("hun", "hu"),
            known("ind", "id"),
            known("ita", "it"),
            known("jpn", "ja"),
            known("lit", "lt"),
            known("lav", "lv"),
            known("lvs", "lv"),
            known("mkd", "mk"),
            known("mar", "mr"),
            known("nep", "ne"),
            known("npi", "ne"),
            known("nld", "nl"),
            known("nob", "no"),
            known("nor", "no"),
            known("pol", "pl"),
            known("por", "pt"),
            known("ron", "ro"),
            known("rus", "ru"),
            known("slk", "sk"),
            known("slv", "sl"),
            known("som", "so"),
            known("sqi", "sq"),
            known("swe", "sv"),
            known("swa", "sw"),
            known("swh", "sw"),
            known("tgl", "tl"),
            known("tur", "tr"),
            known("ukr", "uk"),
            known("urd", "ur"),
            known("vie", "vi"),
            known("cmn", "zh"));

    /** Frequent words of languages that share Devanagari, which the detector confuses with one another. */
    private static final Map<String, Set<String>> TELLING = Map.of(
            "hi",
                    Set.of(
                            "है", "हैं", "का", "की", "के", "को", "में", "से", "और", "यह", "वह", "था", "थी", "थे",
                            "नहीं", "आप", "आपका", "आपकी", "आपके", "मैं", "भी"),
            "mr",
                    Set.of(
                            "आहे", "आहेत", "आणि", "मी", "हे", "ते", "ही", "नाही", "होता", "होती", "होते", "आपण", "आपला",
                            "आपल्या", "च्या", "काय", "एका"),
            "ne",
                    Set.of(
                            "छ", "छन्", "हो", "र", "मा", "लाई", "पनि", "यो", "त्यो", "भएको", "हुन्छ", "तपाईं", "गर्न",
                            "छैन", "थियो"));

    /** Words that are judged together. */
    private static final int WINDOW = 10;

    private static final String MODEL = "/langdetect-183.bin";

    /** Loading takes half a second, and most runs need no language. */
    private static final class Loaded {
        static final LanguageDetector DETECTOR = load();

        private static LanguageDetector load() {
            try (InputStream model =
                    Objects.requireNonNull(LanguageDetectorModel.class.getResourceAsStream(MODEL), MODEL)) {
                return new LanguageDetectorME(new LanguageDetectorModel(model));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Languages() {}

    /** The language of a text; empty if it has no letters. */
    public static Optional<String> detect(String text) {
        return script(text).map(script -> Optional.ofNullable(ALONE.get(script)).orElseGet(() -> among(text)));
    }

    private static Optional<Character.UnicodeScript> script(String text) {
        Map<Character.UnicodeScript, Integer> letters = new EnumMap<>(Character.UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(Character.UnicodeScript::of)
                // Japanese is the mixture.
                .map(s -> s == Character.UnicodeScript.KATAKANA ? Character.UnicodeScript.HIRAGANA : s)
                .forEach(s -> letters.merge(s, 1, Integer::sum));
        return letters.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> most.getKey() == Character.UnicodeScript.HAN
                                && letters.containsKey(Character.UnicodeScript.HIRAGANA)
                        ? Character.UnicodeScript.HIRAGANA
                        : most.getKey());
    }

    /** By words that only one language has, else by most windows; the detector itself is easily led by a few striking words. */
    private static String among(String text) {
        List<String> words = Pattern.compile("\\s+", Characters.FLAGS)
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> word.codePoints().anyMatch(Character::isLetter))
                .toList();
        Optional<String> byWords = most(words.stream()
                .flatMap(word -> TELLING.entrySet().stream()
                        .filter(each -> each.getValue().contains(word.replaceAll("\\p{P}", "")))
                        .map(Map.Entry::getKey)));
        if (byWords.isPresent()) {
            return byWords.get();
        }
        List<String> windows = new ArrayList<>();
        for (int from = 0; from + WINDOW <= words.size(); from += WINDOW) {
            int to = from + 2 * WINDOW > words.size() ? words.size() : from + WINDOW;
            windows.add(String.join(" ", words.subList(from, to)));
        }
        return most(windows.stream().map(Languages::guess)).orElseGet(() -> guess(String.join(" ", words)));
    }

    /** The most frequent; empty if there are two of them, or none. */
    private static Optional<String> most(Stream<String> languages) {
        Map<String, Integer> counts = new HashMap<>();
        languages.forEach(language -> counts.merge(language, 1, Integer::sum));
        int highest = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> first = counts.entrySet().stream()
                .filter(each -> each.getValue() == highest)
                .map(Map.Entry::getKey)
                .toList();
        return first.size() == 1 ? Optional.of(first.getFirst()) : Optional.empty();
    }

    private static String guess(String text) {
        synchronized (Loaded.DETECTOR) {
            return Arrays.stream(Loaded.DETECTOR.predictLanguages(text))
                    .flatMap(guess -> Optional.ofNullable(KNOWN.get(guess.getLang())).stream())
                    .findFirst()
                    .orElse("");
        }
    }

    private static Map<Character.UnicodeScript, String> alone() {
        Map<Character.UnicodeScript, String> alone = new EnumMap<>(Character.UnicodeScript.class);
        alone.put(Character.UnicodeScript.BENGALI, "bn");
        alone.put(Character.UnicodeScript.GREEK, "el");
        alone.put(Character.UnicodeScript.GUJARATI, "gu");
        alone.put(Character.UnicodeScript.GURMUKHI, "pa");
        alone.put(Character.UnicodeScript.HANGUL, "ko");
        alone.put(Character.UnicodeScript.HAN, "zh");
        alone.put(Character.UnicodeScript.HEBREW, "he");
        alone.put(Character.UnicodeScript.HIRAGANA, "ja");
        alone.put(Character.UnicodeScript.KANNADA, "kn");
        alone.put(Character.UnicodeScript.MALAYALAM, "ml");
        alone.put(Character.UnicodeScript.TAMIL, "ta");
        alone.put(Character.UnicodeScript.TELUGU, "te");
        alone.put(Character.UnicodeScript.THAI, "th");
        return alone;
    }

    private static Map.Entry<String, String> known(String detectors, String code) {
        return Map.entry(detectors, code);
    }
}
