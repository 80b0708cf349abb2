package io.bursar.ledger;

import java.util.Map;

/** All that a batch is decided on, read under the locks of its accounts. What is absent from a map does not exist. */
record Snapshot(
        Map<AccountKey, AccountState> accounts, Map<HoldKey, Hold> holds, Map<ReferenceKey, Recorded> recorded) {}
