package io.bursar.books.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.books.Books;
import io.bursar.ledger.BookId;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiBookPagesTest {
    private static final String NEW = "/console/ledger/new";
    private final TestBursar bursar = TestBursar.shared();
    private final Browser admin = bursar.admin();

    @Test
    void an_operator_opens_a_book_and_issues_a_key_that_works_until_it_is_revoked() {
        String name = "pages-" + UUID.randomUUID();
        HttpResponse<String> opened = admin.submit(NEW, NEW, Map.of("name", name));
        String keys = opened.headers().firstValue("Location").orElseThrow();
        assertThat(admin.get(keys).body()).contains("api/" + name, "Nobody has a key yet");
        assertThat(admin.submit(keys, keys, Map.of()).statusCode()).isEqualTo(422);
        HttpResponse<String> issued = admin.submit(keys, keys, Map.of("scope", "ledger:read"));
        assertThat(issued.statusCode()).isEqualTo(201);
        Browser api = bursar.browser().withKey(found(issued.body(), "id=\"api-key\">([^<]+)<"));
        assertThat(api.get("/api/v1/ledger/accounts").statusCode()).isEqualTo(200);

        String list = admin.get(keys).body();
        assertThat(list).contains("ledger:read").doesNotContain("Revoked");
        String revocation = found(list, "action=\"([^\"]+/revocation)\"");
        admin.submit(keys, revocation, Map.of());

        assertThat(admin.get(keys).body()).contains("Revoked");
        assertThat(api.get("/api/v1/ledger/accounts").statusCode()).isEqualTo(401);
        assertThat(admin.submit(keys, revocation, Map.of()).statusCode()).isEqualTo(404);
        assertThat(admin.get("/console/audit").body()).contains("book.opened", "api_key.issued", "api_key.revoked");
    }

    @Test
    void an_operator_gives_a_key_a_new_secret_and_ends_the_old_one() {
        String name = "rotate-" + UUID.randomUUID();
        String keys = admin.submit(NEW, NEW, Map.of("name", name))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String first = secret(admin.submit(keys, keys, Map.of("scope", "ledger:read")));
        String rotation = found(admin.get(keys).body(), "action=\"([^\"]+/rotation)\"");
        String key = found(admin.get(keys).body(), "option value=\"(key_[^\"]+)\"");
        assertThat(admin.submit(keys, rotation, Map.of("key", key, "overlap", "FOR_EVER"))
                        .statusCode())
                .isEqualTo(404);

        HttpResponse<String> rotated = admin.submit(keys, rotation, Map.of("key", key, "overlap", "DAY"));
        assertThat(rotated.body()).contains("24 hours", "ledger:read").doesNotContain("ledger:post");
        assertThat(reads(first)).isEqualTo(200);
        assertThat(reads(secret(rotated))).isEqualTo(200);
        String list = admin.get(keys).body();
        assertThat(list).contains("works until", first.substring(0, 16));

        admin.submit(keys, found(list, "action=\"([^\"]+/previous-end)\""), Map.of());
        assertThat(reads(first)).isEqualTo(401);
        assertThat(reads(secret(rotated))).isEqualTo(200);
        assertThat(admin.get(keys).body()).doesNotContain("works until");
    }

    private int reads(String key) {
        return bursar.browser().withKey(key).get("/api/v1/ledger/accounts").statusCode();
    }

    private static String secret(HttpResponse<String> page) {
        return found(page.body(), "id=\"api-key\">([^<]+)<");
    }

    @Test
    void a_name_is_taken_once_and_has_to_be_readable() {
        String name = "taken-" + UUID.randomUUID();
        assertThat(admin.submit(NEW, NEW, Map.of("name", name)).statusCode()).isIn(302, 303);
        assertThat(admin.submit(NEW, NEW, Map.of("name", name)).statusCode()).isEqualTo(409);
        assertThat(admin.submit(NEW, NEW, Map.of("name", "../x")).statusCode()).isEqualTo(422);
    }

    @Test
    void a_book_of_a_system_has_no_keys() {
        BookId system = bursar.bean(Books.class).open("stablecoin/" + UUID.randomUUID());
        String keys = "/console/ledger/" + BookText.of(system) + "/api-keys";
        assertThat(admin.get(keys).statusCode()).isEqualTo(404);
        assertThat(admin.submit("/console/ledger/new", keys, Map.of("scope", "ledger:post"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(admin.get("/console/ledger/" + BookText.of(system)).body()).doesNotContain("api-keys");
    }

    private static String found(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return String.valueOf(matcher.group(1));
    }
}
