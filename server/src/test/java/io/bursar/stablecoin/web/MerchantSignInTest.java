package io.bursar.stablecoin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.books.Books;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.stablecoin.Invites;
import io.bursar.stablecoin.Merchants;
import io.bursar.stablecoin.PartnerId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MerchantSignInTest {
    private static final Pattern CODE = Pattern.compile("(\\d{4} \\d{4})");
    private static final Pattern TOKEN = Pattern.compile("/invite/(\\S+)");
    private final TestBursar bursar = TestBursar.shared();
    private final String email = "m" + UUID.randomUUID() + "@shop.example";
    private final Place partner = partner();

    private record Place(UUID id, String slug) {
        String home() {
            return "/m/" + slug;
        }

        String login() {
            return "/m/" + slug + "/login";
        }
    }

    @BeforeEach
    void accept() {
        bursar.clock().forward(Duration.ofMinutes(1));
        bursar.bean(Merchants.class).invite(new PartnerId(partner.id()), "Coffee", email, Actor.system("test"));
        bursar.bean(Invites.class).accept(mailed(TOKEN, email));
    }

    @Test
    void a_code_by_mail_signs_in_for_fourteen_days() {
        Browser browser = bursar.browser();
        ask(browser, partner, email);
        HttpResponse<String> entered = enter(browser, mailed(CODE, email));

        assertThat(entered.headers().firstValue("Location")).hasValue(partner.home());
        assertThat(entered.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("bursar_session"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie).contains("Max-Age=1209600", "HttpOnly", "SameSite=Lax"));
        bursar.clock().forward(Duration.ofDays(14).minusMinutes(1));
        assertThat(browser.get(partner.home()).body()).contains("Coffee");
        bursar.clock().forward(Duration.ofMinutes(2));
        HttpResponse<String> ended = browser.get(partner.home());
        assertThat(ended.statusCode()).isEqualTo(303);
        assertThat(ended.headers().firstValue("Location")).hasValue(partner.login());
    }

    @Test
    void a_code_counts_once_and_for_ten_minutes_and_in_the_browser_that_asked() {
        Browser browser = bursar.browser();
        ask(browser, partner, email);
        String code = mailed(CODE, email);
        Browser thief = bursar.browser();
        assertThat(enter(thief, code).statusCode()).isEqualTo(401);
        assertThat(enter(browser, code).statusCode()).isEqualTo(303);
        assertThat(enter(browser, code).statusCode()).isEqualTo(401);

        ask(browser, partner, email);
        String late = mailed(CODE, email);
        bursar.clock().forward(Duration.ofMinutes(10));
        assertThat(enter(browser, late).statusCode()).isEqualTo(401);

        ask(browser, partner, email);
        String older = mailed(CODE, email);
        ask(browser, partner, email);
        String newer = mailed(CODE, email);
        assertThat(enter(browser, older).statusCode()).isEqualTo(401);
        assertThat(enter(browser, newer).statusCode()).isEqualTo(303);
    }

    @Test
    void guessing_ends_after_five_tries_and_is_told_alike_for_those_nobody_knows() {
        Browser browser = bursar.browser();
        ask(browser, partner, email);
        String code = mailed(CODE, email);
        HttpResponse<String> last = enter(browser, "0000 0000");
        for (int guess = 0; guess < 4; guess++) {
            last = enter(browser, "0000 0000");
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.body()).contains("Too many failed attempts");
        assertThat(enter(browser, code).statusCode()).isEqualTo(429);
        bursar.clock().forward(Duration.ofSeconds(61));
        assertThat(enter(browser, code).statusCode())
                .as("its five tries are gone")
                .isEqualTo(429);
    }

    @Test
    void an_address_nobody_has_gets_the_same_answer_and_no_mail() {
        String nobody = "n" + UUID.randomUUID() + "@shop.example";
        String known = told(ask(bursar.browser(), partner, email), email);
        assertThat(told(ask(bursar.browser(), partner, nobody), nobody)).isEqualTo(known);
        assertThat(mails(nobody)).isZero();
        assertThat(mails(email)).isEqualTo(2);
        Place other = partner();
        ask(bursar.browser(), other, email);
        assertThat(mails(email)).as("asked for at another partner").isEqualTo(2);
    }

    @Test
    void who_asks_again_and_again_fills_nobodys_mailbox() {
        for (int time = 0; time < 14; time++) {
            ask(bursar.browser(), partner, email);
        }
        assertThat(mails(email)).isEqualTo(1 + 10);
    }

    @Test
    void a_merchant_sees_its_own_partner_and_no_other_and_nothing_of_the_console() {
        Browser browser = signedIn();

        assertThat(browser.get(partner().home()).statusCode()).isEqualTo(404);
        assertThat(browser.get("/console").statusCode()).isEqualTo(303);
        assertThat(browser.get("/api/v1/payment-requests").statusCode()).isEqualTo(401);
    }

    @Test
    void who_is_disabled_is_out_at_once_and_signing_out_ends_the_session() {
        Browser browser = signedIn();
        Browser second = signedIn();
        HttpResponse<String> out = second.submit(partner.home(), "/logout", Map.of("to", partner.login()));
        assertThat(out.headers().firstValue("Location")).hasValue(partner.login());
        assertThat(second.get(partner.home()).statusCode()).isEqualTo(303);

        bursar.sql()
                .sql("UPDATE stablecoin.merchant SET status = 'disabled', disabled_at = :now WHERE partner_id = :id")
                .param("now", OffsetDateTime.ofInstant(bursar.clock().instant(), ZoneOffset.UTC))
                .param("id", partner.id())
                .update();

        assertThat(browser.get(partner.home()).statusCode()).isEqualTo(303);
    }

    @Test
    void neither_code_nor_address_can_be_read_in_the_database() {
        ask(bursar.browser(), partner, email);
        List<String> rows = bursar.sql()
                .sql("SELECT c::text || encode(coalesce(letter_sealed, ''), 'escape') FROM identity.email_code c")
                .query((row, number) -> row.getString(1))
                .list();
        String code = mailed(CODE, email).replace(" ", "");
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(code) || row.contains(email));
    }

    private Browser signedIn() {
        Browser browser = bursar.browser();
        ask(browser, partner, email);
        assertThat(enter(browser, mailed(CODE, email)).statusCode()).isEqualTo(303);
        return browser;
    }

    private static HttpResponse<String> ask(Browser browser, Place place, String address) {
        return browser.submit(place.login(), place.login(), Map.of("email", address));
    }

    private HttpResponse<String> enter(Browser browser, String code) {
        return browser.submit(partner.login(), partner.login() + "/code", Map.of("email", email, "code", code));
    }

    private static String told(HttpResponse<String> page, String address) {
        assertThat(page.statusCode()).isEqualTo(200);
        String body = page.body();
        return body.substring(body.indexOf("<h1>"), body.indexOf("</main>"))
                .replace(address, "…")
                .replaceAll("name=\"_csrf\"[^>]*>", "");
    }

    private long mails(String address) {
        deliver();
        return bursar.sql()
                .sql("SELECT count(*) FROM mail.message WHERE recipient = :address")
                .param("address", address)
                .query(Long.class)
                .single();
    }

    /** The schedule runs the job as well, and may be about to commit what this run passed over. */
    private void deliver() {
        bursar.run("mail-sign-in-codes");
        Awaitility.await()
                .untilAsserted(() -> assertThat(bursar.sql()
                                .sql("SELECT count(*) FROM identity.email_code WHERE letter_sealed IS NOT NULL")
                                .query(Long.class)
                                .single())
                        .isZero());
    }

    private String mailed(Pattern pattern, String address) {
        deliver();
        String letter = bursar.sql()
                .sql("SELECT id, body_sealed FROM mail.message WHERE recipient = :address ORDER BY id DESC LIMIT 1")
                .param("address", address)
                .query((row, number) -> new String(
                        bursar.bean(Secrets.class)
                                .open("mail.message/" + row.getObject("id", UUID.class), row.getBytes("body_sealed")),
                        StandardCharsets.UTF_8))
                .single();
        Matcher matcher = pattern.matcher(letter);
        assertThat(matcher.find()).as("%s in %s", pattern, letter).isTrue();
        return matcher.group(1);
    }

    /** Without a node and its checks: this is about who comes in. */
    private Place partner() {
        UUID id = UUID.randomUUID();
        String slug = "s" + id;
        var book = bursar.bean(Books.class).open("partner " + id);
        bursar.sql()
                .sql("""
                        INSERT INTO stablecoin.partner (id, name, slug, chain_id, asset, display_currency,
                          display_scale, min_fiat_minor, tier, book, created_at)
                        VALUES (:id, 'Northwind', :slug, 8453, 'USDC', 'USD', 2, 100, 'FINAL', :book, now())
                        """)
                .param("id", id)
                .param("slug", slug)
                .param("book", book.value())
                .update();
        return new Place(id, slug);
    }
}
