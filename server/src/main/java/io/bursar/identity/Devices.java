package io.bursar.identity;

import io.bursar.platform.Secrets;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The browsers somebody has signed in from. Failures elsewhere never lock these out. */
@Component
class Devices {
    private final DeviceStore store;
    private final Secrets secrets;
    private final Clock clock;

    Devices(DeviceStore store, Secrets secrets, Clock clock) {
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

    boolean knownAtPortal(LoginLocks.Lock whose) {
        return knownAtPortal(whose.account(), whose.client());
    }

    boolean knownAtPortal(byte[] account, byte[] device) {
        return store.knownAtPortal(account, device);
    }

    void rememberAtPortal(LoginLocks.Lock whose) {
        store.rememberAtPortal(whose.account(), whose.client(), clock.instant());
    }

    private byte[] digest(String device) {
        return secrets.digest("device", device);
    }
}
