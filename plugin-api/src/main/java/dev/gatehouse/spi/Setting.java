package dev.gatehouse.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a settings record.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** The default of a setting that has none: the operator must give it. */
    String REQUIRED = "\u0000required";

    /**
     * What the setting does, in one sentence for the operator.
     *
     * @return the text of the generated documentation
     */
    String about();

    /**
     * The value when the operator gives none, as it would stand in the config. An {@link java.util.Optional} component
     * without a default is empty, a {@link java.util.List} without one has no items.
     *
     * @return the default as text
     */
    String fallback() default REQUIRED;
}
