package org.thurstone.recipe;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Every part that recipes know by name: the lists that modules hand over, and what {@link MethodProvider}s on the class path add. The
 * recipe reader, the {@code methods} command and the documentation all read this one set.
 */
public final class Catalogue {

    private final List<NamedPart> parts;

    private Catalogue(List<NamedPart> parts) {
        Map<String, NamedPart> seen = new TreeMap<>();
        for (NamedPart part : parts) {
            NamedPart other = seen.putIfAbsent(part.kind() + " " + part.name(), part);
            if (other != null && other.type() != part.type()) {
                throw new IllegalArgumentException("two of kind " + part.kind() + " are called " + part.name() + ": "
                        + other.type().getName() + " and " + part.type().getName());
            }
        }
        this.parts = List.copyOf(seen.values());
    }

    /** Nothing has a name but the records that sealed interfaces permit. */
    public static Catalogue empty() {
        return new Catalogue(List.of());
    }

    /** A catalogue of these records; each says with {@link Method} what it is. */
    public static Catalogue of(Collection<? extends Class<? extends Record>> methods) {
        return empty().plus(methods);
    }

    /** This one and these records; throws an IllegalArgumentException where two of a kind have one name. */
    public Catalogue plus(Collection<? extends Class<? extends Record>> methods) {
        List<NamedPart> all = new ArrayList<>(parts);
        methods.forEach(m -> all.add(NamedPart.of(m)));
        return new Catalogue(all);
    }

    /** This one and whatever jars on the class path provide. */
    public Catalogue plusInstalled() {
        Catalogue all = this;
        for (MethodProvider provider : ServiceLoader.load(MethodProvider.class)) {
            all = all.plus(provider.methods());
        }
        return all;
    }

    /** All, by kind and name. */
    public List<NamedPart> parts() {
        return parts;
    }

    /** In alphabetical order. */
    public List<String> kinds() {
        return parts.stream().map(NamedPart::kind).distinct().toList();
    }

    public List<NamedPart> ofKind(String kind) {
        return parts.stream().filter(p -> p.kind().equals(kind)).toList();
    }

    /** The parts of a name: none, one, or one of each of several kinds. */
    public List<NamedPart> named(String name) {
        return parts.stream().filter(p -> p.name().equals(name)).toList();
    }

    /** The names nearest to a word that is none, for messages: {@code (did you mean "dpo"?)}. */
    public String hint(String word) {
        return Names.hint(word, parts.stream().map(NamedPart::name).distinct().toList());
    }

    /** Throws where the default of a parameter is not what its type takes: that would meet the first user who leaves it out. */
    public void checkDefaults() {
        for (NamedPart part : parts) {
            for (RecordComponent component : part.type().getRecordComponents()) {
                Default written = component.getAnnotation(Default.class);
                if (written != null) {
                    Defaults.of(component, written.value(), Types.of(component.getGenericType()), this);
                }
            }
        }
    }

    /** What a name can mean where this interface is wanted: the catalogue's parts, and the records that a sealed interface permits. */
    Map<String, Class<? extends Record>> candidates(Class<?> wanted) {
        Map<String, Class<? extends Record>> candidates = new TreeMap<>(Comparator.naturalOrder());
        List<Class<? extends Record>> types = new ArrayList<>();
        parts.stream().map(NamedPart::type).filter(wanted::isAssignableFrom).forEach(types::add);
        permitted(wanted, types);
        for (Class<? extends Record> type : types) {
            Class<? extends Record> other = candidates.putIfAbsent(NamedPart.name(type), type);
            if (other != null && other != type) {
                throw new IllegalArgumentException("as a " + wanted.getSimpleName() + ", " + NamedPart.name(type)
                        + " could be " + other.getName() + " or " + type.getName());
            }
        }
        return candidates;
    }

    private static void permitted(Class<?> type, List<Class<? extends Record>> into) {
        if (type.isRecord()) {
            into.add(type.asSubclass(Record.class));
        } else if (type.isSealed()) {
            for (Class<?> sub : type.getPermittedSubclasses()) {
                permitted(sub, into);
            }
        }
    }
}
