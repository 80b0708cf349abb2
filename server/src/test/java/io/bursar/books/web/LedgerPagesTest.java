package io.bursar.books.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.books.Books;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import java.net.http.HttpResponse;
import java.util.List;
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
    void a_book_shows_its_accounts_and_its_trial_balance() {
        assertThat(page(address())).contains("39.12 USDC", "-39.12 USDC", CHAIN.value(), WALLET.value(), "2 accounts");
        assertThat(page(address() + "?prefix=merchant/"))
                .contains(WALLET.value())
                .doesNotContain(CHAIN.value());
    }

    @Test
    void a_statement_runs_backwards_to_the_first_line() {
        String statement = page(address() + "/account?path=" + WALLET.value());
        assertThat(statement).contains("+39.12", "(39.12)", "Commit", "Pend", "2 lines");
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
