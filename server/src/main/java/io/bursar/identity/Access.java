package io.bursar.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares who may call a route: on a handler method, or on its controller for all of them. A route without it is
 * refused at run time and fails the build. Handler parameters of a {@link Principal} type receive the caller.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Access {
    Class<? extends Principal> value();

    /** The least role, for {@link Principal.Operator} routes. */
    Role role() default Role.VIEWER;

    /** What a key must include, for {@link Principal.LedgerKey} routes. */
    Scope[] scopes() default {};

    /** Whether an operator must have proved lately who they are: for what moves money or lets somebody in. */
    boolean stepUp() default false;
}
