package org.thurstone.recipe;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a record in recipes, with its kind, summary and source. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Method {
    /** The name in recipes, in kebab-case; unique within its kind. */
    String name();

    /** Its kind, in the singular: {@code loss}, {@code judge}, {@code pairing}. */
    String kind();

    /** The arXiv ids of the papers that it implements or replicates: {@code 2310.12036}. */
    String[] papers() default {};

    /** The publication, to the equation: {@code arXiv:2305.18290, eq. 7}. */
    String source() default "";

    /** A summary in one line. */
    String summary() default "";

    /** The formula in plain text: {@code −log σ(β·h)}. */
    String formula() default "";

    /**
     * Whether it is what a map of parts without a name spells out, {@code {score: log-ratio, link: hinge}}; at most one of those that could
     * stand in a place.
     */
    boolean nameless() default false;
}
