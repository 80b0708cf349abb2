package io.bursar.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Component;

/**
 * The one record that holds all of a module's settings, typed and checked. Its constructor reads them from {@link
 * Settings} and does nothing else, so that they can be read, told and refused without starting anything.
 */
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ModuleSettings {}
