package org.thurstone.feedback.verifier.instruction;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;

/** The arguments of an instruction in a file; those that are null are not there. Remembers which were read, so that others can be refused. */
final class Arguments {

    private final String kind;
    private final Map<String, ?> values;
    private final Set<String> read = new TreeSet<>();

    /** @param values texts, whole numbers and lists of texts; values may be null */
    Arguments(String kind, Map<String, ?> values) {
        this.kind = kind;
        this.values = values;
    }

    String text(String name) {
        return Optional.of(value(name, "a text"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> wrong(name, "a text"));
    }

    List<String> texts(String name) {
        Object value = value(name, "a list of texts");
        if (!(value instanceof Collection<?> several)
                || several.isEmpty()
                || !several.stream().allMatch(text -> text instanceof String s && !s.isBlank())) {
            throw wrong(name, "a list of texts");
        }
        return several.stream().map(String.class::cast).toList();
    }

    /** A whole number of at least {@code least}; JSON libraries may hand it over as 3.0. */
    int count(String name, int least) {
        Object value = value(name, "a whole number");
        if (!(value instanceof Number number)
                || number.doubleValue() != Math.rint(number.doubleValue())
                || number.doubleValue() < least
                || number.doubleValue() > Integer.MAX_VALUE) {
            throw wrong(name, "a whole number of at least " + least);
        }
        return number.intValue();
    }

    Relation relation(String name) {
        return Relation.of(text(name)).orElseThrow(() -> wrong(name, "'at least' or 'less than'"));
    }

    /** @throws UserError if there are arguments that were not read */
    void refuseOthers() {
        String others = values.entrySet().stream()
                .filter(each -> each.getValue() != null && !read.contains(each.getKey()))
                .map(each -> "'" + each.getKey() + "'")
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new UserError("the instruction '%s' has no argument %s; it has %s"
                    .formatted(kind, others, read.isEmpty() ? "none" : String.join(", ", read)));
        }
    }

    private Object value(String name, String what) {
        read.add(name);
        Object value = values.get(name);
        if (value == null) {
            throw new UserError("the instruction '%s' needs '%s', %s".formatted(kind, name, what));
        }
        return value;
    }

    private UserError wrong(String name, String what) {
        return new UserError("the instruction '%s': '%s' is %s, not %s".formatted(kind, name, values.get(name), what));
    }
}
