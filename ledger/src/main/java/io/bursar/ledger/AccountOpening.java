package io.bursar.ledger;

/** The answer to opening an account. */
public sealed interface AccountOpening {
    AccountPath path();

    record Opened(AccountPath path) implements AccountOpening {}

    /** It was opened already, with this unit, policy and kind, whatever its policy is now. */
    record AlreadyOpen(AccountPath path) implements AccountOpening {}

    /** An account of that path was opened with another unit, policy or kind; nothing was changed. */
    record Differs(AccountSpec asked, AccountSpec existing) implements AccountOpening {
        @Override
        public AccountPath path() {
            return asked.path();
        }
    }

    /** It names as owed or to lapse to what is not open, of another unit, or limited; nothing was opened. */
    record Unlinkable(AccountPath path, AccountPath linked, String expected) implements AccountOpening {}

    record UnknownBook(AccountPath path, BookId book) implements AccountOpening {}
}
