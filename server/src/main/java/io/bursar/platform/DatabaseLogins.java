package io.bursar.platform;

import java.util.Optional;

/**
 * The roles Bursar connects as: {@code owner} migrates, {@code app} serves and cannot change history, {@code triage}
 * reads. On a database of the operator's own, owner and app may be one, and then only triggers protect history.
 */
public record DatabaseLogins(DatabaseLogin owner, DatabaseLogin app, Optional<DatabaseLogin> triage) {
    public boolean historyGuardedByPrivileges() {
        return !owner.user().equals(app.user());
    }
}
