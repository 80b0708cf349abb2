/** Keeps the platform itself in order: keeps all of its data as a file, and brings it back. */
@NullMarked
@ApplicationModule(
        displayName = "Upkeep",
        allowedDependencies = {"shared", "platform", "audit", "mail", "errorlog", "jobs", "identity", "consolespi"})
package io.bursar.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
