/** The Spring face of the ledger: books per system, posting intents and their sweeper, explorer pages. */
@NullMarked
@ApplicationModule(
        displayName = "Books",
        allowedDependencies = {
            "shared",
            "platform",
            "audit",
            "mail",
            "errorlog",
            "jobs",
            "identity",
            "consolespi",
            "ledger",
            "ledger :: proof"
        })
package io.bursar.books;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
