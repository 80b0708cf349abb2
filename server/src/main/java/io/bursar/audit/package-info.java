/** Append-only who-did-what. */
@NullMarked
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"shared", "platform"})
package io.bursar.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
