/** Flows that operators pause and resume, on all nodes at once. */
@NullMarked
@ApplicationModule(
        displayName = "Gates",
        allowedDependencies = {"shared", "platform", "audit", "mail", "errorlog", "jobs", "identity", "consolespi"})
package io.bursar.gates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
