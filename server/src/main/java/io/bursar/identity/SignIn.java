package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Secrets;
import io.bursar.platform.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in with a password. Failures are counted per account and client and lock that pair for growing times. The
 * client is the browser once the operator has signed in from it, and the network address before, so that strangers who
 * guess cannot lock an operator out of their own browser.
 */
@Component
class SignIn {
    private static final int FREE_FAILURES = 5;
    private static final Duration LOCK_MAX = Duration.ofDays(7);
    private static final int DOUBLINGS_MAX = 14;

    private final OperatorStore operators;
    private final Passwords passwords;
    private final LoginLockStore locks;
    private final Sessions sessions;
    private final Secrets secrets;
    private final Audit audit;
    private final ErrorLog errors;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SignIn(
            OperatorStore operators,
            Passwords passwords,
            LoginLockStore locks,
            Sessions sessions,
            Secrets secrets,
            Audit audit,
            ErrorLog errors,
            TransactionTemplate transaction,
            Clock clock) {
        this.operators = operators;
        this.passwords = passwords;
        this.locks = locks;
        this.sessions = sessions;
        this.secrets = secrets;
        this.audit = audit;
        this.errors = errors;
        this.transaction = transaction;
        this.clock = clock;
    }

    sealed interface Answer {
        record SignedIn(String sessionToken) implements Answer {
            @Override
            public String toString() {
                return "SignedIn[masked]";
            }
        }

        /** Unknown account, wrong password and disabled operator look the same. */
        record Refused() implements Answer {}

        record Locked(Instant until) implements Answer {}
    }

    /** Who tries: a browser the operator has signed in from is counted alone, all others by their address. */
    String countedAs(String email, String device, String address) {
        byte[] deviceDigest = secrets.digest("device", device);
        return operators
                        .byEmail(email.strip().toLowerCase(Locale.ROOT))
                        .filter(operator -> locks.known(operator.view().id(), deviceDigest))
                        .isPresent()
                ? device
                : address;
    }

    Answer attempt(String email, String password, String device, String address) {
        String account = email.strip().toLowerCase(Locale.ROOT);
        Optional<OperatorRow> operator = operators.byEmail(account).filter(OperatorRow::enabled);
        byte[] accountDigest = secrets.digest("login-account", account);
        byte[] deviceDigest = secrets.digest("device", device);
        boolean known =
                operator.isPresent() && locks.known(operator.get().view().id(), deviceDigest);
        byte[] client = known ? deviceDigest : secrets.digest("login-address", address);
        Instant now = clock.instant();
        Optional<Instant> locked = locks.lockedUntil(accountDigest, client, now);
        if (locked.isPresent()) {
            return new Answer.Locked(locked.get());
        }
        if (!passwords.match(password, operator.map(OperatorRow::passwordHash))) {
            return failed(accountDigest, client, now);
        }
        return signedIn(operator.orElseThrow().view(), accountDigest, client, deviceDigest);
    }

    private Answer failed(byte[] account, byte[] client, Instant now) {
        int failures = locks.fail(account, client, now);
        if (failures < FREE_FAILURES) {
            return new Answer.Refused();
        }
        Duration pause = Duration.ofMinutes(1L << Math.min(failures - FREE_FAILURES, DOUBLINGS_MAX));
        Instant until = Sql.time(now.plus(pause.compareTo(LOCK_MAX) > 0 ? LOCK_MAX : pause))
                .toInstant();
        locks.lock(account, client, until);
        errors.record(
                "login_locked", "An account was locked for one client after %d failures.".formatted(failures), null);
        return new Answer.Locked(until);
    }

    private Answer signedIn(OperatorView operator, byte[] account, byte[] client, byte[] device) {
        return transaction.execute(status -> {
            locks.forgive(account, client);
            locks.remember(operator.id(), device, clock.instant());
            String token = sessions.begin(operator.id());
            var principal = new Principal.Operator(operator.id(), operator.name(), operator.role());
            audit.record(
                    principal.actor(), "operator.signed_in", "operator/" + operator.id(), Map.of(), Map.of(), null);
            return new Answer.SignedIn(token);
        });
    }
}
