package io.bursar.platform;

import io.bursar.shared.Check;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Secrets at rest, keyed digests and signatures, all under {@code ENCRYPTION_KEY}. A sealed value is AES-256-GCM, bound
 * to the place it is stored in ({@code context}, such as {@code outbox.endpoint/<id>}), so that a value copied to
 * another row does not open. It carries the id of its key, so that the key can be replaced one row at a time: what
 * {@code ENCRYPTION_KEY_PREVIOUS} sealed is opened, too, and {@link SealedValues} seals it anew.
 *
 * <p>Digests cannot be made anew, because nobody has what they were made of. So their key stays what it was: it is kept
 * in the database, a sealed value like others. Signatures are short-lived and follow the present key.
 */
public final class Secrets {
    public static final int KEY_BYTES = 32;
    private static final String DIGEST_KEY = DigestKeyStore.PLACE.context(DigestKeyStore.ROW);

    private final SecureRandom random = new SecureRandom();
    private final SealingKey present;
    private final Optional<SealingKey> previous;
    private final SecretKeySpec digestKey;
    private final SecretKeySpec signingKey;

    /** Without a database: for digests that nobody has to find again. */
    public Secrets(byte[] key) {
        this(key, Optional.empty());
    }

    Secrets(byte[] key, Optional<byte[]> previousKey) {
        this(key, previousKey.map(SealingKey::new), derived(previousKey.orElse(key), "digest"));
    }

    private Secrets(byte[] key, Optional<SealingKey> previous, byte[] digestKey) {
        Check.argument(key.length == KEY_BYTES, "key bytes: %s (expected: %s)", key.length, KEY_BYTES);
        this.present = new SealingKey(key);
        this.previous = previous;
        this.digestKey = hmac(digestKey);
        this.signingKey = hmac(derived(key, "sign"));
    }

    /** The keys that are given: the present one and, while something may still be under it, the one before. */
    static final class Keys {
        private final byte[] present;
        private final Optional<byte[]> previous;

        private Keys(byte[] present, Optional<byte[]> previous) {
            this.present = present;
            this.previous = previous;
        }

        /** What is wrong is a problem of the settings; what comes back then is not to be used. */
        static Keys from(Settings settings) {
            Optional<byte[]> present = settings.requiredKey("ENCRYPTION_KEY", KEY_BYTES);
            Optional<byte[]> previous = settings.key("ENCRYPTION_KEY_PREVIOUS", KEY_BYTES);
            if (present.isPresent() && previous.isPresent() && MessageDigest.isEqual(present.get(), previous.get())) {
                settings.problem("ENCRYPTION_KEY_PREVIOUS: the same as ENCRYPTION_KEY (expected: the one before it)");
            }
            return new Keys(present.orElseGet(() -> new byte[KEY_BYTES]), previous);
        }
    }

    /**
     * Under the keys of the settings, with the digest key that this database keeps.
     *
     * @throws InvalidSettingsException when the keys cannot be used; the database is untouched then
     * @throws StartRefusedException when the database was sealed under another key
     */
    public static Secrets of(Settings settings, DataSource database) {
        Keys keys = Keys.from(settings);
        settings.verifyRead();
        return of(keys, database);
    }

    /** @throws StartRefusedException when the database was sealed under another key */
    static Secrets of(Keys keys, DataSource database) {
        return of(keys, new DigestKeyStore(JdbcClient.create(database)));
    }

    /** The digest key of a new database comes from the key it is started with. */
    private static Secrets of(Keys keys, DigestKeyStore store) {
        Secrets sealing = new Secrets(keys.present, keys.previous);
        if (store.sealed().isEmpty()) {
            store.insertIfAbsent(sealing.seal(DIGEST_KEY, sealing.digestKey.getEncoded()));
        }
        byte[] sealed = store.sealed().orElseThrow();
        if (!sealing.opens(sealed)) {
            throw new StartRefusedException("ENCRYPTION_KEY is not the key that this database was sealed under. Start"
                    + " with the right one; to replace it, give the one before as ENCRYPTION_KEY_PREVIOUS.");
        }
        return new Secrets(keys.present, sealing.previous, sealing.open(DIGEST_KEY, sealed));
    }

    public byte[] seal(String context, byte[] plain) {
        return present.seal(randomBytes(SealingKey.nonceBytes()), context, plain);
    }

    /** @throws IllegalStateException when it was sealed under another key, for another place, or was changed */
    public byte[] open(String context, byte[] sealed) {
        Check.that(SealingKey.isSealed(sealed), "sealed value of %s: unknown format", context);
        if (previous.isPresent() && previous.get().sealed(sealed)) {
            return previous.get().open(context, sealed);
        }
        Check.that(present.sealed(sealed), "sealed value of %s: made under another ENCRYPTION_KEY", context);
        return present.open(context, sealed);
    }

    private boolean opens(byte[] sealed) {
        return present.sealed(sealed)
                || previous.filter(key -> key.sealed(sealed)).isPresent();
    }

    byte[] presentKeyId() {
        return present.id();
    }

    Optional<byte[]> previousKeyId() {
        return previous.map(SealingKey::id);
    }

    /** A keyed digest: to find something by a secret that must not be stored. The same for as long as the database. */
    public byte[] digest(String purpose, String value) {
        return mac(digestKey, purpose, value);
    }

    /** Proves that a token of ours was made under the present key. */
    public byte[] signature(String purpose, String value) {
        return mac(signingKey, purpose, value);
    }

    /** Fresh random bytes for keys, tokens and ids that must not be guessed. */
    public byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] derived(byte[] key, String purpose) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(("bursar/" + purpose + "/").getBytes(StandardCharsets.UTF_8));
            return sha.digest(key);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static byte[] mac(SecretKeySpec key, String purpose, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static SecretKeySpec hmac(byte[] key) {
        return new SecretKeySpec(key, "HmacSHA256");
    }

    @Override
    public String toString() {
        return "Secrets[masked]";
    }
}
