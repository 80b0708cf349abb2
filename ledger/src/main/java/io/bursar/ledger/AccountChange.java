package io.bursar.ledger;

/** The answer to changing an account's policy, freezes or life. */
public sealed interface AccountChange {

    /** Recorded as an event of the account; this is the account after it. */
    record Changed(Account account) implements AccountChange {}

    /** It was so already, and nothing was recorded. */
    record Unchanged(Account account) implements AccountChange {}

    record UnknownAccount(BookId book, AccountPath path) implements AccountChange {}

    /** It may not become so, for the reason that the sentence tells. */
    record Refused(Reason reason, String sentence) implements AccountChange {}

    /** Why an account may not be changed. */
    enum Reason {
        /** A closed account stays as it is. */
        ACCOUNT_CLOSED,
        /** A lot is frozen, limited and closed with the account it belongs to. */
        IS_A_LOT,
        /** The present balance and what is pending would break the policy. */
        BALANCE_OUTSIDE_POLICY,
        /** An account of lots has the floor 0, and what another account owes to has no limits. */
        POLICY_UNFIT,
        /** The account has as many freezes in that direction as it can. */
        TOO_MANY_FREEZES,
        /** A balance stands, or something is pending. */
        NOT_EMPTY,
        /** An open account names this one as owed or to lapse to. */
        STILL_NAMED
    }
}
