package org.thurstone.javac;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Class loaders of processors. Those of libraries, such as Error Prone, are kept for as long as Maven runs. Classes of this project are loaded
 * anew for each module, on top of them: the build may have changed them.
 */
final class KeptLoaders {

    private static final Path PROJECT =
            Path.of(System.getProperty("maven.multiModuleProjectDirectory", "")).toAbsolutePath();

    private final Map<List<Path>, ClassLoader> kept = new ConcurrentHashMap<>();

    /** @param parent the compiler's own loader */
    ClassLoader of(List<Path> path, ClassLoader parent) {
        List<Path> libraries = new ArrayList<>();
        List<Path> ours = new ArrayList<>();
        path.forEach(p -> (p.toAbsolutePath().startsWith(PROJECT) ? ours : libraries).add(p));
        // Not closeable, since the compiler closes what can be closed.
        ClassLoader library = kept.computeIfAbsent(libraries, l -> new ClassLoader(loader(l, parent)) {});
        return ours.isEmpty() ? library : loader(ours, library);
    }

    private static ClassLoader loader(List<Path> path, ClassLoader parent) {
        return new URLClassLoader(path.stream().map(KeptLoaders::url).toArray(URL[]::new), parent);
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no path of a processor: " + file, e);
        }
    }
}
