/** Coded errors, grouped. */
@NullMarked
@ApplicationModule(
        displayName = "Error log",
        allowedDependencies = {"shared", "platform"})
package io.bursar.errorlog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
