package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Job;
import io.bursar.platform.SealedValues;
import io.bursar.shared.Actor;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings sealed values under a new ENCRYPTION_KEY, some at a time. Without a previous key there is nothing to do. */
@Component
class ResealSecrets implements Job {
    private static final int BATCHES_A_RUN = 100;

    private final SealedValues values;
    private final Audit audit;
    private final ErrorLog errors;
    private final TransactionTemplate transaction;

    ResealSecrets(SealedValues values, Audit audit, ErrorLog errors, TransactionTemplate transaction) {
        this.values = values;
        this.audit = audit;
        this.errors = errors;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return "reseal-secrets";
    }

    @Override
    public String purpose() {
        return "Seals secrets anew under ENCRYPTION_KEY while ENCRYPTION_KEY_PREVIOUS is given.";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        if (values.previousKey().isEmpty()) {
            return;
        }
        SealedValues.Resealed done = values.reseal(BATCHES_A_RUN);
        if (done.unreadable() > 0) {
            errors.record(
                    "sealed_unreadable", done.unreadable() + " sealed values do not open; the others go on.", null);
        }
        if (done.values() > 0) {
            transaction.executeWithoutResult(_ -> audit.record(
                    Actor.system(name()),
                    "secrets.resealed",
                    "encryption-key/" + values.presentKey(),
                    Map.of("key", values.previousKey().orElse("")),
                    Map.of("key", values.presentKey(), "values", done.values()),
                    null));
        }
    }
}
