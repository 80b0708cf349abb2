package io.bursar.identity;

import io.bursar.platform.Secrets;
import io.bursar.platform.Settings;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a scheduler outside proves itself with. Without the setting nobody is one. */
@Component
class CronSecret {
    static final String HEADER = "X-Cron-Secret";
    private static final int LENGTH_MIN = 24;

    private final Optional<byte[]> digest;
    private final Secrets secrets;

    CronSecret(Settings settings, Secrets secrets) {
        this.secrets = secrets;
        Optional<String> secret = settings.secret("CRON_SECRET");
        if (secret.filter(given -> given.length() < LENGTH_MIN).isPresent()) {
            settings.problem("CRON_SECRET: too short (expected: at least " + LENGTH_MIN + " random characters)");
        }
        this.digest = secret.map(this::digest);
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
