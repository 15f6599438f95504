package org.peal.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks integration tests, or all of a class, that run alone, after the others, of which several
 * run at a time: they need ports that are not free to choose, or as much of the machine as they can
 * get.
 */
@Tag("exclusive")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Exclusive {}
