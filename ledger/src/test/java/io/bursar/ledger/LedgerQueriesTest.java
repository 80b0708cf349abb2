package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.move;
import static io.bursar.ledger.LedgerFixture.pend;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LedgerQueriesTest {
    private final LedgerFixture books = new LedgerFixture();

    @Test
    void a_statement_reads_newest_first_with_a_running_balance_and_pages_without_gaps() {
        AccountPath wallet = books.wallet("wallet");
        for (int day = 1; day <= 7; day++) {
            books.submit("in/" + day, books.deposit(wallet, 100), books.deposit(wallet, 10));
            books.submit("out/" + day, move(wallet, BANK, 50));
            books.clock.advance(Duration.ofHours(day % 3));
        }
        books.submit("seen", pend(BANK, wallet, 1_000));
        books.submit("final", commit("seen"));

        List<StatementLine> lines = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<StatementLine> page = books.ledger.statement(books.book, wallet, cursor, 4);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(4);
            lines.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);

        assertThat(lines).hasSize(23);
        assertThat(lines.getFirst().transfer().reference()).isEqualTo(new Reference("final"));
        long sequence = 23;
        long balance = books.balance(wallet);
        for (StatementLine line : lines) {
            assertThat(line.sequence()).isEqualTo(sequence--);
            assertThat(line.balance()).isEqualTo(balance);
            assertThat(line.counterparty()).isEqualTo(BANK);
            balance -= line.change();
        }
        assertThat(balance).isZero();
    }

    @Test
    void the_balance_at_any_past_instant_is_known() {
        AccountPath wallet = books.wallet("wallet");
        Instant opened = books.clock.instant();
        books.clock.advance(Duration.ofSeconds(10));
        books.submit("a", books.deposit(wallet, 100));
        books.submit("b", move(wallet, BANK, 30));
        Instant spent = books.clock.instant();
        books.clock.advance(Duration.ofSeconds(10));
        books.submit("c", books.deposit(wallet, 1));
        assertThat(books.ledger.balanceAt(books.book, wallet, opened)).contains(0L);
        assertThat(books.ledger.balanceAt(books.book, wallet, spent.minusNanos(1_000)))
                .contains(0L);
        assertThat(books.ledger.balanceAt(books.book, wallet, spent)).contains(70L);
        assertThat(books.ledger.balanceAt(books.book, wallet, spent.plusSeconds(9)))
                .contains(70L);
        assertThat(books.ledger.balanceAt(books.book, wallet, spent.plusSeconds(10)))
                .contains(71L);
        assertThat(books.ledger.balanceAt(books.book, BANK, spent)).contains(-70L);
        assertThat(books.ledger.balanceAt(books.book, AccountPath.of("nobody"), spent))
                .isEmpty();
    }

    @Test
    void a_trial_balance_is_struck_per_unit() {
        Unit jpy = new Unit("JPY", 0);
        AccountPath wallet = books.wallet("wallet");
        AccountPath till = books.open(AccountSpec.of("till", jpy));
        AccountPath mint = books.open(AccountSpec.withoutFloor("mint", jpy));
        books.submit("a", books.deposit(wallet, 100));
        books.submit("b", new Leg.Move(mint, till, 7, jpy));
        books.submit("c", pend(BANK, wallet, 5));
        assertThat(books.ledger.trialBalance(books.book))
                .containsExactly(new TrialBalance(jpy, 2, 7, 7, 0, 0), new TrialBalance(USD, 2, 100, 100, 5, 5))
                .allMatch(TrialBalance::balanced);
    }

    @Test
    void accounts_are_listed_by_prefix_and_page() {
        for (String path : List.of("merchant/2/wallet", "merchant/1/wallet", "merchant/10/wallet", "merchantile")) {
            books.wallet(path);
        }
        Page<Account> first = books.ledger.accounts(books.book, "merchant/", null, 2);
        Page<Account> second = books.ledger.accounts(books.book, "merchant/", first.next(), 2);
        assertThat(first.items())
                .extracting(account -> account.path().value())
                .containsExactly("merchant/1/wallet", "merchant/10/wallet");
        assertThat(second.items()).extracting(account -> account.path().value()).containsExactly("merchant/2/wallet");
        assertThat(second.next()).isNull();
    }

    @Test
    void transfers_of_a_book_are_listed_newest_first() {
        AccountPath wallet = books.wallet("wallet");
        books.submit("a", books.deposit(wallet, 1));
        books.submit("b", books.deposit(wallet, 2), books.deposit(wallet, 3));
        Page<Transfer> first = books.ledger.transfers(books.book, null, 2);
        Page<Transfer> second = books.ledger.transfers(books.book, first.next(), 2);
        assertThat(first.items()).extracting(Transfer::amount).containsExactly(3L, 2L);
        assertThat(second.items()).extracting(Transfer::amount).containsExactly(1L);
        assertThat(second.next()).isNull();
    }

    @Test
    void a_settlement_names_the_pending_transfer() {
        AccountPath wallet = books.wallet("wallet");
        books.submit("seen", pend(BANK, wallet, 5));
        books.submit("final", commit("seen"));
        Transfer seen = books.ledger.posting(books.book, new Reference("seen")).getFirst();
        Transfer settled =
                books.ledger.posting(books.book, new Reference("final")).getFirst();
        assertThat(seen.kind()).isEqualTo(Transfer.Kind.PEND);
        assertThat(settled.kind()).isEqualTo(Transfer.Kind.COMMIT);
        assertThat(settled.settles()).isEqualTo(seen.id());
        assertThat(settled.amount()).isEqualTo(5);
        assertThat(books.ledger.transfer(books.book, settled.id())).contains(settled);
        assertThat(books.ledger.transfer(books.book, new TransferId(books.book.value())))
                .isEmpty();
    }

    @Test
    void opening_again_changes_nothing_and_opening_differently_is_refused() {
        AccountSpec wallet = AccountSpec.of("wallet", USD);
        AccountSpec other = new AccountSpec(wallet.path(), USD, Policy.floor(-5));
        AccountSpec shop = AccountSpec.of("shop", USD);
        assertThat(books.ledger.openAccounts(books.book, List.of(wallet, shop), "ann", "start"))
                .containsExactly(new AccountOpening.Opened(wallet.path()), new AccountOpening.Opened(shop.path()));
        assertThat(books.ledger.openAccounts(books.book, List.of(other, shop), "ann", "start"))
                .containsExactly(
                        new AccountOpening.Differs(other, wallet), new AccountOpening.AlreadyOpen(shop.path()));
        assertThat(books.account(wallet.path()).floor()).isZero();
        BookId nowhere = new BookId(java.util.UUID.randomUUID());
        assertThat(books.ledger.openAccount(nowhere, wallet, "ann", "start"))
                .isEqualTo(new AccountOpening.UnknownBook(wallet.path(), nowhere));
    }

    @Test
    void a_book_is_found_by_its_name() {
        BookId book = books.ledger.openBook("partner/7");
        assertThat(books.ledger.openBook("partner/7")).isEqualTo(book);
        assertThat(books.ledger.books()).extracting(Book::id).contains(book, books.book);
    }
}
