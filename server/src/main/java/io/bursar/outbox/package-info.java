/** Webhooks out: endpoints, signing, schedule, isolation. */
@NullMarked
@ApplicationModule(
        displayName = "Outbox",
        allowedDependencies = {
            "shared",
            "platform",
            "audit",
            "mail",
            "errorlog",
            "jobs",
            "identity",
            "consolespi",
            "ledger"
        })
package io.bursar.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
