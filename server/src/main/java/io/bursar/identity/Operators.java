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
    private final Passwords passwords;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Operators(
            OperatorStore store,
            SessionStore sessions,
            Passwords passwords,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.passwords = passwords;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    public List<OperatorView> list() {
        return store.list();
    }

    boolean none() {
        return store.none();
    }

    public OperatorCreation add(String email, String name, Role role, String password, Actor actor) {
        String address = email.strip().toLowerCase(Locale.ROOT);
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
        return transaction.execute(status -> insert(operator, hash, actor));
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

    private OperatorCreation insert(OperatorView operator, String hash, Actor actor) {
        if (!store.insert(operator, hash)) {
            return new OperatorCreation.Refused("email", "There is an operator with this address already.");
        }
        audit.record(
                actor,
                "operator.added",
                "operator/" + operator.id(),
                Map.of(),
                Map.of("role", operator.role().name()),
                null);
        return new OperatorCreation.Created(operator);
    }
}
