package org.thurstone.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Imports point down only, and what must stay apart stays apart. */
class ArchitectureTest {

    /** The modules that each module may depend on. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            entry("statistics", Set.of()),
            entry("recipe", Set.of()),
            entry("data", Set.of("recipe")),
            entry("parquet", Set.of("data")),
            entry("report", Set.of("statistics", "data")),
            entry("elicit", Set.of("recipe", "data")),
            entry("rank", Set.of("statistics", "recipe", "data", "report", "elicit")),
            entry("tensor", Set.of("data")),
            entry("model", Set.of("statistics", "recipe", "data", "tensor")),
            entry("feedback", Set.of("statistics", "recipe", "data", "elicit", "rank")),
            entry("train", Set.of("statistics", "recipe", "data", "report", "tensor", "model")),
            entry("endpoint", Set.of("recipe", "data", "elicit", "model")),
            entry("loop", Set.of("statistics", "recipe", "data", "report", "elicit", "rank", "feedback")),
            entry(
                    "worlds",
                    Set.of(
                            "statistics",
                            "recipe",
                            "data",
                            "report",
                            "elicit",
                            "rank",
                            "tensor",
                            "model",
                            "feedback",
                            "endpoint",
                            "train",
                            "loop")),
            entry("serve", Set.of("data", "tensor", "model")),
            entry(
                    "lab",
                    Set.of(
                            "statistics",
                            "recipe",
                            "data",
                            "report",
                            "elicit",
                            "rank",
                            "tensor",
                            "model",
                            "feedback",
                            "endpoint",
                            "train",
                            "loop",
                            "worlds")),
            entry(
                    "examples",
                    Set.of(
                            "statistics",
                            "recipe",
                            "data",
                            "report",
                            "elicit",
                            "rank",
                            "tensor",
                            "model",
                            "train",
                            "feedback",
                            "endpoint",
                            "loop",
                            "worlds")),
            entry(
                    "cli",
                    Set.of(
                            "statistics",
                            "recipe",
                            "data",
                            "report",
                            "elicit",
                            "rank",
                            "model",
                            "feedback",
                            "endpoint",
                            "loop",
                            "worlds",
                            "serve",
                            "lab")));

    @SuppressWarnings("unused") // the source of a parameter
    private static final Set<String> MODULES = MAY_SEE.keySet();

    private static final Set<String> SAYS_NOTHING =
            Set.of("util", "utils", "common", "impl", "manager", "managers", "helper", "helpers", "misc");

    @Test
    void everyClassBelongsToAModule() {
        Set<String> found = House.CLASSES.stream().map(ArchitectureTest::module).collect(Collectors.toSet());
        assertThat(found).isEqualTo(MAY_SEE.keySet());
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void importsPointDownOnly(String module) {
        String[] forbidden = MAY_SEE.keySet().stream()
                .filter(other -> !other.equals(module) && !MAY_SEE.get(module).contains(other))
                .map(other -> "org.thurstone." + other + "..")
                .toArray(String[]::new);
        if (forbidden.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage("org.thurstone." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .check(House.CLASSES);
        }
    }

    /** Methods of {@link java.nio.file.Files} that change something; {@code FileChannel.open} may. */
    private static final Set<String> CHANGING = Set.of(
            "write",
            "writeString",
            "newOutputStream",
            "newBufferedWriter",
            "newByteChannel",
            "copy",
            "move",
            "createFile",
            "createLink",
            "createTempFile",
            "open");

    /** Files that no command keeps, and files of weights that are read through a channel. */
    private static final Set<String> TEMPORARY = Set.of(
            "org.thurstone.data.Disk",
            "org.thurstone.cli.Pipe",
            "org.thurstone.tensor.SafeTensors",
            "org.thurstone.tensor.gguf.GgufFile");

    @Test
    void filesAreWrittenThroughOneClass() {
        noClasses()
                .that(new DescribedPredicate<>("do not belong to the disk") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !TEMPORARY.contains(type.getName());
                    }
                })
                .should()
                .callMethodWhere(new DescribedPredicate<>("the file system is changed") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        String owner = call.getTargetOwner().getName();
                        return (owner.equals("java.nio.file.Files") || owner.equals("java.nio.channels.FileChannel"))
                                && CHANGING.contains(call.getName())
                                && !(owner.endsWith("FileChannel")
                                        && call.getName().equals("write"));
                    }
                })
                .check(House.CLASSES);
    }

    /** Methods of {@link java.nio.file.Files} that open a file to read it. */
    private static final Set<String> READING =
            Set.of("newInputStream", "newBufferedReader", "readAllBytes", "readString", "readAllLines", "lines");

    /**
     * Code that reads files that Thurstone itself has written or that the system has, and the reader of recipes, which says the same of pipes in its
     * own way.
     */
    private static final Set<String> OWN_FILES = Set.of(
            "org.thurstone.data.InputFile",
            "org.thurstone.data.AtomicFile",
            "org.thurstone.data.Manifest",
            "org.thurstone.recipe.Recipe",
            "org.thurstone.elicit.ledger.LedgerFile",
            "org.thurstone.feedback.reward.CachedEmbedder",
            "org.thurstone.loop.metrics.MetricsLog",
            "org.thurstone.loop.run.RunDirectory",
            "org.thurstone.model.diagnosis.MemoryAndDisks",
            "org.thurstone.tensor.Memory",
            "org.thurstone.tensor.Processor",
            "org.thurstone.worlds.language.RunCheck");

    @Test
    void filesThatUsersNameAreOpenedThroughOneClass() {
        noClasses()
                .that(new DescribedPredicate<>("read files of users") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !type.getPackageName().startsWith("org.thurstone.lab")
                                && OWN_FILES.stream()
                                        .noneMatch(own -> type.getName().equals(own)
                                                || type.getName().startsWith(own + "$"));
                    }
                })
                .should()
                .callMethodWhere(new DescribedPredicate<>("a file is opened that may be a pipe") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().getName().equals("java.nio.file.Files")
                                && READING.contains(call.getName());
                    }
                })
                .check(House.CLASSES);
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void packagesOfAModuleFormNoCircle(String module) {
        noCircles(module).check(House.CLASSES);
    }

    /** Each package is a slice of its own: parent and child are two packages. */
    private static ArchRule noCircles(String module) {
        SliceAssignment packages = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass c) {
                return module(c).equals(module) ? SliceIdentifier.of(c.getPackageName()) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + module;
            }
        };
        return slices().assignedFrom(packages).should().beFreeOfCycles();
    }

    @Test
    void onlyTensorNamesLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.thurstone.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(House.CLASSES);
    }

    @Test
    void packagesAreNamedForTheDomain() {
        assertThat(House.CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .noneMatch(name -> Arrays.stream(name.split("\\.")).anyMatch(SAYS_NOTHING::contains));
    }

    @Test
    void everyPackageHasADescription() {
        Set<String> told = House.CLASSES.stream()
                .filter(c -> c.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(House.CLASSES.stream().map(JavaClass::getPackageName)).allMatch(told::contains);
    }

    private static String module(JavaClass c) {
        String[] parts = c.getPackageName().split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }
}
