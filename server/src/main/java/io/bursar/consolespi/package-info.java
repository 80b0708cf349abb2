/** What a module gives the console: sections, search, parts of the overview. */
@NullMarked
@ApplicationModule(
        displayName = "Console SPI",
        allowedDependencies = {"shared", "platform", "audit", "mail", "errorlog", "jobs", "identity"})
package io.bursar.consolespi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
