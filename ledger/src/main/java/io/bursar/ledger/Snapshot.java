package io.bursar.ledger;

import java.time.LocalDate;
import java.util.Map;

/**
 * All that a batch is decided on, read under the locks of its accounts. What is absent from a map does not exist; a
 * book without a closed period is absent from the last.
 */
record Snapshot(
        Map<AccountKey, AccountState> accounts,
        Map<LegKey, EarlierLeg> earlier,
        Map<ReferenceKey, Recorded> recorded,
        Map<BookId, LocalDate> closedThrough) {}
