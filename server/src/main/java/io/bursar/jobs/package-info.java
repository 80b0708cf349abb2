/** Recurring work on the database, visible and runnable by hand. */
@NullMarked
@ApplicationModule(
        displayName = "Jobs",
        allowedDependencies = {"shared", "platform", "errorlog"})
package io.bursar.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
