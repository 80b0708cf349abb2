package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Knows accounts by their path. A path names one account for ever, so what was found once need not be asked again. */
final class AccountIds {
    private static final int REMEMBERED_MAX = 200_000;

    private final Map<AccountKey, Known> remembered = new ConcurrentHashMap<>();

    /** What never changes of an account: its id, and the accounts that posting to it may touch as well. */
    record Known(UUID id, List<AccountPath> links, boolean ofLots) {}

    /** The accounts of those paths that exist, and all that posting to them may touch except for lots. */
    Map<AccountKey, Known> find(Connection connection, Set<AccountKey> keys) throws SQLException {
        Map<AccountKey, Known> found = new HashMap<>();
        Set<AccountKey> asked = keys;
        while (!asked.isEmpty()) {
            Map<AccountKey, Known> known = known(connection, asked);
            found.putAll(known);
            asked = linked(known);
            asked.removeAll(found.keySet());
        }
        return found;
    }

    private static Set<AccountKey> linked(Map<AccountKey, Known> accounts) {
        Set<AccountKey> linked = new HashSet<>();
        accounts.forEach((key, known) -> known.links().forEach(path -> linked.add(new AccountKey(key.book(), path))));
        return linked;
    }

    private Map<AccountKey, Known> known(Connection connection, Set<AccountKey> keys) throws SQLException {
        Map<AccountKey, Known> found = new HashMap<>();
        List<AccountKey> missing = new ArrayList<>();
        for (AccountKey key : keys) {
            Known known = remembered.get(key);
            if (known == null) {
                missing.add(key);
            } else {
                found.put(key, known);
            }
        }
        if (!missing.isEmpty()) {
            Map<AccountKey, Known> read = new SnapshotStore(connection).known(missing);
            remember(read);
            found.putAll(read);
        }
        return found;
    }

    private void remember(Map<AccountKey, Known> read) {
        if (remembered.size() + read.size() > REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.putAll(read);
    }
}
