package io.bursar.audit;

import io.bursar.platform.PersonalData;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets a person: whatever the modules hold under their e-mail address, and every reason in the audit log that names
 * them. What was done stays, under ids that lead to nobody any more.
 */
@Component
public class People {
    /** Shorter names are parts of too many words. */
    private static final int NAME_LENGTH_MIN = 5;

    private static final int EMAIL_LENGTH_MIN = 5;

    private final ObjectProvider<PersonalData> modules;
    private final AuditStore store;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    People(
            ObjectProvider<PersonalData> modules,
            AuditStore store,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.modules = modules;
        this.store = store;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param reasons of the audit log that name the person */
    public record Known(List<PersonalData.Held> held, List<String> reasons) {
        public Known {
            held = List.copyOf(held);
            reasons = List.copyOf(reasons);
        }

        public boolean nothing() {
            return held.isEmpty() && reasons.isEmpty();
        }

        public Optional<String> obstacle() {
            return held.stream()
                    .map(PersonalData.Held::obstacle)
                    .filter(obstacle -> !obstacle.isEmpty())
                    .findFirst();
        }

        /** Without the person: this is what logs would show. */
        @Override
        public String toString() {
            return "Known[masked]";
        }
    }

    /** What is known of whoever has this address. */
    public Known known(String email) {
        String address = address(email);
        List<PersonalData.Held> held =
                modules.stream().flatMap(each -> each.of(address).stream()).toList();
        return new Known(held, store.reasonsNaming(terms(address, held)));
    }

    /** Forgets all of it, once nothing stands in the way. What was known is answered, obstacles included. */
    public Known forget(String email, Actor by, String reason) {
        String address = address(email);
        return transaction.execute(status -> {
            Known known = known(address);
            if (known.nothing() || known.obstacle().isPresent()) {
                return known;
            }
            modules.forEach(each -> each.erase(address));
            int reasons = store.forgetReasonsNaming(terms(address, known.held()), clock.instant());
            List<String> subjects = new ArrayList<>(known.held().stream()
                    .map(PersonalData.Held::subject)
                    .distinct()
                    .toList());
            if (subjects.isEmpty()) {
                subjects.add("audit/reasons");
            }
            subjects.forEach(subject ->
                    audit.record(by, "person.forgotten", subject, Map.of(), Map.of("reasons", reasons), reason));
            return known;
        });
    }

    private static List<String> terms(String address, List<PersonalData.Held> held) {
        List<String> terms = new ArrayList<>(List.of(address));
        held.stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .filter(name -> name.length() >= NAME_LENGTH_MIN)
                .forEach(terms::add);
        return terms;
    }

    private static String address(String email) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        Check.argument(
                address.length() >= EMAIL_LENGTH_MIN && address.contains("@"), "email: not an address (expected: one)");
        return address;
    }
}
