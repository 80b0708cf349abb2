package io.bursar.books.api;

import io.bursar.ledger.Account;
import io.bursar.ledger.Account.Direction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account as it stands; amounts in minor units. */
@Schema(name = "LedgerAccount")
record AccountJson(
        @Schema(example = "customer/7/wallet") String path,
        @Schema(example = "USD") String unit,
        @Schema(example = "2") int scale,

        @Schema(description = "Posted: credits less debits.")
        long balance,

        @Schema(description = "Held to be debited.") long pendingDebits,
        @Schema(description = "Held to be credited.") long pendingCredits,

        @Schema(description = "Balance less pending debits.")
        long available,

        @Schema(description = "The least that may be available; null for none.", nullable = true) @Nullable
        Long floor,

        @Schema(description = "The most it may hold; null for no limit.", nullable = true) @Nullable
        Long ceiling,

        boolean debitsFrozen,
        boolean creditsFrozen,
        boolean closed,
        long sequence,
        Instant openedAt,
        Instant lastAt) {

    static AccountJson of(Account account) {
        return new AccountJson(
                account.path().value(),
                account.unit().code(),
                account.unit().scale(),
                account.balance(),
                account.pendingDebits(),
                account.pendingCredits(),
                account.available(),
                account.floor(),
                account.ceiling(),
                frozen(account, Direction.DEBITS),
                frozen(account, Direction.CREDITS),
                account.closed(),
                account.sequence(),
                account.openedAt(),
                account.lastAt());
    }

    private static boolean frozen(Account account, Direction direction) {
        return account.freezes().stream().anyMatch(freeze -> freeze.direction() == direction);
    }
}
