package io.bursar.outbox;

import io.bursar.platform.SealedColumn;
import io.bursar.platform.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An endpoint's secrets as stored: the present one, and the one before it while that is still honoured. */
final class SealedSecrets {
    static final SealedColumn PRESENT = new SealedColumn("outbox.endpoint", "id", "secret_sealed");

    private final UUID endpointId;
    private final byte[] present;
    private final byte @Nullable [] previous;
    private final @Nullable Instant previousUntil;

    SealedSecrets(UUID endpointId, byte[] present, byte @Nullable [] previous, @Nullable Instant previousUntil) {
        this.endpointId = endpointId;
        this.present = present;
        this.previous = previous;
        this.previousUntil = previousUntil;
    }

    /** Where a sealed secret belongs; it opens nowhere else. */
    static String context(UUID endpointId) {
        return PRESENT.context(endpointId);
    }

    /** Those that sign at that instant, the present one first. */
    List<SigningSecret> open(Secrets secrets, Instant now) {
        SigningSecret first = SigningSecret.open(secrets, context(endpointId), present);
        return previous != null && previousUntil != null && now.isBefore(previousUntil)
                ? List.of(first, SigningSecret.open(secrets, context(endpointId), previous))
                : List.of(first);
    }
}
