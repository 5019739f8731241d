package org.thurstone.recipe;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recipe: YAML as a tree that remembers its lines, with the settings of the command line on top. Paths in a file are
 * relative to that file's directory, all others to the current directory; bound records hold absolute ones.
 *
 * <pre>{@code
 * Training training = Recipe.parse(Path.of("recipes/stories.yaml")).with("loss.beta=0.2").bind(Training.class, catalogue);
 * }</pre>
 */
public final class Recipe {

    private static final long LARGEST = 1 << 24;

    private final Node.Mapping root;
    private final List<Problem> problems;
    private final Map<String, Path> directories;

    /** @param directories of the files that were read, by the name that a {@link Place} has */
    private Recipe(Node.Mapping root, List<Problem> problems, Map<String, Path> directories) {
        this.root = root;
        this.problems = List.copyOf(problems);
        this.directories = Map.copyOf(directories);
    }

    /** Reads a UTF-8 file; throws a {@link RecipeError} where it cannot be read or is not YAML. */
    public static Recipe parse(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new RecipeError(new Place(name, 0), "this is a directory, not a recipe");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new RecipeError(
                    new Place(name, 0),
                    "this is a pipe or a device, not a file; write what comes out of it to a file and name that");
        }
        try {
            if (Files.exists(file) && Files.size(file) > LARGEST) {
                throw new RecipeError(new Place(name, 0), "has " + Files.size(file) + " bytes: this is not a recipe");
            }
            Recipe recipe = parse(Files.readString(file), name);
            return new Recipe(
                    recipe.root,
                    recipe.problems,
                    Map.of(name, file.toAbsolutePath().normalize().getParent()));
        } catch (NoSuchFileException e) {
            throw new RecipeError(new Place(name, 0), "no such file");
        } catch (AccessDeniedException e) {
            throw new RecipeError(new Place(name, 0), "no permission to read it");
        } catch (CharacterCodingException e) {
            throw new RecipeError(new Place(name, 0), "not text in UTF-8");
        } catch (IOException e) {
            throw new RecipeError(new Place(name, 0), "cannot be read: " + e.getMessage());
        }
    }

    /** Parses a string; messages begin with the name. An empty text is a recipe with default settings. */
    public static Recipe parse(String text, String name) {
        List<Problem> problems = new ArrayList<>();
        Place top = new Place(name, 1);
        Node root = YamlReader.read(text, name, problems).orElse(Node.Mapping.empty(top));
        return switch (root) {
            case Node.Mapping m -> new Recipe(m, problems, Map.of());
            case Node.Scalar s when s.absent() -> new Recipe(Node.Mapping.empty(top), problems, Map.of());
            case Node other ->
                throw new RecipeError(
                        other.place(), "a recipe is a map of keys and values, not " + other.description());
        };
    }

    /**
     * The same for values, such as those of a JSON document.
     *
     * @param values maps by text, lists, texts, numbers, booleans and nulls, to any depth
     */
    public static Recipe of(Map<String, ?> values, String name) {
        return new Recipe((Node.Mapping) Values.node(values, new Place(name, 1)), List.of(), Map.of());
    }

    /** This recipe with one value set, {@code path=value}: the command line's {@code --set}. */
    public Recipe with(String setting) {
        List<Problem> all = new ArrayList<>(problems);
        Setting parsed = Setting.parse(setting, all);
        return new Recipe((Node.Mapping) parsed.in(root), all, directories);
    }

    /**
     * This recipe with one text set as it stands, whatever characters it has; a path is relative to the current directory.
     *
     * @param path of the key, such as {@code task.prompts.train}
     */
    public Recipe with(String path, String text) {
        return new Recipe((Node.Mapping) Setting.of(path, text).in(root), problems, directories);
    }

    /**
     * This recipe with a list of texts set, each as it stands.
     *
     * @param path of the key, such as {@code data}
     */
    public Recipe with(String path, List<String> texts) {
        return new Recipe((Node.Mapping) Setting.of(path, texts).in(root), problems, directories);
    }

    /**
     * This recipe where it says something, the other one elsewhere: maps are merged key by key to any depth, lists and single values are
     * not. Two named parts of different names are not merged either: one loss's beta is no other's.
     */
    public Recipe withDefaults(Recipe defaults) {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(defaults.problems);
        Map<String, Path> both = new LinkedHashMap<>(defaults.directories);
        both.putAll(directories);
        return new Recipe(merge(root, defaults.root), all, both);
    }

    /** The tree, for code that reads it before its types are known. */
    public Node.Mapping root() {
        return root;
    }

    /** The record that the recipe describes; throws a {@link RecipeError} that names everything that is wrong. */
    public <T extends Record> T bind(Class<T> type) {
        return bind(type, Catalogue.empty());
    }

    /** The same where parts of it have names from a catalogue. */
    public <T extends Record> T bind(Class<T> type, Catalogue catalogue) {
        return new Binder(catalogue, problems, directories).bindRoot(root, type);
    }

    /** A record as a recipe in which every default is spelled out; {@link #bind} makes an equal record of it. */
    public static String render(Record value) {
        return Renderer.render(value);
    }

    /** The same record with all {@linkplain Operational operational} settings in it at their defaults: what decides results. */
    public static <T extends Record> T deciding(T value) {
        @SuppressWarnings("unchecked") // a record becomes one of the same class, and this is no part of another
        T deciding = (T) Values.deciding(value);
        return deciding;
    }

    /** A record as values that {@link #of} takes, without what is empty or has its default; numbers have to be finite. */
    public static Map<String, Object> values(Record value) {
        return Values.of(value);
    }

    /** All paths in a record, in the records that it holds, and in their lists and maps: the files and directories that a recipe names. */
    public static List<Path> paths(Record value) {
        return Values.paths(value);
    }

    /** The end of a message about an invalid word: {@code (did you mean "loss"?)}, or what there is. */
    public static String hint(String word, Collection<String> valid) {
        return Names.hint(word, valid);
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static Node.Mapping merge(Node.Mapping over, Node.Mapping under) {
        Map<String, Node.Entry> merged = new LinkedHashMap<>(under.entries());
        over.entries().forEach((key, entry) -> {
            String spelled = merged.keySet().stream()
                    .filter(k -> Names.kebab(k).equals(Names.kebab(key)))
                    .findFirst()
                    .orElse(key);
            Node.Entry below = merged.remove(spelled);
            if (below != null
                    && entry.value() instanceof Node.Mapping mine
                    && below.value() instanceof Node.Mapping theirs
                    && sameName(mine, theirs)) {
                merged.put(key, new Node.Entry(entry.keyPlace(), merge(mine, theirs)));
            } else {
                merged.put(key, entry);
            }
        });
        return new Node.Mapping(merged, over.place());
    }

    private static boolean sameName(Node.Mapping mine, Node.Mapping theirs) {
        return !(mine.entries().get("name") instanceof Node.Entry(Place p, Node.Scalar name))
                || (theirs.entries().get("name") instanceof Node.Entry(Place q, Node.Scalar other)
                        && name.text().equals(other.text()));
    }
}
