package io.bursar.identity;

import io.bursar.platform.Secrets;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The browsers somebody has signed in from. Failures elsewhere never lock these out. */
@Component
class Devices {
    private final LoginLockStore store;
    private final Secrets secrets;
    private final Clock clock;

    Devices(LoginLockStore store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    boolean known(UUID holder, String device) {
        return store.known(holder, digest(device));
    }

    void remember(UUID holder, String device) {
        store.remember(holder, digest(device), clock.instant());
    }

    private byte[] digest(String device) {
        return secrets.digest("device", device);
    }
}
