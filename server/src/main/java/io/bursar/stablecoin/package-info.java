/** Stablecoin payments: partners, merchants, payment requests, and their verification against the chain. */
@NullMarked
@ApplicationModule(
        displayName = "Stablecoin payments",
        allowedDependencies = {
            "shared",
            "platform",
            "audit",
            "mail",
            "errorlog",
            "jobs",
            "identity",
            "books",
            "outbox",
            "fx",
            "consolespi",
            "ledger"
        })
package io.bursar.stablecoin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
