package io.bursar.ledger;

import java.util.List;

/** What follows from a batch: an outcome for each posting in order, and what to write so that they are true. */
record Decision(List<Outcome> outcomes, List<TransferRow> rows, List<AccountState> touched) {}
