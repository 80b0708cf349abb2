/** Principals, operators, sessions, API keys, CSRF, rate limits. */
@NullMarked
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"shared", "platform", "audit", "mail", "errorlog", "jobs"})
package io.bursar.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
