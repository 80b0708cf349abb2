package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.shared.Actor;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The people who use the console. */
@Component
public class Operators {
    private static final int NAME_LENGTH_MAX = 1024;
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\".]+");

    private final OperatorStore store;
    private final SessionStore sessions;
    private final LoginLocks locks;
    private final Passwords passwords;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Operators(
            OperatorStore store,
            SessionStore sessions,
            LoginLocks locks,
            Passwords passwords,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.locks = locks;
        this.passwords = passwords;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    public List<OperatorView> list() {
        return store.list();
    }

    public Optional<OperatorView> find(String email) {
        return store.byEmail(address(email)).map(OperatorRow::view);
    }

    boolean none() {
        return store.none();
    }

    public OperatorCreation add(String email, String name, Role role, String password, Actor actor) {
        return add(email, name, role, password, actor, null);
    }

    public OperatorCreation add(
            String email, String name, Role role, String password, Actor actor, @Nullable String reason) {
        String address = address(email);
        String called = name.strip();
        if (address.length() > EMAIL_LENGTH_MAX || !EMAIL.matcher(address).matches()) {
            return new OperatorCreation.Refused("email", "This is not an e-mail address.");
        }
        if (called.isEmpty() || called.length() > NAME_LENGTH_MAX) {
            return new OperatorCreation.Refused("name", "The name must have 1 to " + NAME_LENGTH_MAX + " characters.");
        }
        Optional<String> weak = passwords.refusal(password);
        if (weak.isPresent()) {
            return new OperatorCreation.Refused("password", weak.get());
        }
        OperatorView operator =
                new OperatorView(UuidV7.at(clock.instant()), address, called, role, clock.instant(), null);
        String hash = passwords.hash(password);
        return transaction.execute(status -> insert(operator, hash, actor, reason));
    }

    /** Ends every session of theirs as well. Somebody who can let others in always stays. */
    public OperatorDisabling disable(UUID operator, Principal.Operator by) {
        if (operator.equals(by.operatorId())) {
            return OperatorDisabling.ONESELF;
        }
        return transaction.execute(status -> {
            if (store.lockEnabledAdmins().equals(List.of(operator))) {
                return OperatorDisabling.LAST_ADMIN;
            }
            if (!store.disable(operator, clock.instant())) {
                return OperatorDisabling.NOT_ENABLED;
            }
            sessions.deleteOf(operator);
            audit.record(
                    by.actor(),
                    "operator.disabled",
                    "operator/" + operator,
                    Map.of("enabled", true),
                    Map.of("enabled", false),
                    null);
            return OperatorDisabling.DISABLED;
        });
    }

    /** Lets an operator try again from everywhere. Answers from how many clients they were locked out. */
    public long unlock(OperatorView operator, Actor by, String reason) {
        return transaction.execute(status -> {
            long locked = locks.forgiveAll(LoginLocks.PASSWORD, operator.email())
                    + locks.forgiveAll(LoginLocks.CODE, operator.id().toString());
            audit.record(
                    by,
                    "operator.unlocked",
                    "operator/" + operator.id(),
                    Map.of("locked_clients", locked),
                    Map.of("locked_clients", 0),
                    reason);
            return locked;
        });
    }

    private OperatorCreation insert(OperatorView operator, String hash, Actor actor, @Nullable String reason) {
        if (!store.insert(operator, hash)) {
            return new OperatorCreation.Refused("email", "There is an operator with this address already.");
        }
        audit.record(
                actor,
                "operator.added",
                "operator/" + operator.id(),
                Map.of(),
                Map.of("role", operator.role().name()),
                reason);
        return new OperatorCreation.Created(operator);
    }

    private static String address(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
