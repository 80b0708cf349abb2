package io.bursar.books.api;

import io.bursar.ledger.TrialBalance;
import io.swagger.v3.oas.annotations.media.Schema;

/** The balances of the book in one unit: those in debit and those in credit are equal. */
@Schema(name = "TrialBalance")
record TrialBalanceJson(
        @Schema(example = "USD") String unit,
        @Schema(example = "2") int scale,
        long accounts,
        long debitBalances,
        long creditBalances,
        long pendingDebits,
        long pendingCredits,
        boolean balanced) {

    static TrialBalanceJson of(TrialBalance trial) {
        return new TrialBalanceJson(
                trial.unit().code(),
                trial.unit().scale(),
                trial.accounts(),
                trial.debitBalances(),
                trial.creditBalances(),
                trial.pendingDebits(),
                trial.pendingCredits(),
                trial.balanced());
    }
}
