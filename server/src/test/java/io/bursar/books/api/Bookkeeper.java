package io.bursar.books.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.books.ApiBooks;
import io.bursar.books.Books;
import io.bursar.identity.IssuedApiKey;
import io.bursar.identity.Scope;
import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.shared.Actor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A book of its own with a bank and a wallet in it, and callers with keys to it. */
final class Bookkeeper {
    static final String LEDGER = "/api/v1/ledger";
    private static final Actor TEST = Actor.system("test");

    private final TestBursar bursar;
    final Book book;
    final Browser api;
    private final IssuedApiKey key;

    Bookkeeper(TestBursar bursar) {
        this.bursar = bursar;
        ApiBooks books = bursar.bean(ApiBooks.class);
        BookId opened = books.open("test-" + UUID.randomUUID(), TEST) instanceof ApiBooks.Opening.Opened(BookId id)
                ? id
                : new BookId(new UUID(0, 0));
        book = bursar.bean(Books.class).ledger().books().stream()
                .filter(each -> each.id().equals(opened))
                .findFirst()
                .orElseThrow();
        key = bursar.bean(ApiBooks.class).issueKey(book, EnumSet.allOf(Scope.class), TEST);
        api = at(bursar.url());
        open("{\"path\":\"bank\",\"unit\":\"USD\",\"scale\":2,\"overdraft\":true}");
        open("{\"path\":\"wallet/7\",\"unit\":\"USD\",\"scale\":2}");
    }

    /** The same caller at another node. */
    Browser at(URI node) {
        return Browser.at(node).withKey(key.key());
    }

    IssuedApiKey key() {
        return key;
    }

    /** Somebody with another key to this book. */
    Browser with(Set<Scope> scopes) {
        return bursar.browser()
                .withKey(
                        bursar.bean(ApiBooks.class).issueKey(book, scopes, TEST).key());
    }

    void open(String account) {
        HttpResponse<String> answer = api.json("POST", LEDGER + "/accounts", account);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    HttpResponse<String> post(String key, String... legs) {
        return api.json("POST", LEDGER + "/transfers", body(legs), key);
    }

    static String body(String... legs) {
        return "{\"legs\":[" + String.join(",", legs) + "]}";
    }

    static String deposit(long amount) {
        return move("bank", "wallet/7", amount);
    }

    static String move(String debit, String credit, long amount) {
        return "{\"kind\":\"move\",\"debit\":\"%s\",\"credit\":\"%s\",\"amount\":%d,\"unit\":\"USD\",\"scale\":2}"
                .formatted(debit, credit, amount);
    }

    long balance() {
        return get("/accounts/wallet/7").path("balance").asLong();
    }

    JsonNode get(String path) {
        HttpResponse<String> answer = api.get(LEDGER + path);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
        return json(answer);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Status and code of a refusal, after looking at its form. */
    static String refusal(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .as(answer.body())
                .startsWith("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("requestId").asString()).isNotBlank();
        return answer.statusCode() + " " + problem.path("code").asString();
    }
}
