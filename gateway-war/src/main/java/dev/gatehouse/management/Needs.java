package dev.gatehouse.management;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.gatehouse.device.KeyScope;

/**
 * What an API key must be good for to make a call. Without it, reading needs {@link KeyScope#READ} and everything else {@link
 * KeyScope#ADMIN}: whoever forgets it locks out too many rather than too few.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {

    /** The least that is enough. */
    KeyScope value();
}
