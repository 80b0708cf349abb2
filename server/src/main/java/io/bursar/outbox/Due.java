package io.bursar.outbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Where deliveries may be due: at endpoints that were named, or anywhere. Whoever looks takes all of it. */
final class Due {
    private final Set<UUID> endpoints = new HashSet<>();
    private boolean anywhere;

    /** Endpoints to look at. */
    record Look(boolean anywhere, Set<UUID> endpoints) {}

    synchronized void at(Collection<UUID> some) {
        endpoints.addAll(some);
        notifyAll();
    }

    synchronized void anywhere() {
        anywhere = true;
        notifyAll();
    }

    /** Puts back what was looked at without seeing all that is there. */
    synchronized void again(Look look) {
        anywhere |= look.anywhere();
        at(look.endpoints());
    }

    /** Waits until there is something to look at. */
    synchronized Look await() throws InterruptedException {
        while (!anywhere && endpoints.isEmpty()) {
            wait();
        }
        Look look = new Look(anywhere, Set.copyOf(endpoints));
        anywhere = false;
        endpoints.clear();
        return look;
    }
}
