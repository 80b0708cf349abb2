/** The ground all modules stand on: settings, database and migrations, secrets, problems, paging, the SPI of jobs. */
@NullMarked
@ApplicationModule(
        displayName = "Platform",
        allowedDependencies = {"shared"})
package io.bursar.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
