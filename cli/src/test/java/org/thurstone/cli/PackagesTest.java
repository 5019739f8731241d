package org.thurstone.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Which packages are for users is written down in {@code packages.txt}; module descriptors and imports keep to it. */
class PackagesTest {

    private static final Path ROOT = Path.of(System.getProperty("thurstone.root", ".."));
    private static final Pattern EXPORT = Pattern.compile("\\bexports ([\\w.]+);");

    private record Listed(String module, String name, boolean exported) {}

    private static final List<Listed> LISTED = read();

    private static List<Listed> read() {
        try (InputStream in = Objects.requireNonNull(PackagesTest.class.getResourceAsStream("packages.txt"))) {
            String[] module = {""};
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(line -> {
                        String[] words = line.strip().split(" ");
                        if (words.length == 1) {
                            module[0] = words[0];
                            return Stream.of();
                        }
                        return Stream.of(new Listed(module[0], words[1], words[0].equals("exported")));
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By their sources: the command does not have the examples. */
    @Test
    void everyPackageIsListed() throws IOException {
        Set<String> there = new TreeSet<>();
        for (String module : modules()) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(f -> f.endsWith("package-info.java"))
                        .map(f -> module + " "
                                + sources.relativize(f.getParent()).toString().replace('/', '.'))
                        .forEach(there::add);
            }
        }
        assertThat(LISTED.stream().map(p -> p.module + " " + p.name)).containsExactlyInAnyOrderElementsOf(there);
    }

    private static List<String> modules() throws IOException {
        Matcher module = Pattern.compile("<module>(\\w+)</module>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        return module.results()
                .map(found -> found.group(1))
                .filter(name -> Files.isDirectory(ROOT.resolve(name).resolve("src/main/java")))
                .toList();
    }

    @Test
    void aModuleDescriptorExportsWhatIsListed() throws IOException {
        int described = 0;
        for (String module : modules()) {
            Path descriptor = ROOT.resolve(module).resolve("src/main/java/module-info.java");
            if (Files.exists(descriptor)) {
                assertThat(EXPORT.matcher(Files.readString(descriptor))
                                .results()
                                .map(e -> e.group(1)))
                        .as(module)
                        .containsExactlyInAnyOrderElementsOf(LISTED.stream()
                                .filter(p -> p.module.equals(module) && p.exported)
                                .map(Listed::name)
                                .toList());
                described++;
            }
        }
        assertThat(described).isEqualTo(7);
    }

    @Test
    void noModuleUsesAnInternalPackageOfAnother() {
        for (Listed listed : LISTED) {
            if (!listed.exported) {
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.thurstone." + listed.module + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(listed.name)
                        .allowEmptyShould(true)
                        .check(House.INSTALLED);
            }
        }
    }

    /** A type that a user meets in a signature is one that a user can name. */
    @Test
    void exportedSignaturesNameNoInternalType() {
        Set<String> internal =
                LISTED.stream().filter(p -> !p.exported).map(Listed::name).collect(Collectors.toSet());
        Set<String> found = new TreeSet<>();
        for (JavaClass type : House.INSTALLED) {
            boolean open =
                    type.getModifiers().contains(JavaModifier.PUBLIC) && !internal.contains(type.getPackageName());
            if (open) {
                type.getMethods().stream()
                        .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(m -> m.getAllInvolvedRawTypes().stream())
                        .filter(t -> internal.contains(t.getPackageName()))
                        .forEach(t -> found.add(type.getName() + " names " + t.getName()));
            }
        }
        assertThat(found).isEmpty();
    }

    /** On the module path, as a program with a module descriptor of its own has them: reflection and services included. */
    @Test
    void theGroundFloorRunsAsModules() throws ReflectiveOperationException {
        Path[] path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.toString().contains("test-classes"))
                .filter(PackagesTest::named)
                .toArray(Path[]::new);
        ModuleFinder finder = ModuleFinder.of(path);
        Assumptions.assumeTrue(finder.find("org.thurstone.rank").isPresent(), "compiled without module descriptors");
        Configuration resolved = ModuleLayer.boot()
                .configuration()
                .resolveAndBind(finder, ModuleFinder.of(), Set.of("org.thurstone.rank"));
        ClassLoader loader =
                ModuleLayer.boot().defineModulesWithOneLoader(resolved, null).findLoader("org.thurstone.rank");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Class<?> ranking = loader.loadClass("org.thurstone.rank.board.Ranking");
            assertThat(ranking.getModule().getName()).isEqualTo("org.thurstone.rank");
            Object by = ranking.getMethod("by", String.class, String[].class)
                    .invoke(null, "bradley-terry", new String[] {"ties=davidson"});
            assertThat(by.toString()).contains("ties=DAVIDSON");
            assertThat(resolved.findModule("org.thurstone.parquet"))
                    .as("found as a service")
                    .isPresent();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Whether it is a module by its own descriptor, or one that ours requires; the names of others may clash. */
    private static boolean named(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll().stream()
                    .anyMatch(m -> !m.descriptor().isAutomatic()
                            || m.descriptor().name().equals("duckdb.jdbc"));
        } catch (FindException e) {
            return false;
        }
    }
}
