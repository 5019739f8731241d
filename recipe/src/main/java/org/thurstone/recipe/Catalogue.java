package org.thurstone.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thurstone.recipe.index.DocComment;
import org.thurstone.recipe.index.IndexedMethod;
import org.thurstone.recipe.index.MethodIndex;

/**
 * The catalogue of all methods that recipes can name. {@link #installed()} is what the recipe reader, the {@code methods} command and the
 * documentation read: the records with a {@link Method} of all jars on the class path, as the index of each jar lists them.
 */
public final class Catalogue {

    private final List<NamedPart> parts;

    private Catalogue(List<NamedPart> parts) {
        Map<String, NamedPart> seen = new TreeMap<>();
        for (NamedPart part : parts) {
            NamedPart other = seen.putIfAbsent(part.kind() + " " + part.name(), part);
            if (other != null && other.type() != part.type()) {
                throw new IllegalArgumentException("two of kind " + part.kind() + " are called " + part.name() + ": "
                        + place(other.type()) + " and " + place(part.type()));
            }
        }
        this.parts = List.copyOf(seen.values());
    }

    /** A class and where it was loaded from. */
    private static String place(Class<?> type) {
        return type.getName()
                + Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                        .flatMap(source -> Optional.ofNullable(source.getLocation()))
                        .map(location -> " in " + location.getPath())
                        .orElse("");
    }

    /**
     * All that is on the class path.
     *
     * @throws RecipeError if two of a kind have one name, naming both, or if a jar's index is damaged
     */
    public static Catalogue installed() {
        return installed(Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(ClassLoader::getSystemClassLoader));
    }

    /** All that a class loader sees; throws as {@link #installed()} does. */
    public static Catalogue installed(ClassLoader loader) {
        Catalogue all = empty();
        try {
            for (URL index : Collections.list(loader.getResources(MethodIndex.RESOURCE))) {
                all = all.plus(index, loader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private Catalogue plus(URL index, ClassLoader loader) throws IOException {
        List<NamedPart> all = new ArrayList<>(parts);
        try (InputStream in = uncached(index)) {
            for (IndexedMethod method : MethodIndex.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                all.add(NamedPart.of(Class.forName(method.type(), false, loader), method.doc()));
            }
            return new Catalogue(all);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new RecipeError(
                    new Place(index.toString(), 0),
                    "a class of this index cannot be loaded, compile its jar again: " + e);
        } catch (IllegalArgumentException e) {
            throw new RecipeError(new Place(index.toString(), 0), String.valueOf(e.getMessage()));
        }
    }

    /** Without the cache of connections, which would keep a user's jar open. */
    private static InputStream uncached(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
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
        methods.forEach(m -> all.add(NamedPart.of(m, DocComment.NONE)));
        return new Catalogue(all);
    }

    /** This one and a record with what its author wrote about it. */
    public Catalogue plus(Class<? extends Record> method, DocComment comment) {
        List<NamedPart> all = new ArrayList<>(parts);
        all.add(NamedPart.of(method, comment));
        return new Catalogue(all);
    }

    /** All, by kind and name. */
    public List<NamedPart> parts() {
        return parts;
    }

    /** The kinds of methods, in alphabetical order. */
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

    /** The parts of a bound recipe, those within parts and those that are defaults included; each once, in the order of {@link #parts}. */
    public List<NamedPart> partsOf(Record bound) {
        Set<Class<?>> types = new HashSet<>();
        collect(bound, types);
        return parts().stream().filter(part -> types.contains(part.type())).toList();
    }

    private static void collect(Object value, Set<Class<?>> types) {
        switch (value) {
            case Record record -> {
                types.add(record.getClass());
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    collect(Values.get(record, component), types);
                }
            }
            case List<?> list -> list.forEach(item -> collect(item, types));
            case Map<?, ?> map -> map.values().forEach(item -> collect(item, types));
            case Optional<?> maybe -> maybe.ifPresent(item -> collect(item, types));
            default -> {}
        }
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
