/** Queued mail: invites, codes, notices. */
@NullMarked
@ApplicationModule(
        displayName = "Mail",
        allowedDependencies = {"shared", "platform"})
package io.bursar.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
