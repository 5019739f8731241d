package org.thurstone.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** All classes of the project but its tests, read once for all test classes that look at them. */
final class House {

    /** What is on the class path, and the examples, which the command does not see. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importLocations(locations());

    /** What is on the class path. */
    static final JavaClasses INSTALLED =
            CLASSES.that(not(JavaClass.Predicates.resideInAPackage("org.thurstone.examples..")));

    private House() {}

    private static Set<Location> locations() {
        Set<Location> locations = new HashSet<>(Locations.ofPackage("org.thurstone"));
        locations.add(Location.of(Path.of(System.getProperty("thurstone.root", ".."), "examples/target/classes")));
        return locations;
    }
}
