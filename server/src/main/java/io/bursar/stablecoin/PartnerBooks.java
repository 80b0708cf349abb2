package io.bursar.stablecoin;

import io.bursar.books.Books;
import io.bursar.ledger.AccountOpening;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Unit;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Opens books and accounts before the change that needs them commits. The ledger opens in transactions of its own, so
 * a change that fails afterwards leaves an empty account behind, which harms nobody; the other order could leave a
 * wallet without an account.
 */
@Component
class PartnerBooks {
    private final Books books;

    PartnerBooks(Books books) {
        this.books = books;
    }

    BookId open(PartnerId partner, ChainSpec chain, Asset asset, Actor actor) {
        BookId book = books.open(BookAccounts.book(partner));
        open(book, accounts(chain, asset), actor, "partner created");
        return book;
    }

    void openMerchant(Partner partner, MerchantId merchant, Actor actor) {
        ChainSpec chain = ChainRegistry.chain(partner.chainId()).orElseThrow();
        List<AccountSpec> accounts = accounts(merchant, chain, partner.asset());
        open(partner.book(), accounts, actor, "merchant accepted the invitation");
    }

    /** An account that a reorg may take money from names where a shortfall is owed, which is opened before it. */
    static List<AccountSpec> accounts(ChainSpec chain, Asset asset) {
        Unit unit = unit(asset);
        AccountSpec owed = AccountSpec.withoutFloor(BookAccounts.unclaimedOwed(chain, asset), unit);
        return List.of(
                AccountSpec.withoutFloor(BookAccounts.chain(chain, asset), unit),
                owed,
                AccountSpec.of(BookAccounts.unclaimed(chain, asset), unit).owing(owed.path()));
    }

    static List<AccountSpec> accounts(MerchantId merchant, ChainSpec chain, Asset asset) {
        Unit unit = unit(asset);
        AccountSpec owed = AccountSpec.withoutFloor(BookAccounts.owed(merchant, chain, asset), unit);
        return List.of(
                owed,
                AccountSpec.of(BookAccounts.wallet(merchant, chain, asset), unit)
                        .owing(owed.path()));
    }

    private void open(BookId book, List<AccountSpec> accounts, Actor actor, String reason) {
        for (AccountOpening opening : books.ledger().openAccounts(book, accounts, actor.text(), reason)) {
            switch (opening) {
                case AccountOpening.Opened _, AccountOpening.AlreadyOpen _ -> {}
                case AccountOpening.Differs _, AccountOpening.Unlinkable _, AccountOpening.UnknownBook _ ->
                    Check.that(false, "account opening: %s (expected: opened)", opening);
            }
        }
    }

    private static Unit unit(Asset asset) {
        return new Unit(AssetUnits.unit(asset).code(), AssetUnits.unit(asset).scale());
    }
}
