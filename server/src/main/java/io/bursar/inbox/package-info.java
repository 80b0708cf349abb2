/** Provider events in: verified, kept raw in one durable write, applied one subject at a time, replayed. */
@NullMarked
@ApplicationModule(
        displayName = "Inbox",
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
package io.bursar.inbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
