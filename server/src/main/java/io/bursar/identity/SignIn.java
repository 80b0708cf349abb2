package io.bursar.identity;

import io.bursar.audit.Audit;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in with a password, and a code where the operator has a second factor. The client that failures are counted
 * for is the browser once the operator has signed in from it, and the network address before, so that strangers who
 * guess cannot lock an operator out of their own browser. Codes of all other browsers are counted together: only who
 * has the password gets to guess them, from however many addresses.
 */
@Component
class SignIn {
    private static final UUID NOBODY = new UUID(0, 0);

    private final OperatorStore operators;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final HalfwayTokens halfway;
    private final LoginLocks locks;
    private final Devices devices;
    private final Sessions sessions;
    private final Audit audit;
    private final TransactionTemplate transaction;

    SignIn(
            OperatorStore operators,
            Passwords passwords,
            SecondFactors secondFactors,
            HalfwayTokens halfway,
            LoginLocks locks,
            Devices devices,
            Sessions sessions,
            Audit audit,
            TransactionTemplate transaction) {
        this.operators = operators;
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.halfway = halfway;
        this.locks = locks;
        this.devices = devices;
        this.sessions = sessions;
        this.audit = audit;
        this.transaction = transaction;
    }

    sealed interface Answer {
        record SignedIn(String sessionToken) implements Answer {
            @Override
            public String toString() {
                return "SignedIn[masked]";
            }
        }

        /** The password was right. {@code token} says so on the page that asks for the code. */
        record CodeNeeded(String token) implements Answer {
            @Override
            public String toString() {
                return "CodeNeeded[masked]";
            }
        }

        /** Unknown account, wrong password and disabled operator look the same. */
        record Refused() implements Answer {}

        record Locked(Instant until) implements Answer {}

        /** The page that asked for the code was open for too long. */
        record Late() implements Answer {}
    }

    /** Who tries: a browser the operator has signed in from is counted alone, all others by their address. */
    String countedAs(String email, String device, String address) {
        UUID operator = operators
                .byEmail(email.strip().toLowerCase(Locale.ROOT))
                .map(OperatorRow::id)
                .orElse(NOBODY);
        return devices.known(operator, device) ? device : address;
    }

    /** The same for the code: whoever had the password is counted alone. */
    String countedAsHalfway(String token, String device, String address) {
        return halfway.operator(token, device).isPresent() ? device : address;
    }

    Answer attempt(String email, String password, String device, String address) {
        String account = email.strip().toLowerCase(Locale.ROOT);
        Optional<OperatorRow> operator = operators.byEmail(account).filter(OperatorRow::enabled);
        // Asked for nobody as well, so that an unknown account takes as many steps as a known one.
        boolean known = devices.known(operator.map(OperatorRow::id).orElse(NOBODY), device);
        LoginLocks.Lock lock = locks.lock(LoginLocks.PASSWORD, account, known ? device : address);
        Optional<Instant> locked = locks.refusal(lock);
        if (locked.isPresent()) {
            return new Answer.Locked(locked.get());
        }
        if (!passwords.match(password, operator.map(OperatorRow::passwordHash))) {
            return refused(lock);
        }
        OperatorView found = operator.orElseThrow().view();
        if (secondFactors.has(found.id())) {
            locks.forgive(lock);
            return new Answer.CodeNeeded(halfway.issue(found.id(), device));
        }
        return signedIn(found, lock, device);
    }

    Answer code(String token, String code, String device) {
        Optional<OperatorRow> operator = halfway.operator(token, device)
                .flatMap(operators::byId)
                .filter(OperatorRow::enabled)
                .filter(found -> secondFactors.has(found.id()));
        if (operator.isEmpty()) {
            return new Answer.Late();
        }
        OperatorView found = operator.get().view();
        LoginLocks.Lock lock = codeLock(found.id(), device);
        Optional<Instant> locked = locks.refusal(lock);
        if (locked.isPresent()) {
            return new Answer.Locked(locked.get());
        }
        return secondFactors.use(found.id(), code) ? signedIn(found, lock, device) : refused(lock);
    }

    /** Shared with whoever asks signed-in operators again. */
    LoginLocks.Lock codeLock(UUID operator, String device) {
        return locks.lock(LoginLocks.CODE, operator.toString(), devices.known(operator, device) ? device : "any other");
    }

    private Answer refused(LoginLocks.Lock lock) {
        Optional<Instant> until = locks.failed(lock);
        return until.isPresent() ? new Answer.Locked(until.get()) : new Answer.Refused();
    }

    private Answer signedIn(OperatorView operator, LoginLocks.Lock lock, String device) {
        return transaction.execute(status -> {
            locks.forgive(lock);
            devices.remember(operator.id(), device);
            String token = sessions.begin(operator.id());
            var principal = new Principal.Operator(operator.id(), operator.name(), operator.role());
            audit.record(
                    principal.actor(), "operator.signed_in", "operator/" + operator.id(), Map.of(), Map.of(), null);
            return new Answer.SignedIn(token);
        });
    }
}
