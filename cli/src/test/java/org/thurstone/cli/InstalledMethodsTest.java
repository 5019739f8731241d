package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Method;

/** The indexes that the build writes contain all methods of the project. */
class InstalledMethodsTest {

    /** Tests have methods of their own, which are in no index. */
    @Test
    void everyRecordWithAMethodIsIndexed() {
        assertThat(Catalogue.installed().parts())
                .extracting(part -> part.type().getName())
                .containsExactlyInAnyOrderElementsOf(House.INSTALLED.stream()
                        .filter(type -> type.isAnnotatedWith(Method.class))
                        .map(JavaClass::getName)
                        .toList());
    }

    @Test
    void indexContainsWhatAuthorsWrote() {
        assertThat(Catalogue.installed().parts())
                .allSatisfy(part -> assertThat(part.doc()).as(part.name()).isNotBlank());
    }
}
