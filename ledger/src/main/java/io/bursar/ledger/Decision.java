package io.bursar.ledger;

import java.util.List;

/**
 * What follows from a batch: an outcome for each posting in order, and what to write so that they are true: lots that
 * were opened, rows of history, and each touched account as it stands then.
 */
record Decision(
        List<Outcome> outcomes, List<AccountEvent> opened, List<TransferRow> rows, List<AccountState> touched) {}
