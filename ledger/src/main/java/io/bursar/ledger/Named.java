package io.bursar.ledger;

import io.bursar.ledger.AccountIds.Known;
import java.util.Map;

/** What a batch names and what can be known without a lock, because it never changes. */
record Named(Map<LegKey, EarlierLeg> earlier, Map<AccountKey, Known> accounts) {}
