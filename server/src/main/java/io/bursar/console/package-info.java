/** The shell of the operator console: layout, navigation, search, overview. */
@NullMarked
@ApplicationModule(
        displayName = "Console",
        allowedDependencies = {
            "shared",
            "platform",
            "audit",
            "mail",
            "errorlog",
            "jobs",
            "identity",
            "books",
            "gates",
            "outbox",
            "fx",
            "consolespi"
        })
package io.bursar.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
