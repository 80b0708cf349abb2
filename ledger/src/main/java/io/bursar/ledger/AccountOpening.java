package io.bursar.ledger;

/** The answer to opening an account. */
public sealed interface AccountOpening {
    AccountPath path();

    record Opened(AccountPath path) implements AccountOpening {}

    /** It was open already, with this unit and policy. */
    record AlreadyOpen(AccountPath path) implements AccountOpening {}

    /** An account of that path is open with another unit or policy; nothing was changed. */
    record Differs(AccountSpec asked, AccountSpec existing) implements AccountOpening {
        @Override
        public AccountPath path() {
            return asked.path();
        }
    }

    record UnknownBook(AccountPath path, BookId book) implements AccountOpening {}
}
