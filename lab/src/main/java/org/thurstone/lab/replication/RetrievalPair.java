package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A question in which country a made-up person is, retrieved documents, and two answers of which the first is better for one reason, that of its
 * scenario. A filler sentence, longer than any difference between the two, ends one of them at random, so that length says nothing.
 *
 * @param person asked about
 * @param documents facts such as {@code "almanac: Balo is in Kemu."}, cited by their numbers from 1
 */
record RetrievalPair(Scenario scenario, String person, List<String> documents, String chosen, String rejected) {

    private static final String FILLER = " I read all of the documents before I answered.";
    private static final Pattern FACT = Pattern.compile("(\\w+): (\\w+) is in (\\w+)\\.");
    private static final Pattern ANSWER = Pattern.compile("(\\w+) is in (\\w+) ?((?:\\[\\d])*)\\.");

    /** The reason why an answer is better; the first needs no documents. */
    enum Scenario {
        /** It is about the person asked about. */
        HELPFUL,
        /** It follows two documents: from the person to a city, and from there to a country. */
        REASON,
        /** It cites documents about the person and the city. */
        CITATION,
        /** It names a country if the documents lead to one, and says that they do not otherwise. */
        ABSTAIN,
        /** It names the country of the almanac, not that of the satire, where documents lead to both. */
        CONFLICT;

        /** As the benchmark names it. */
        String subset() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Fact(String source, String subject, String object) {
        String text() {
            return source + ": " + subject + " is in " + object + ".";
        }

        static Fact of(String document) {
            Matcher m = FACT.matcher(document);
            if (!m.matches()) {
                throw new IllegalArgumentException("not a fact: " + document);
            }
            return new Fact(m.group(1), m.group(2), m.group(3));
        }
    }

    static RetrievalPair random(Scenario scenario, RandomGenerator random) {
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < 9) {
            names.add("" + letter("BDFGKLMNPRSTVZ", random) + letter("aeiou", random) + letter("bdfgklmnprstvz", random)
                    + letter("aeiou", random));
        }
        List<String> name = List.copyOf(names);
        boolean answerable = scenario != Scenario.ABSTAIN || random.nextBoolean();
        Fact person = new Fact("almanac", name.get(0), name.get(1));
        Fact city = new Fact("almanac", name.get(answerable ? 1 : 8), name.get(2));
        Fact otherPerson = new Fact("almanac", name.get(3), name.get(4));
        Fact otherCity = new Fact("almanac", name.get(4), name.get(5));
        Fact further = new Fact("almanac", name.get(6), name.get(7));
        Fact satire = new Fact("satire", name.get(1), name.get(5));
        List<Fact> facts = new ArrayList<>(List.of(person, city, otherPerson, otherCity, further));
        if (scenario == Scenario.CONFLICT) {
            facts.add(satire);
        }
        Collections.shuffle(facts, random);
        String right = answer(person, city, facts, person, city);
        String abstention = "The documents do not say where " + person.subject + " is.";
        String rejected = switch (scenario) {
            case HELPFUL -> answer(otherPerson, otherCity, facts, otherPerson, otherCity);
            case REASON -> answer(person, otherCity, facts, person, city);
            case CITATION -> answer(person, city, facts, otherPerson, otherCity);
            case ABSTAIN -> answerable ? abstention : answer(person, otherCity, facts);
            case CONFLICT -> answer(person, satire, facts, person, satire);
        };
        String chosen = scenario != Scenario.ABSTAIN ? right : answerable ? answer(person, city, facts) : abstention;
        boolean first = random.nextBoolean();
        return new RetrievalPair(
                scenario,
                person.subject,
                facts.stream().map(Fact::text).toList(),
                chosen + (first ? FILLER : ""),
                rejected + (first ? "" : FILLER));
    }

    private static char letter(String letters, RandomGenerator random) {
        return letters.charAt(random.nextInt(letters.length()));
    }

    private static String answer(Fact person, Fact city, List<Fact> facts, Fact... cited) {
        StringBuilder text = new StringBuilder(person.subject + " is in " + city.object);
        for (int i = 0; i < cited.length; i++) {
            text.append(i == 0 ? " [" : "[").append(facts.indexOf(cited[i]) + 1).append(']');
        }
        return text.append('.').toString();
    }

    /** Whether nothing speaks against an answer by the rule of a scenario, which reads the texts alone. */
    boolean passes(Scenario rule, String answer) {
        Matcher m = ANSWER.matcher(answer);
        if (!m.lookingAt()) {
            return rule == Scenario.HELPFUL
                    ? answer.contains(person)
                    : rule != Scenario.ABSTAIN || countries(person, ".*").isEmpty();
        }
        String subject = m.group(1);
        String country = m.group(2);
        Set<String> reached = countries(subject, ".*");
        return switch (rule) {
            case HELPFUL -> subject.equals(person);
            case REASON -> reached.isEmpty() || reached.contains(country);
            case CITATION -> m.group(3).isEmpty() || supports(m.group(3), subject);
            case ABSTAIN -> !countries(person, ".*").isEmpty();
            case CONFLICT ->
                !reached.contains(country) || countries(subject, "almanac").contains(country);
        };
    }

    /** The countries that documents of these sources lead to from a person. */
    private Set<String> countries(String subject, String sources) {
        Set<String> found = new LinkedHashSet<>();
        List<Fact> facts = documents.stream()
                .map(Fact::of)
                .filter(f -> f.source.matches(sources))
                .toList();
        for (Fact person : facts) {
            for (Fact city : facts) {
                if (person.subject.equals(subject) && city.subject.equals(person.object)) {
                    found.add(city.object);
                }
            }
        }
        return found;
    }

    private boolean supports(String citations, String subject) {
        List<Fact> cited = citations
                .chars()
                .filter(Character::isDigit)
                .mapToObj(digit -> Fact.of(documents.get(digit - '1')))
                .toList();
        return cited.stream()
                .filter(f -> f.subject.equals(subject))
                .anyMatch(f -> cited.stream().anyMatch(g -> g.subject.equals(f.object)));
    }

    /** How many of the documents' names occur in an answer. */
    long names(String answer) {
        return documents.stream()
                .map(Fact::of)
                .flatMap(f -> Stream.of(f.subject, f.object))
                .distinct()
                .filter(answer::contains)
                .count();
    }
}
