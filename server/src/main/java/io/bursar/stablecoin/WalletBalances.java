package io.bursar.stablecoin;

import io.bursar.books.Books;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the ledger says a merchant's wallet holds. */
@Component
public class WalletBalances {
    private final Books books;

    WalletBalances(Books books) {
        this.books = books;
    }

    /**
     * What the ledger says.
     *
     * @param pending seen on the chain and not sure enough yet
     * @param owed taken back by a reorg when it was no longer there; the next payments repay it first
     */
    public record Balance(String account, Money settled, Money pending, Money owed) {}

    /** Empty until the merchant has accepted and its account is open. */
    public Optional<Balance> of(Partner partner, Merchant merchant) {
        ChainSpec chain = ChainRegistry.chain(partner.chainId()).orElseThrow();
        String path = BookAccounts.wallet(merchant.id(), chain, partner.asset());
        MoneyUnit unit = AssetUnits.unit(partner.asset());
        long owed = account(partner, BookAccounts.owed(merchant.id(), chain, partner.asset()))
                .map(account -> Math.negateExact(account.balance()))
                .orElse(0L);
        return account(partner, path)
                .map(account -> new Balance(
                        path,
                        new Money(account.balance(), unit),
                        new Money(account.pendingCredits(), unit),
                        new Money(owed, unit)));
    }

    private Optional<Account> account(Partner partner, String path) {
        return books.ledger().account(partner.book(), AccountPath.of(path));
    }
}
