package org.thurstone.recipe;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The default of a record component, written as in a recipe: {@code @Default("0.1") double beta}, {@code @Default("[0.9, 0.999]") List<Double>
 * betas}, {@code @Default("{name: dpo, beta: 0.2}") Loss loss}. An {@code Optional} needs none: it is empty; nor does a record, whose own defaults
 * serve.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
    String value();
}
