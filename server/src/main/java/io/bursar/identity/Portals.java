package io.bursar.identity;

import io.bursar.shared.Check;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The portals there are, by name. */
@Component
class Portals {
    private final ObjectProvider<Portal> portals;

    Portals(ObjectProvider<Portal> portals) {
        this.portals = portals;
    }

    Portal named(String name) {
        List<Portal> found =
                portals.stream().filter(each -> each.name().equals(name)).toList();
        Check.that(found.size() == 1, "portals named %s: %s (expected: 1)", name, found.size());
        return found.getFirst();
    }
}
