/** Keeps the platform itself in order: tells how it is, deletes what is old, keeps all of it as a file. */
@NullMarked
@ApplicationModule(
        displayName = "Upkeep",
        allowedDependencies = {"shared", "platform", "audit", "mail", "errorlog", "jobs", "identity", "consolespi"})
package io.bursar.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
