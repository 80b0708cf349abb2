/** Exchange rates and quotes; never posts. */
@NullMarked
@ApplicationModule(
        displayName = "FX",
        allowedDependencies = {"shared", "platform", "audit", "mail", "errorlog", "jobs", "identity", "consolespi"})
package io.bursar.fx;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
