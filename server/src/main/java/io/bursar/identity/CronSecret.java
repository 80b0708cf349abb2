package io.bursar.identity;

import io.bursar.platform.Secrets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a scheduler outside proves itself with. Without the setting nobody is one. */
@Component
class CronSecret {
    static final String HEADER = "X-Cron-Secret";

    private final Optional<byte[]> digest;
    private final Secrets secrets;

    CronSecret(IdentitySettings settings, Secrets secrets) {
        this.secrets = secrets;
        this.digest = settings.cronSecret().map(this::digest);
    }

    /** Compares digests, and those in constant time, so that neither length nor beginning is to be measured. */
    Optional<Principal.Cron> authenticate(String given) {
        return digest.filter(expected -> MessageDigest.isEqual(expected, digest(given)))
                .map(_ -> new Principal.Cron());
    }

    private byte[] digest(String secret) {
        return secrets.signature("cron-secret", secret);
    }
}
