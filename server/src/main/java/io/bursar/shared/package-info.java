/** Values every floor speaks: money, actors, ids, checks. No I/O, no framework. */
@NullMarked
@ApplicationModule(
        displayName = "Shared",
        allowedDependencies = {})
package io.bursar.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
