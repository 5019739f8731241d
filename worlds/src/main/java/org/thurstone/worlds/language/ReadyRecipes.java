package org.thurstone.worlds.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Recipe;

/** The bundled recipes, comments included. */
public final class ReadyRecipes {

    private static final String DIRECTORY = "/org/thurstone/worlds/recipes/";
    private static final String ENDING = ".yaml";

    private ReadyRecipes() {}

    /** Their names, in alphabetical order. */
    public static List<String> names() {
        URL directory = Objects.requireNonNull(ReadyRecipes.class.getResource(DIRECTORY), DIRECTORY);
        try {
            return files(directory)
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(directory + " is not a directory for recipes", e);
        }
    }

    private static Stream<String> files(URL directory) throws IOException, URISyntaxException {
        URLConnection connection = directory.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(Object::toString)
                    .filter(name -> name.startsWith(DIRECTORY.substring(1)));
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
            files.map(Path::toString).forEach(names::add);
        }
        return names.stream();
    }

    /** The text of one. @throws UserError if no recipe has this name */
    public static String text(String name) {
        try (InputStream in =
                names().contains(name) ? ReadyRecipes.class.getResourceAsStream(DIRECTORY + name + ENDING) : null) {
            if (in == null) {
                throw new UserError("there is no recipe \"" + name + "\"" + Recipe.hint(name, names()));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first words of its comment, up to a full stop or colon: what it is for. */
    public static String summary(String name) {
        String comment = text(name)
                .lines()
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2).strip())
                .collect(Collectors.joining(" "));
        return comment.split("[.:] ", 2)[0];
    }
}
