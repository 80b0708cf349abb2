package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Knows accounts by their path. A path names one account for ever, so what was found once need not be asked again. */
final class AccountIds {
    private static final int REMEMBERED_MAX = 200_000;

    private final Map<AccountKey, UUID> remembered = new ConcurrentHashMap<>();

    /** The ids of the accounts that exist. */
    Map<AccountKey, UUID> find(Connection connection, Set<AccountKey> keys) throws SQLException {
        Map<AccountKey, UUID> found = new HashMap<>();
        Set<AccountKey> missing = new HashSet<>();
        for (AccountKey key : keys) {
            UUID id = remembered.get(key);
            if (id == null) {
                missing.add(key);
            } else {
                found.put(key, id);
            }
        }
        if (!missing.isEmpty()) {
            Map<AccountKey, UUID> asked = new SnapshotStore(connection).accountIds(missing);
            remember(asked);
            found.putAll(asked);
        }
        return found;
    }

    private void remember(Map<AccountKey, UUID> asked) {
        if (remembered.size() + asked.size() > REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.putAll(asked);
    }
}
