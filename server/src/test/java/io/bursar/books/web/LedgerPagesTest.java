package io.bursar.books.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.books.Books;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.LotTerms;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every figure of the ledger can be followed to the rows it is made of. */
class LedgerPagesTest {
    private static final Unit USDC = new Unit("USDC", 6);
    private static final AccountPath CHAIN = AccountPath.of("chain/base-usdc");
    private static final AccountPath WALLET = AccountPath.of("merchant/42/wallet/base-usdc");

    private final TestBursar bursar = TestBursar.shared();
    private final Browser browser = bursar.admin();
    private final Ledger ledger = bursar.bean(Books.class).ledger();
    private final String name = "pages/" + UUID.randomUUID();
    private BookId book = new BookId(new UUID(0, 0));

    @BeforeEach
    void post() {
        book = bursar.bean(Books.class).open(name);
        ledger.openAccounts(
                book,
                List.of(AccountSpec.withoutFloor(CHAIN.value(), USDC), AccountSpec.of(WALLET.value(), USDC)),
                "system/test",
                "test");
        ledger.submit(posting("seen", new Leg.Pend(CHAIN, WALLET, 39_120_000, USDC)));
        ledger.submit(posting("final", new Leg.Commit(new Reference(name + "/seen"), 0)));
    }

    @Test
    void the_list_of_books_says_that_each_balances() {
        assertThat(page("/console/ledger?name=" + name)).contains(name, "Balances", "1 book", "USDC");
        assertThat(page("/console/ledger?name=no-such-book")).contains("No book is called that");
        assertThat(page("/console")).contains("All books balance");
    }

    @Test
    void a_book_says_whether_it_was_verified_and_that_seals_are_not_set_up() {
        assertThat(page(address())).contains("Not verified yet", "LEDGER_MANIFEST_DIR");
        bursar.run("verify-books");
        assertThat(page(address())).contains("Sound", "2 transfers");
        assertThat(page("/console/ledger?name=" + name)).contains("Sound");
    }

    @Test
    void a_book_shows_its_accounts_and_its_trial_balance() {
        assertThat(page(address())).contains("39.12 USDC", "-39.12 USDC", CHAIN.value(), WALLET.value(), "2 accounts");
        assertThat(page(address() + "?prefix=merchant/"))
                .contains(WALLET.value())
                .doesNotContain(CHAIN.value());
    }

    @Test
    void a_statement_runs_backwards_to_the_first_line() {
        String statement = page(address() + "/account?path=" + WALLET.value());
        assertThat(statement).contains("+39.12", "(39.12)", "Commit", "Pend", "newest first");
        assertThat(statement.indexOf("Commit")).isLessThan(statement.indexOf("Pend<"));
    }

    @Test
    void a_long_statement_continues_on_the_next_page() {
        for (int line = 0; line < 60; line++) {
            ledger.submit(posting("many/" + line, new Leg.Move(CHAIN, WALLET, 1_000_000, USDC)));
        }
        String first = page(address() + "/account?path=" + WALLET.value());
        String next = first.replaceAll("(?s).*class=\"more\".*?href=\"([^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        assertThat(first).contains(">62<").doesNotContain(">12<");
        assertThat(page(next)).contains(">12<", ">1<").doesNotContain(">62<");
        assertThat(page(address() + "/transfers")).contains("class=\"more\"");
    }

    @Test
    void a_transfer_shows_both_sides_and_its_evidence_and_is_found_by_its_reference() {
        HttpResponse<String> found = browser.get("/console/search?q=" + name + "/final");
        assertThat(found.statusCode()).isEqualTo(302);
        String transfer = page(found.headers().firstValue("Location").orElseThrow());
        assertThat(transfer).contains("Commit of 39.12 USDC", "Settles", "trf_", name + "/final", WALLET.value());
        String id = BookText.of(
                ledger.posting(book, new Reference(name + "/final")).getFirst().id());
        assertThat(browser.get("/console/search?q=" + id).statusCode()).isEqualTo(302);
    }

    @Test
    void what_does_not_exist_is_not_found_whatever_the_address_says() {
        for (String path : List.of(
                "/console/ledger/nonsense",
                "/console/ledger/" + BookText.of(new BookId(UUID.randomUUID())),
                address() + "/account?path=nobody",
                address() + "/account?path=%00",
                address() + "/account?path=" + WALLET.value() + "&cursor=nonsense",
                address() + "/account?path=" + WALLET.value() + "&cursor=%2B999999999-01-01T00:00:00Z_1",
                address() + "?prefix=%00",
                address() + "/transfers?cursor=nonsense",
                address() + "/transfers/trf_nonsense")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void an_operator_freezes_the_debits_of_an_account_with_a_reason_and_unfreezes_what_he_froze() {
        String account = address() + "/account?path=" + WALLET.value();
        ledger.freeze(book, WALLET, Set.of(Account.Direction.DEBITS), "system/risk", "too many refunds");
        assertThat(page(account)).contains("too many refunds", "system/risk").doesNotContain("Unfreeze debits");
        freeze("freeze", "a court order");
        assertThat(page(account)).contains("a court order", "Frozen", "Unfreeze debits");
        freeze("unfreeze", "the order was lifted");
        assertThat(ledger.account(book, WALLET).orElseThrow().freezes())
                .extracting(Account.Freeze::actor)
                .containsExactly("system/risk");
        assertThat(page(account)).contains("the order was lifted", "Unfrozen").doesNotContain("Unfreeze debits");
        assertThat(page("/console/audit")).contains("account.debits_frozen", "account.debits_unfrozen");
        assertThat(post("freeze", " ").statusCode()).isEqualTo(422);
    }

    @Test
    void an_account_of_lots_shows_its_lots_and_what_it_owes() {
        AccountPath points = AccountPath.of("consumer/7/points");
        AccountPath owed = AccountPath.of("consumer/7/owed");
        ledger.openAccounts(
                book,
                List.of(
                        AccountSpec.withoutFloor("expired", USDC),
                        AccountSpec.withoutFloor(owed.value(), USDC),
                        AccountSpec.ofLots(points.value(), USDC, "expired").owing(owed)),
                "system/test",
                "test");
        LotTerms terms = new LotTerms("sale/17", Instant.parse("2031-05-06T00:00:00Z"));
        ledger.submit(posting("earned", new Leg.Grant(CHAIN, points, 5_000_000, USDC, terms)));
        assertThat(page(address() + "/account?path=" + points))
                .contains("sale/17", "6 May 2031", "5.00", "Owes through", owed.value(), "Lapses to", "+5.00");
        assertThat(page(address())).contains(points.value()).doesNotContain("/lot/");
    }

    @Test
    void a_book_shows_its_closed_periods_and_a_closed_account_that_it_is_closed() {
        assertThat(page(address())).doesNotContain("Closed periods");
        ledger.closePeriod(book, LocalDate.parse("2020-12-31"), "operator/ann", "year end");
        assertThat(page(address())).contains("Closed periods", "2020-12-31", "year end");
        AccountPath old = AccountPath.of("old");
        ledger.openAccount(book, AccountSpec.of(old.value(), USDC), "system/test", "test");
        ledger.closeAccount(book, old, "operator/ann", "nobody uses it");
        assertThat(page(address() + "/account?path=old"))
                .contains("Closed", "nobody uses it")
                .doesNotContain("Freeze debits");
    }

    private void freeze(String act, String reason) {
        assertThat(post(act, reason).statusCode()).isIn(302, 303);
    }

    private HttpResponse<String> post(String act, String reason) {
        String page = address() + "/account?path=" + WALLET.value();
        Map<String, String> fields = Map.of("path", WALLET.value(), "reason", reason);
        return browser.submit(page, address() + "/account/" + act, fields);
    }

    @Test
    void a_stranger_sees_no_ledger() {
        assertThat(bursar.browser().get(address()).statusCode()).isIn(302, 303);
    }

    private Posting posting(String step, Leg leg) {
        return Posting.of(book, name + "/" + step, "system/test", "", leg);
    }

    private String address() {
        return "/console/ledger/" + BookText.of(book);
    }

    private String page(String path) {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
