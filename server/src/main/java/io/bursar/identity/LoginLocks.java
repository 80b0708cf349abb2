package io.bursar.identity;

import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down. Attempts are counted per account and client. From the fifth that failed on the pair is locked,
 * a minute first and twice as long each time. Who the client is decides whether strangers can use that as a weapon: see
 * where locks are made.
 */
@Component
class LoginLocks {
    /** What is guessed: each has its own count. The account is the address for one, the operator's id for the other. */
    static final String PASSWORD = "password";

    static final String CODE = "code";

    private static final int FREE_FAILURES = 5;
    private static final Duration LOCK_MAX = Duration.ofDays(7);

    private final LoginLockStore store;
    private final Secrets secrets;
    private final ErrorLog errors;
    private final Clock clock;

    LoginLocks(LoginLockStore store, Secrets secrets, ErrorLog errors, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.errors = errors;
        this.clock = clock;
    }

    /** Whose guesses are counted together; digests, so that neither guessed addresses nor visitors are kept. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Lock(byte[] account, byte[] client) {}

    /** @param kind of secret that is guessed */
    Lock lock(String kind, String account, String client) {
        return new Lock(account(kind, account), secrets.digest("lock-client", client));
    }

    /** The same account at a network address, as long as the browser is not known. */
    Lock at(Lock whose, String address) {
        return new Lock(whose.account(), secrets.digest("lock-client", address));
    }

    /** To be asked before anything is judged; counts the attempt. The instant until which nothing is judged, if any. */
    Optional<Instant> refusal(Lock lock) {
        Instant now = clock.instant();
        Optional<Integer> failures = store.attempt(lock.account(), lock.client(), now, FREE_FAILURES, LOCK_MAX);
        return failures.isPresent() ? Optional.empty() : lockedUntil(lock);
    }

    /** After an attempt that failed: until when there is no further one. */
    Optional<Instant> lockedUntil(Lock lock) {
        return store.lockedUntil(lock.account(), lock.client(), clock.instant());
    }

    /** As {@link #lockedUntil}, and told to operators. */
    Optional<Instant> failed(Lock lock) {
        Optional<Instant> until = lockedUntil(lock);
        if (until.isPresent()) {
            errors.record("login_locked", "An account was locked for one client after too many failures.", null);
        }
        return until;
    }

    /** After an attempt that succeeded. */
    void forgive(Lock lock) {
        store.forgive(lock.account(), lock.client());
    }

    /** For all clients at once; answers how many were locked. */
    long forgiveAll(String kind, String account) {
        return store.forgiveAll(account(kind, account), clock.instant());
    }

    private byte[] account(String kind, String account) {
        return secrets.digest("lock-account/" + kind, account);
    }
}
