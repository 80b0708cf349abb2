package io.bursar.ledger;

/**
 * The balances of a book in one unit: the sum of its accounts that stand in debit and of those that stand in credit,
 * both as positive amounts. In a ledger that has not been tampered with they are equal.
 */
public record TrialBalance(
        Unit unit, long accounts, long debitBalances, long creditBalances, long pendingDebits, long pendingCredits) {
    public boolean balanced() {
        return debitBalances == creditBalances && pendingDebits == pendingCredits;
    }
}
