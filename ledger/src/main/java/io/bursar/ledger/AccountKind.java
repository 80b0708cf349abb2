package io.bursar.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account is among the accounts of its book. It is fixed when the account is opened. */
public sealed interface AccountKind {
    /** Stands for itself. What a forced correction cannot take from it is taken from {@code owed}, if it names one. */
    record Single(@Nullable AccountPath owed) implements AccountKind {}

    /**
     * Holds all it has in lots: every credit opens one, and debits consume the soonest to expire first. A lot whose
     * time has come lapses to {@code lapsesTo}.
     */
    record OfLots(AccountPath lapsesTo, @Nullable AccountPath owed) implements AccountKind {}

    /** One lot of its parent: what one source gave, until it expires. Posting opens it. */
    record Lot(AccountPath parent, String source, @Nullable Instant expiresAt) implements AccountKind {
        boolean isExpiredAt(Instant instant) {
            return expiresAt != null && !expiresAt.isAfter(instant);
        }

        LotTerms terms() {
            return new LotTerms(source, expiresAt);
        }
    }

    /** An account that stands for itself and owes nothing elsewhere. */
    static AccountKind single() {
        return new Single(null);
    }

    default @Nullable AccountPath owed() {
        return switch (this) {
            case Single(AccountPath owed) -> owed;
            case OfLots(AccountPath _, AccountPath owed) -> owed;
            case Lot _ -> null;
        };
    }

    default @Nullable AccountPath lapsesTo() {
        return this instanceof OfLots(AccountPath lapsesTo, AccountPath _) ? lapsesTo : null;
    }

    default @Nullable AccountPath parent() {
        return this instanceof Lot lot ? lot.parent() : null;
    }

    /** The accounts that posting to this one may touch as well. */
    default List<AccountPath> links() {
        return switch (this) {
            case Single(AccountPath owed) -> owed == null ? List.of() : List.of(owed);
            case OfLots(AccountPath lapsesTo, AccountPath owed) ->
                owed == null ? List.of(lapsesTo) : List.of(owed, lapsesTo);
            case Lot lot -> List.of(lot.parent());
        };
    }
}
